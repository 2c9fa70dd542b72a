"""The worker's side of exports: rows are taken one after the other and written to files.

Truth is in the table. A row that is taken belongs to its worker for some minutes and each page
that is written prolongs that; a worker that dies leaves it to the next one, which writes the file
anew. Whoever lost a row (cancelled, or taken over) notices at the next page and stops.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.http.caller import Caller
from lianxi.http.permissions import Scope
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.exports import facade
from lianxi.office.exports.about import Facts, about
from lianxi.office.exports.contracts import (
    ExportJob,
    ExportState,
    Order,
    Source,
    Sources,
)
from lianxi.office.exports.repository import ExportRepository
from lianxi.office.exports.writing import MOST_ROWS, About, writer

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 2.0
LEASE_MS = 5 * 60_000
KEPT_MS = 24 * 60 * 60_000
"""How long a file may be fetched."""
MOST_ATTEMPTS = 3
_WIDER = (Scope.SELF, Scope.TEAM, Scope.ALL)

FindsReader = Callable[[AsyncSession, UserId], Awaitable[Caller | None]]
"""What a person may do now; None = the account is closed."""


class Refused(Exception):
    """The export cannot be made.

    Args:
        code: stable; shown with the export.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Lost(Exception):
    """It was cancelled, or another worker has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the composition root gives."""

    sessions: async_sessionmaker[AsyncSession]
    sources: Sources
    folder: Path
    """Of the files."""
    reader: FindsReader
    zone: ZoneInfo
    now: Callable[[], Instant]


class Exporter:
    """Makes exports, one at a time."""

    def __init__(self, given: Given) -> None:
        self._given = given

    async def run(self) -> None:
        """Make what is asked for, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        while True:
            await self.once()
            await asyncio.sleep(LOOK_EVERY_S)  # poll: rows are added by other processes

    async def once(self) -> int:
        """Make everything that is asked for now; return how many were tried."""
        await self._tidy()
        tried = 0
        while (job := await self._claim()) is not None:
            await self._try(job)
            tried += 1
        return tried

    async def _tidy(self) -> None:
        """Delete the files whose time is over and those that nobody owns."""
        async with self._given.sessions.begin() as session:
            await ExportRepository(session).expire(self._given.now())
            kept = await ExportRepository(session).with_files()
        await asyncio.to_thread(_sweep, self._given.folder, kept)

    async def _claim(self) -> ExportJob | None:
        now = self._given.now()
        async with self._given.sessions.begin() as session:
            return await ExportRepository(session).claim(now, until=Instant(now + LEASE_MS))

    async def _try(self, job: ExportJob) -> None:
        try:
            await self._make(job)
        except Lost:
            log.info("export.given_up", export=job.id)
        except Refused as refused:
            await self._end(job, error=refused.code)
        except Rejection as refusal:
            await self._end(job, error=refusal.code)
        except Exception as bug:
            if is_away(bug):
                raise
            # An export that cannot be made must not end the centre; its row says that it failed.
            log.exception("export.broken", export=job.id)
            await self._end(job, error="internal_error")

    async def _make(self, job: ExportJob) -> None:
        given = self._given
        if job.attempts > MOST_ATTEMPTS:
            raise Refused("gave_up")
        source = given.sources.find(job.kind)
        if source is None:
            raise Refused("export_kind_unknown")
        order = await self._order(job, source)
        async with given.sessions() as session:
            total = await source.count(session, order)
        if total > MOST_ROWS[job.format]:
            raise Refused("export_too_large")
        await self._tell(job, rows_total=total)
        given.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = facade.file_of(given.folder, job)
        part = path.with_suffix(".part")
        file = await asyncio.to_thread(
            writer, part, job.format, source.headings(order), job.language
        )
        done = 0
        async for rows in source.pages(given.sessions, order):
            await asyncio.to_thread(file.add, rows)
            done += len(rows)
            await self._tell(job, rows_done=done, rows_total=max(total, done))
        await asyncio.to_thread(file.close, self._about(job, done))
        part.chmod(0o600)
        part.replace(path)
        await self._end(
            job,
            file_name=_name(job, given.zone),
            bytes=path.stat().st_size,
            file_until=Instant(given.now() + KEPT_MS),
            rows_total=done,
        )

    async def _order(self, job: ExportJob, source: Source) -> Order:
        async with self._given.sessions() as session:
            reader = await self._given.reader(session, job.asked_by)
        if reader is None:
            raise Refused("account_closed")
        facade.require(source, reader, unmasked=job.unmasked)
        scope = min(reader.scope, job.scope, key=_WIDER.index)
        return Order(
            filter=job.filter,
            reader=replace(reader, scope=scope),
            unmasked=job.unmasked,
            language=job.language,
            zone=self._given.zone,
            at=job.asked_at,
        )

    async def _tell(self, job: ExportJob, **facts: object) -> None:
        until = Instant(self._given.now() + LEASE_MS)
        async with self._given.sessions.begin() as session:
            if not await ExportRepository(session).tell(job, claimed_until=until, **facts):
                raise Lost

    async def _end(self, job: ExportJob, *, error: str | None = None, **facts: object) -> None:
        state = ExportState.READY if error is None else ExportState.FAILED
        async with self._given.sessions.begin() as session:
            await ExportRepository(session).tell(
                job,
                state=state,
                ended_at=self._given.now(),
                claimed_until=None,
                error=error,
                **facts,
            )
        log.info("export.ended", export=job.id, kind=job.kind, error=error)

    def _about(self, job: ExportJob, rows: int) -> About:
        facts = Facts(
            kind=job.kind,
            by=job.asked_by_name,
            at=self._given.now(),
            filter=job.filter,
            rows=rows,
            unmasked=job.unmasked,
            reason=job.reason,
        )
        return about(facts, job.language, self._given.zone)


def _name(job: ExportJob, zone: ZoneInfo) -> str:
    """In ASCII: mail programs and shells take it as it is."""
    asked = datetime.fromtimestamp(job.asked_at / 1000, tz=zone)
    return f"lianxi-{job.kind}-{asked:%Y%m%d-%H%M%S}.{job.format.value}"


def _sweep(folder: Path, kept: set[str]) -> None:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.stem not in kept:
            path.unlink(missing_ok=True)
