"""How long recordings are kept: deleted when their time is over or when somebody says so, and never
while they are under legal hold. The row stays: what it was, and who deleted it when."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.caller import Caller
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import (
    RecordingFolders,
    RecordingState,
    TranscriptState,
)
from lianxi.modules.recordings.errors import RecordingHeld, RecordingNotFound
from lianxi.modules.recordings.models import RecordingRow
from lianxi.modules.recordings.repository import RecordingRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit

log = structlog.get_logger(__name__)

BATCH = 200
BY_TIME = "retention"


async def hold(
    session: AsyncSession, contact: ContactId, *, by: Caller, why: str, at: Instant
) -> None:
    """Keep a recording whatever its time; a second hold changes nothing.

    Raises:
        RecordingNotFound: there is none.
    """
    row = await _row(session, contact)
    if row.held_at is not None:
        return
    row.held_at, row.held_by, row.held_why = at, by.name, why
    await _note(session, contact, Act.RECORDING_HELD, by=by, why=why, at=at)


async def release(
    session: AsyncSession, contact: ContactId, *, by: Caller, why: str, at: Instant
) -> None:
    """End the hold: from now on its time counts again.

    Raises:
        RecordingNotFound: there is none.
    """
    row = await _row(session, contact)
    if row.held_at is None:
        return
    row.held_at = row.held_by = row.held_why = None
    await _note(session, contact, Act.RECORDING_RELEASED, by=by, why=why, at=at)


async def delete(
    session: AsyncSession,
    contact: ContactId,
    folders: RecordingFolders,
    *,
    by: Caller | None,
    why: str,
    at: Instant,
) -> None:
    """Delete file and key. The file goes first: after a crash in between it is simply gone.

    Raises:
        RecordingNotFound: there is none (any more).
        RecordingHeld: it must be kept.
        OSError: the file cannot be deleted.
    """
    row = await _row(session, contact)
    if row.held_at is not None:
        raise RecordingHeld(contact=contact)
    facts: dict[str, object] = {
        "sha256": row.sha256,
        "duration_ms": row.duration_ms,
        "made_at": row.made_at,
    }
    if row.wav_path is not None:
        await asyncio.to_thread(_unlink, folders.wav / row.wav_path)
    row.state = RecordingState.DELETED
    row.wav_path = row.sealed_key = row.key_name = row.peaks = None
    row.transcript, row.transcript_state = None, TranscriptState.NONE
    row.deleted_at, row.deleted_by = at, "" if by is None else by.name
    await _note(session, contact, Act.RECORDING_DELETED, by=by, why=why, at=at, facts=facts)


async def _row(session: AsyncSession, contact: ContactId) -> RecordingRow:
    row = await RecordingRepository(session).to_change(contact)
    if row is None or row.state is not RecordingState.READY:
        raise RecordingNotFound(contact=contact)
    return row


async def _note(
    session: AsyncSession,
    contact: ContactId,
    act: Act,
    *,
    by: Caller | None,
    why: str,
    at: Instant,
    facts: dict[str, object] | None = None,
) -> None:
    await audit(
        session, at=at, who=by, act=act, object=f"recording:{contact}", facts=facts, reason=why
    )


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


class Retention:
    """Deletes what has been kept for long enough."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        folders: RecordingFolders,
        *,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._folders = folders
        self._now = now

    async def clear(self) -> int:
        """Delete all whose time is over, each in its own transaction; return how many."""
        deleted = 0
        tried: set[ContactId] = set()
        while True:
            async with self._sessions() as session:
                due = await RecordingRepository(session).due(self._now(), limit=BATCH + len(tried))
            fresh = [contact for contact in due if contact not in tried]
            if not fresh:
                return deleted
            for contact in fresh:
                tried.add(contact)
                deleted += await self._try(contact)

    async def _try(self, contact: ContactId) -> int:
        try:
            async with self._sessions.begin() as session:
                await delete(session, contact, self._folders, by=None, why=BY_TIME, at=self._now())
        except (RecordingHeld, RecordingNotFound):
            return 0  # somebody was faster
        except OSError as error:
            log.error("recording.not_deleted", contact=contact, error=str(error))
            return 0
        log.info("recording.deleted", contact=contact, why=BY_TIME)
        return 1
