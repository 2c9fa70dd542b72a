"""Writes the sheets of sums of closed days. Import this module late: it brings DuckDB and Ibis.

A sheet is worked out of files of its day, which do not change any more. Whoever dies in between
leaves a file that nobody reads; it is written again.
"""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.reports.sheets.layout import SHEETS
from lianxi.reports.sheets.writing import write_sheet
from lianxi.reports.store.checking import faults_of
from lianxi.reports.store.contracts import DayVersion, StoredSums, path_of, sums_path
from lianxi.reports.store.errors import FactsNotWritable
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.summed import has_sheet, may_be_summed

log = structlog.get_logger(__name__)

KEPT = 2
"""Versions whose sheets are kept: a question that is being answered may still read the last."""


class Summer:
    """Writes sheets.

    Args:
        sessions: the database.
        folder: where the files of closed days lie.
        zone: the centre's.
    """

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], folder: Path, zone: ZoneInfo
    ) -> None:
        self._sessions = sessions
        self._folder = folder
        self._zone = zone

    async def due(self) -> list[DayVersion]:
        """The newest versions whose sheets are missing, cut, or of another form; in order."""
        async with self._sessions() as session:
            newest = await Manifest(session).newest()

        def is_due(version: DayVersion) -> bool:
            return may_be_summed(version) and not all(
                has_sheet(self._folder, version, sheet) for sheet in SHEETS
            )

        every = [newest[day] for day in sorted(newest)]
        return await asyncio.to_thread(lambda: [version for version in every if is_due(version)])

    async def write_due(self) -> int:
        """Write what is missing; return of how many days.

        Raises:
            FactsNotWritable: the disk refuses.
        """
        written = 0
        for version in await self.due():
            written += await self.write(version)
        return written

    async def write(self, version: DayVersion) -> bool:
        """Write the sheets of a version; not where its own files are missing or damaged.

        Raises:
            FactsNotWritable: the disk refuses; nothing is noted.
        """
        async with self._sessions.begin() as session:
            manifest = Manifest(session)
            await manifest.alone()
            newest = (await manifest.newest([version.day])).get(version.day)
            if newest is None or newest.version != version.version:
                return False
            try:
                sums = await asyncio.to_thread(self._written, version)
            except OSError as error:
                raise FactsNotWritable(what=str(error)) from error
            if sums:
                await manifest.summed(version, sums)
        await asyncio.to_thread(self._tidy, version)
        return bool(sums)

    def _written(self, version: DayVersion) -> dict[str, StoredSums]:
        if faults_of(self._folder, version, is_thorough=False):
            return {}
        files = {
            table: path_of(self._folder, table, version.day, stored.version)
            for table, stored in version.files.items()
        }
        sums = {}
        for sheet in SHEETS:
            into = sums_path(
                self._folder, sheet.name, version.day, version.version, sheet.fingerprint
            )
            sums[sheet.name] = write_sheet(sheet, files, version.day, self._zone, into)
        log.info(
            "day.summed",
            day=version.day.isoformat(),
            version=version.version,
            bytes=sum(stored.bytes for stored in sums.values()),
        )
        return sums

    def _tidy(self, version: DayVersion) -> None:
        """Delete what nobody reads any more."""
        for sheet in SHEETS:
            own = sums_path(
                self._folder, sheet.name, version.day, version.version, sheet.fingerprint
            )
            for path in own.parent.glob("v*-*.parquet"):
                number = path.name[1:].partition("-")[0]
                if number.isdigit() and int(number) <= version.version - KEPT:
                    path.unlink(missing_ok=True)
