"""Makes recordings of contacts that have ended, and clears up after crashes.

Nothing is remembered in between: a contact that ended and has no row yet is work to do. So a
crash at any moment is followed by doing that contact again, which gives the same file.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, QueueId
from lianxi.kernel.time import Instant, between
from lianxi.modules.recordings import faxes, sealing, sound, voicemails
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState, StoredKey
from lianxi.modules.recordings.keeping import Retention
from lianxi.modules.recordings.keys import Keyring
from lianxi.modules.recordings.repository import Made, RecordingRepository
from lianxi.modules.recordings.room import room_left
from lianxi.modules.recordings.rules import BYTES_PER_MS, Cut, cut, file_began, why_none
from lianxi.modules.recordings.stretches import last_kept, silenced, silent
from lianxi.projections.models import FactContact

log = structlog.get_logger(__name__)

AT_ONCE = 3
"""Recordings made side by side."""
BATCH = 100
DAY_MS = 86_400_000
CLEAR_EVERY_MS = 600_000
"""How often recordings whose time is over are looked for, while calls end."""
LOOK_BACK_MS = 3 * DAY_MS
"""Between sweeps only contacts that ended this recently are looked at."""
STRAY_AFTER_S = 86_400.0
"""A raw file of nobody is deleted when it is this old: calls last no longer."""
SETTLE_STEP_S = 0.3
SETTLED_AFTER = 5
"""Steps without growth after which the switch has closed a raw file. It writes 32 KB at a time,
a second of sound, so a shorter silence would prove nothing."""
SETTLE_WITHIN_S = 15.0


class Finisher:
    """Follows the contact projection and turns raw files into recordings."""

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
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._retention = Retention(sessions, folders, now=now)
        self._cleared_at = Instant(0)

    async def run(self, advances: AsyncIterator[int]) -> None:
        """Sweep once the projection is up to date, then finish what ends each time it advances.

        Args:
            advances: an item per step of the projection, e.g. `Projector.advances()`.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        await anext(advances)  # before it, a file would seem to be of no contact
        await self.sweep()
        async for _ in advances:
            await self.finish_ended(Instant(self._now() - LOOK_BACK_MS))
            await self._clear_now_and_then()

    async def _clear_now_and_then(self) -> None:
        if self._now() - self._cleared_at >= CLEAR_EVERY_MS:
            self._cleared_at = self._now()
            await self._retention.clear()
            await faxes.clear_sent(self._sessions, self._folders.to_send)

    async def finish_ended(self, ended_since: Instant = Instant(0)) -> int:
        """Finish all contacts that ended since; return how many were dealt with."""
        tried: set[ContactId] = set()
        while True:
            async with self._sessions() as session:
                found = await RecordingRepository(session).unfinished(
                    ended_since=ended_since, limit=BATCH + len(tried)
                )
            fresh = [contact for contact in found if contact.contact not in tried]
            if not fresh:
                return len(tried)
            tried.update(contact.contact for contact in fresh)
            await asyncio.gather(*(self._try(contact) for contact in fresh))

    async def _try(self, contact: FactContact) -> None:
        async with self._slots:
            try:
                await self.finish(contact)
            except (OSError, ValueError) as error:
                # The raw file stays, so does the work: the next round tries again.
                log.error("recording.failed", contact=contact.contact, error=str(error))

    async def finish(self, contact: FactContact) -> None:
        """Make the recording of one ended contact, or write down why there is none.

        Raises:
            OSError: files cannot be read or written; nothing was written down.
        """
        raw = self._raw(contact.recording)
        if contact.channel in (Channel.VOICEMAIL, Channel.FAX):
            await self._keep_left(contact, raw)
            return
        cause = why_none(contact)
        if cause is None and not await self._settled(raw):
            cause = contact.recording_problem or "file_missing"
            await self._write(contact, RecordingState.MISSING, cause=cause)
        elif cause is None:
            await self._make(contact, raw)
        else:
            await self._write(contact, RecordingState.NONE, cause=cause)
        if contact.recording:
            raw.unlink(missing_ok=True)

    async def _keep_left(self, contact: FactContact, file: Path) -> None:
        """A message or a fax is kept as soon as it is there: somebody waits for it."""
        if not await self._settled(file):
            await self._write(contact, RecordingState.MISSING, cause="file_missing")
            return
        is_fax = contact.channel is Channel.FAX
        made = await asyncio.to_thread(self._fax if is_fax else self._message, contact, file)
        if made is None:
            await self._write(contact, RecordingState.MISSING, cause="file_empty")
        else:
            await self._write(contact, RecordingState.READY, cause=None, made=made)
        await asyncio.to_thread(file.unlink, missing_ok=True)

    def _fax(self, contact: FactContact, pages: Path) -> Made:
        return faxes.keep(contact.contact, pages, self._folders.wav, self._keyring)

    def _message(self, contact: FactContact, message: Path) -> Made | None:
        raw = voicemails.spread(message)
        whole = Cut(start=0, end=_size(raw))
        made = self._seal(contact.contact, raw, whole) if whole.end else None
        raw.unlink(missing_ok=True)
        return made

    async def _make(self, contact: FactContact, raw: Path) -> None:
        assert contact.answered_at is not None
        assert contact.ended_at is not None
        size = _size(raw)
        async with self._sessions() as session:
            stretches = await RecordingRepository(session).stretches(contact.contact)
        spans = silent(contact, stretches)
        wanted = None
        if spans and spans[0][0] <= contact.answered_at:
            wanted = spans.pop(0)[1]
        if wanted == contact.ended_at:
            await self._write(contact, RecordingState.NONE, cause="policy_off")
            return
        kept = cut(
            size,
            began=file_began(contact),
            connected=contact.answered_at,
            ended=contact.ended_at,
            wanted=wanted,
        )
        kept = silenced(kept, spans, size, contact)
        if kept.start == kept.end:
            cause = contact.recording_problem or kept.cause
            await self._write(contact, RecordingState.MISSING, cause=cause)
            log.warning("recording.missing", contact=contact.contact, cause=cause, bytes=size)
            return
        if room_left(self._folders.wav).free_bytes < 2 * size:
            raise OSError(f"no room for {size} bytes in {self._folders.wav}")
        made = await asyncio.to_thread(self._seal, contact.contact, raw, kept)
        await self._write(
            contact,
            RecordingState.READY,
            cause=contact.recording_problem or kept.cause,
            made=made,
            rule=last_kept(contact, stretches),
        )
        log.info(
            "recording.made",
            contact=contact.contact,
            duration_ms=kept.duration_ms,
            raw_ms=size // BYTES_PER_MS,
            contact_ms=between(contact.arrived_at, contact.ended_at),
        )

    def _seal(self, contact: ContactId, raw: Path, kept: Cut) -> Made:
        ring = self._keyring()
        size = sound.wav_size(kept)
        sealed = sealing.seal(sound.wav(raw, kept), size, self._folders.wav)
        return Made(
            path=str(sealing.path_of(sealed.name)),
            sha256=sealed.sha256,
            key=StoredKey(by=ring.newest, sealed=ring.seal(sealed.key, owner=contact)),
            duration_ms=kept.duration_ms,
            peaks=sound.peaks(raw, kept),
        )

    def _keyring(self) -> Keyring:
        """Read for each recording, so a key that is added counts at once. Made only once: a new key
        would not open what is sealed already."""
        is_first = next(self._folders.wav.rglob(f"*{sealing.SUFFIX}"), None) is None
        return Keyring.load(self._folders.keys, may_make=is_first)

    async def _write(
        self,
        contact: FactContact,
        state: RecordingState,
        *,
        cause: str | None,
        made: Made | None = None,
        rule: QueueId | None = None,
    ) -> None:
        async with self._sessions.begin() as session:
            recordings = RecordingRepository(session)
            rule = rule or contact.last_queue
            days = 0 if made is None else await recordings.keep_days(rule)
            ended = contact.ended_at or self._now()
            await recordings.add(
                contact=contact.contact,
                state=state,
                raw_name=contact.recording,
                made_at=self._now(),
                cause=cause,
                made=made,
                keep_until=Instant(ended + days * DAY_MS) if days else None,
            )

    async def _settled(self, raw: Path) -> bool:
        """Wait until the switch has closed the file; False when there is none."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SETTLE_WITHIN_S
        size = _size(raw)
        still = SETTLED_AFTER if size >= 0 and self._age_s(raw) > SETTLE_WITHIN_S else 0
        while still < SETTLED_AFTER and loop.time() < deadline:
            # poll: the switch says nothing when it closes a raw file.
            await asyncio.sleep(SETTLE_STEP_S)
            grown = _size(raw)
            still = still + 1 if grown == size else 0
            size = grown
        return size >= 0

    async def sweep(self) -> None:
        """Finish every contact without a row, and delete files that a crash left over."""
        finished = await self.finish_ended()
        stray = await self._clear_raw() + await self._clear_sealed()
        await self._clear_now_and_then()
        log.info("recording.swept", finished=finished, stray=stray)

    async def _clear_sealed(self) -> int:
        """Delete what a crash left half written, or written and not noted down."""
        old = [
            path
            for path in self._folders.wav.rglob("*")
            if path.suffix in (sealing.PART, sealing.SUFFIX) and self._age_s(path) > STRAY_AFTER_S
        ]
        names = [str(path.relative_to(self._folders.wav)) for path in old]
        async with self._sessions() as session:
            known = await RecordingRepository(session).files(names)
        stray = [path for path, name in zip(old, names, strict=True) if name not in known]
        for path in stray:
            path.unlink(missing_ok=True)
        return len(stray)

    async def _clear_raw(self) -> int:
        """Delete raw files whose contact is finished, and old ones of no contact."""
        if not self._folders.raw.exists():
            return 0
        files = {path.name: path for path in self._folders.raw.iterdir() if path.is_file()}
        async with self._sessions() as session:
            owners = await RecordingRepository(session).owners(list(files))
        stray = [path for name, path in files.items() if owners.get(name, self._is_stray(path))]
        for path in stray:
            path.unlink(missing_ok=True)
        return len(stray)

    def _is_stray(self, path: Path) -> bool:
        return not faxes.is_to_be_sent(path) and self._age_s(path) > STRAY_AFTER_S

    def _age_s(self, path: Path) -> float:
        return self._now() / 1000 - path.stat().st_mtime

    def _raw(self, name: str) -> Path:
        # Only the last part of a name counts: no name leads out of the folder.
        return self._folders.raw / (Path(name).name or "unnamed")


def _size(path: Path) -> int:
    """Bytes of a file; -1 when there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1
