"""Closes days: writes what is over as files, and the next version of what changed since.

One day at a time, and one process at a time. The order keeps every crash harmless: the day is put
on the list of days whose changes are counted; its rows are read in one snapshot and written to
drafts; the drafts get their names; the manifest tells of them in one transaction. Before that last
step nobody reads the files, and whoever comes next writes them again. Import this module late: it
brings Arrow.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.reports.store import writing
from lianxi.reports.store.checking import fault_of
from lianxi.reports.store.contracts import DayVersion, StoredFile, Why, path_of
from lianxi.reports.store.copying import rows_within
from lianxi.reports.store.due import Due, days_due, is_folded
from lianxi.reports.store.errors import DayNotOver, FactsBehind, FactsNotWritable
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.tables import fact_tables, shape
from lianxi.reports.windows import day as window_of_day
from lianxi.reports.windows import local_day

log = structlog.get_logger(__name__)

EVERY_S = 600.0
"""How often it is looked for days to be closed and for late changes."""
KEPT = 4
"""Versions of a day whose files are kept: the newest and three before it."""


class Closer:
    """Writes the files of days.

    Args:
        sessions: the database; two connections at once.
        folder: where the files lie; made when it is not there.
        zone: the centre's.
        now: the clock.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        folder: Path,
        zone: ZoneInfo,
        *,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._folder = folder
        self._zone = zone
        self._now = now

    async def run(self) -> None:
        """Close what is due every ten minutes, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        await self.sweep()
        while True:
            try:
                async for _ in self.close_due():
                    await asyncio.sleep(0)
                await self.sum_due()
            except (FactsNotWritable, FactsBehind) as refused:
                log.error("facts.not_closed", why=refused.code, **refused.facts)
            await asyncio.sleep(EVERY_S)  # pace: days end rarely, and late changes may wait

    async def due(self) -> list[Due]:
        """The days that want to be written now, in order."""
        async with self._sessions() as session:
            return await days_due(session, self._zone, now=self._now())

    async def close_due(self) -> AsyncIterator[DayVersion]:
        """Close what is due, and tell of each day when it is done.

        Raises:
            FactsNotWritable: the disk refuses.
        """
        for day in await self.due():
            yield await self.close(day.day, day.why)

    async def sum_due(self) -> int:
        """Write the sheets of sums that are missing; return of how many days.

        Raises:
            FactsNotWritable: the disk refuses.
        """
        # Late on purpose: it brings Ibis and DuckDB.
        summing = await asyncio.to_thread(import_module, "lianxi.reports.store.summing")
        summer = summing.Summer(self._sessions, self._folder, self._zone)
        return int(await summer.write_due())

    async def close(self, day: date, why: Why = Why.CLOSED) -> DayVersion:
        """Write a day; where rows and files are the same, only that is noted.

        Args:
            why: goes into the manifest when there is a new version.

        Raises:
            DayNotOver: it is not yet midnight.
            FactsBehind: the projector has not folded the whole day.
            FactsNotWritable: the disk refuses; nothing is noted.
        """
        if day >= local_day(self._now(), self._zone):
            raise DayNotOver(day=day.isoformat())
        window = window_of_day(day, self._zone)
        async with self._sessions.begin() as holding:
            manifest = Manifest(holding)
            await manifest.alone()
            async with self._sessions.begin() as session:
                await Manifest(session).announce(day, window)
            try:
                version, unwanted = await self._write(manifest, day, why)
            except OSError as error:
                raise FactsNotWritable(what=str(error)) from error
        for path in unwanted:
            path.unlink(missing_ok=True)
        return version

    async def _write(
        self, manifest: Manifest, day: date, why: Why
    ) -> tuple[DayVersion, list[Path]]:
        """Write drafts, place those that are new; the version and the files it makes needless."""
        window = window_of_day(day, self._zone)
        earlier = await manifest.versions(day)
        number = earlier[-1].version + 1 if earlier else 1
        drafts: dict[str, writing.Draft] = {}
        try:
            async with self._snapshot() as session:
                reader = Manifest(session)
                position, changes = await reader.position(), (await reader.changes([day]))[day]
                if not await is_folded(session, window, position):
                    raise FactsBehind(day=day.isoformat())
                for name, table in fact_tables().items():
                    path = path_of(self._folder, name, day, number)
                    within = rows_within(table, window)
                    found = await writing.draft(session, table, within, path, version=number)
                    if found is not None:
                        drafts[name] = found
            new = DayVersion(
                day=day,
                version=number,
                window=window,
                files={name: draft.stored for name, draft in drafts.items()},
                shape=shape(),
                journal_position=position,
                changes=changes,
                made_at=self._now(),
                why=why if earlier else Why.CLOSED,
            )
            files = await asyncio.to_thread(self._place, drafts, new, earlier)
        finally:
            for draft in drafts.values():
                draft.drop()
        if earlier and _is_same(earlier[-1], new):
            same = await manifest.still_true(earlier[-1], position=position, changes=changes)
            return same, []
        new = replace(new, files=files)
        manifest.add(new)
        kept = [version for version in earlier if version.is_kept]
        past = kept[: max(0, len(kept) - (KEPT - 1))]
        await manifest.let_go(past)
        log.info(
            "day.closed", day=day.isoformat(), version=number, why=new.why.value, rows=new.rows,
            bytes=new.bytes,
        )  # fmt: skip
        return new, _needless(self._folder, past, [*kept[len(past) :], new])

    def _place(
        self, drafts: dict[str, writing.Draft], new: DayVersion, earlier: list[DayVersion]
    ) -> dict[str, StoredFile]:
        """Give drafts their names. Where the newest version has the same file, it stays; where that
        file is not whole any more, the draft, which is the same, takes its place."""
        newest = earlier[-1] if earlier else None
        files = {}
        for name, draft in drafts.items():
            former = None if newest is None else newest.files.get(name)
            if newest is None or former is None or former.sha256 != draft.stored.sha256:
                draft.place()
                files[name] = draft.stored
                continue
            if fault_of(self._folder, name, newest, former, is_thorough=True):
                path = path_of(self._folder, name, new.day, former.version)
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                draft.place(path)
            files[name] = former
        return files

    async def sweep(self) -> int:
        """Delete drafts that a crash left behind; return how many."""
        async with self._sessions.begin() as session:
            await Manifest(session).alone()
            return await asyncio.to_thread(_sweep, self._folder)

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[AsyncSession]:
        async with self._sessions() as session:
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session


def _is_same(newest: DayVersion, new: DayVersion) -> bool:
    """Whether nothing of what a reader gets would differ."""
    return (
        (newest.window, newest.shape) == (new.window, new.shape)
        and newest.is_kept
        and {name: file.sha256 for name, file in newest.files.items()}
        == {name: file.sha256 for name, file in new.files.items()}
    )


def _needless(folder: Path, past: list[DayVersion], kept: list[DayVersion]) -> list[Path]:
    """Files of versions let go that no kept version shares."""
    wanted = {_path(folder, version, name) for version in kept for name in version.files}
    let_go = {_path(folder, version, name) for version in past for name in version.files}
    return sorted(let_go - wanted)


def _path(folder: Path, version: DayVersion, table: str) -> Path:
    return path_of(folder, table, version.day, version.files[table].version)


def _sweep(folder: Path) -> int:
    left = [path for path in folder.rglob(f"*{writing.PART}") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
