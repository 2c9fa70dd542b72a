"""What others may ask about recordings. The caller owns the transaction."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import room
from lianxi.modules.recordings.contracts import (
    Keeping,
    Peaks,
    RecordingState,
    RecordingView,
    Room,
    StoredKey,
    Transcript,
    Voicemail,
)
from lianxi.modules.recordings.errors import RecordingNotFound, RecordingNotReady
from lianxi.modules.recordings.models import RecordingRow
from lianxi.modules.recordings.repository import RecordingRepository
from lianxi.modules.recordings.rules import CHANNELS, why_none
from lianxi.projections.models import FactContact


async def views(
    session: AsyncSession, contacts: Sequence[ContactId]
) -> dict[ContactId, RecordingView]:
    """The recordings of contacts; an unknown contact has none."""
    found = await RecordingRepository(session).with_contacts(contacts)
    nothing = {
        contact: RecordingView(contact=contact, state=RecordingState.NONE) for contact in contacts
    }
    return nothing | {contact.contact: _view(contact, row) for contact, row in found}


async def held(session: AsyncSession, contacts: Sequence[ContactId]) -> list[ContactId]:
    """Those of them whose recording is there and under legal hold, by id."""
    return await RecordingRepository(session).held(contacts) if contacts else []


def _view(contact: FactContact, row: RecordingRow | None) -> RecordingView:
    if row is None:
        reason = why_none(contact)
        return RecordingView(
            contact=contact.contact,
            state=RecordingState.PENDING if reason is None else RecordingState.NONE,
            cause=reason or contact.recording_problem or None,
        )
    return RecordingView(
        contact=row.contact,
        state=row.state,
        cause=row.cause,
        duration_ms=row.duration_ms,
        channels=CHANNELS if row.state is RecordingState.READY and row.pages is None else None,
        pages=row.pages,
        path=None if row.wav_path is None else Path(row.wav_path),
        key=None
        if row.sealed_key is None or row.key_name is None
        else StoredKey(by=row.key_name, sealed=row.sealed_key),
        sha256=row.sha256,
        keep=Keeping(
            until=row.keep_until,
            held_at=row.held_at,
            held_by=row.held_by or "",
            held_why=row.held_why or "",
            deleted_at=row.deleted_at,
            deleted_by=row.deleted_by or "",
        ),
        voicemail=_voicemail(row) if contact.channel is Channel.VOICEMAIL else None,
    )


def _voicemail(row: RecordingRow) -> Voicemail:
    return Voicemail(
        transcript=Transcript(
            state=row.transcript_state,
            text=row.transcript,
            source=row.transcript_source or "",
            at=row.transcript_at,
        ),
        heard_at=row.heard_at,
        heard_by=row.heard_by or "",
    )


async def ready(session: AsyncSession, contact: ContactId) -> RecordingView:
    """The recording of a contact, to be played. Whether the asker may is the caller's business.

    Raises:
        RecordingNotReady: it is being made.
        RecordingNotFound: there is none.
    """
    view = await _ready(session, contact)
    if view.pages is not None:
        raise RecordingNotFound(contact=contact, cause="fax")
    return view


async def document(session: AsyncSession, contact: ContactId) -> RecordingView:
    """The document of a fax that came in, to be read.

    Raises:
        RecordingNotReady: it is being made.
        RecordingNotFound: there is none.
    """
    view = await _ready(session, contact)
    if view.pages is None:
        raise RecordingNotFound(contact=contact)
    return view


async def _ready(session: AsyncSession, contact: ContactId) -> RecordingView:
    view = (await views(session, [contact]))[contact]
    if view.state is RecordingState.PENDING:
        raise RecordingNotReady(contact=contact)
    if view.state is not RecordingState.READY or view.path is None:
        raise RecordingNotFound(contact=contact, cause=view.cause)
    return view


def has_one(contact: InstrumentedAttribute[ContactId]) -> ColumnElement[bool]:
    """For questions of others: there is a recording, message or document to be opened."""
    return (
        select(RecordingRow.contact)
        .where(RecordingRow.contact == contact, RecordingRow.state == RecordingState.READY)
        .exists()
    )


async def peaks(session: AsyncSession, contact: ContactId) -> Peaks:
    """The picture of a recording.

    Raises:
        RecordingNotReady, RecordingNotFound: as `ready`.
    """
    view = await ready(session, contact)
    drawn = await RecordingRepository(session).peaks_of(contact)
    return Peaks(duration_ms=view.duration_ms or 0, channels=drawn or [])


def room_left(path: Path) -> Room:
    """Space left for recordings on the disk of a folder.

    Raises:
        OSError: the disk cannot be asked.
    """
    return room.room_left(path)


async def made_since(
    session: AsyncSession, since: Instant, *, limit: int = 1_000
) -> list[tuple[ContactId, Instant, int | None]]:
    """Recordings that were made since a moment: of which contact, when, how long (ms)."""
    query = (
        select(RecordingRow.contact, RecordingRow.made_at, RecordingRow.duration_ms)
        .where(RecordingRow.state == RecordingState.READY, RecordingRow.made_at >= since)
        .order_by(RecordingRow.made_at)
        .limit(limit)
    )
    return [(contact, made_at, length) for contact, made_at, length in await session.execute(query)]
