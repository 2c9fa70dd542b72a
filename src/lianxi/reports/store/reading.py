"""A window of facts for DuckDB: files of closed days, and PostgreSQL for everything else.

A day is read from its files when they are whole, have today's columns and hold what the tables
hold; otherwise from the tables. So a window gives the same rows wherever they come from, at any
moment, also while days are being written. Import this module late: it brings DuckDB and Arrow.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import structlog
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.projections.closed_days import end_column, moment_column
from lianxi.reports.sheets.reading import Shelf, empty
from lianxi.reports.store.checking import faults_of
from lianxi.reports.store.contracts import DayVersion, Fault, path_of
from lianxi.reports.store.copying import rows_for
from lianxi.reports.store.days import days_touching, spans_without
from lianxi.reports.store.due import is_up_to_date
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.summed import days_summed, reaches, sheet_files
from lianxi.reports.store.tables import fact_tables, name_tables, shape
from lianxi.reports.store.writing import arrow_rows, schema_of
from lianxi.reports.windows import REACH_MS, Window
from lianxi.reports.windows import day as window_of_day

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Facts of a window, ready to be asked about."""

    connection: duckdb.DuckDBPyConnection
    """Has a view for each fact and name table, with exactly the rows that the window needs: those
    whose moment lies in it, and those that reach into it from up to seven days before."""
    versions: Mapping[date, int]
    """The version of each day of the window that is read from files."""
    position: int
    """Up to where the journal was folded into what is read from PostgreSQL."""
    faults: Sequence[Fault] = ()
    """Files that should be there and are not, or are not as they were: told, not passed over."""
    shelf: Shelf | None = None
    """The sheets of sums that were wanted: views that are called like them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where the rows come from."""

    files: tuple[DayVersion, ...]
    spans: tuple[Window, ...]
    """Of PostgreSQL."""
    faults: tuple[Fault, ...] = ()
    summed: frozenset[date] = frozenset()
    """Days that have all sheets that are wanted."""


@dataclass(slots=True)
class _Rows:
    """Rows of PostgreSQL, by table."""

    facts: dict[str, pa.Table] = field(default_factory=dict)
    names: dict[str, pa.Table] = field(default_factory=dict)


@asynccontextmanager
async def opened(
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    window: Window,
    zone: ZoneInfo,
    *,
    tables: Collection[str] | None = None,
    sheets: Mapping[str, Collection[str]] | None = None,
) -> AsyncIterator[Opened]:
    """Facts of a window as views of a DuckDB connection, which is closed in the end.

    Args:
        folder: where files of closed days lie.
        zone: the centre's.
        tables: the fact tables that are wanted; all unless given. Names are always there.
        sheets: those that are wanted, and the tables that are read for them alone: of a day that
            has its sheets, the views of these tables leave the rows out.

    Raises:
        KeyError: there is no such fact table.
        DBAPIError: the database would not.
    """
    wanted = {name: fact_tables()[name] for name in (fact_tables() if tables is None else tables)}
    async with sessions() as session:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        manifest = Manifest(session)
        position = await manifest.position()
        chosen = await choose(manifest, folder, window, zone, position=position, tables=wanted)
        if sheets:
            summed = await asyncio.to_thread(days_summed, folder, chosen.files, sheets)
            chosen = replace(chosen, summed=summed)
        rows = await _read(session, wanted, chosen.spans, window)
    if chosen.faults:
        first = chosen.faults[0]
        log.error(
            "facts.files_faulty",
            count=len(chosen.faults),
            days=sorted({fault.day.isoformat() for fault in chosen.faults})[:7],
            first=f"{first.table} {first.what}",
        )
    views = _Views(folder, chosen, rows, window, sheets or {})
    connection = await asyncio.to_thread(views.connected, wanted)
    touching = set(days_touching(window, zone))
    try:
        yield Opened(
            connection=connection,
            versions={
                version.day: version.version for version in chosen.files if version.day in touching
            },
            position=position,
            faults=chosen.faults,
            shelf=Shelf(leaves_rows=views.leaves_rows) if sheets else None,
        )
    finally:
        connection.close()


async def choose(
    manifest: Manifest,
    folder: Path,
    window: Window,
    zone: ZoneInfo,
    *,
    position: int,
    tables: Collection[str],
) -> Chosen:
    """Decide for each day between files and tables."""
    around = Window(begins_at=Instant(window.begins_at - REACH_MS), ends_at=window.ends_at)
    days = days_touching(around, zone)
    changes = await manifest.changes(days)
    newest = await manifest.newest(days)
    good = [
        version
        for day, version in newest.items()
        if (version.shape, version.window) == (shape(), window_of_day(day, zone))
        and is_up_to_date(version, position=position, changes=changes.get(day, 0))
    ]
    files, faults = await asyncio.to_thread(_looked_at, folder, good, tables)
    spans = spans_without([version.window for version in files], around)
    return Chosen(tuple(files), tuple(spans), tuple(faults))


def _looked_at(
    folder: Path, versions: Sequence[DayVersion], tables: Collection[str]
) -> tuple[list[DayVersion], list[Fault]]:
    """Versions whose files are there, and what is wrong with the others."""
    files: list[DayVersion] = []
    faults: list[Fault] = []
    for version in versions:
        wrong = faults_of(folder, version, is_thorough=False, tables=tables)
        if version.fault and not wrong:
            wrong = [Fault(day=version.day, table="", what=version.fault)]
        if wrong:
            faults += wrong
        else:
            files.append(version)
    return files, faults


async def _read(
    session: AsyncSession, wanted: Mapping[str, Table], spans: Sequence[Window], window: Window
) -> _Rows:
    rows = _Rows()
    for name, table in wanted.items():
        if spans:
            where = rows_for(table, spans, window)
            rows.facts[name] = await arrow_rows(session, table, where)
    for name, table in name_tables().items():
        rows.names[name] = await arrow_rows(session, table)
    return rows


class _Views:
    """The views of one connection."""

    def __init__(
        self,
        folder: Path,
        chosen: Chosen,
        rows: _Rows,
        window: Window,
        sheets: Mapping[str, Collection[str]],
    ) -> None:
        self._folder, self._chosen, self._rows = folder, chosen, rows
        self._window, self._sheets = window, sheets
        self._in_sheets = {name for names in sheets.values() for name in names}
        self.leaves_rows = False
        """Of a table that is read for sheets alone there are rows of days without one."""

    def connected(self, wanted: Mapping[str, Table]) -> duckdb.DuckDBPyConnection:
        """A connection with them."""
        connection = duckdb.connect()
        for name, found in self._rows.names.items():
            connection.register(name, found)
        for table in wanted.values():
            self._facts(connection, table)
        for sheet, tables in self._sheets.items():
            versions = [v for v in self._chosen.files if v.day in self._chosen.summed]
            files = sheet_files(self._folder, sheet, versions, tables, self._window)
            if files:
                connection.read_parquet(files, hive_partitioning=False).create_view(sheet)
            else:
                connection.execute(empty(sheet))
        return connection

    def _facts(self, connection: duckdb.DuckDBPyConnection, table: Table) -> None:
        name = table.name
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        is_summed = name in self._in_sheets
        versions = [
            version
            for version in self._chosen.files
            if not (is_summed and version.day in self._chosen.summed)
        ]
        parts = []
        if files := _files(self._folder, table, versions, self._window):
            stored = connection.read_parquet(files, hive_partitioning=False)
            stored.create_view(f"stored_{name}")
            needed = _needed(table, self._window)
            parts.append(f"SELECT {columns} FROM stored_{name} WHERE {needed}")
        if name in self._rows.facts:
            connection.register(f"rows_{name}", self._rows.facts[name])
            parts.append(f"SELECT {columns} FROM rows_{name}")
        if is_summed and (files or (name in self._rows.facts and self._rows.facts[name].num_rows)):
            self.leaves_rows = True
        if not parts:
            connection.register(f"rows_{name}", schema_of(table).empty_table())
            parts.append(f"SELECT {columns} FROM rows_{name}")
        connection.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(parts)}")


def _files(folder: Path, table: Table, versions: Sequence[DayVersion], window: Window) -> list[str]:
    """Files that can hold a row the window needs, in the order of days."""
    return [
        str(path_of(folder, table.name, version.day, version.files[table.name].version))
        for version in sorted(versions, key=lambda version: version.day)
        if table.name in version.files and reaches(version, table.name, window)
    ]


def _needed(table: Table, window: Window) -> str:
    """The rows of files that the window needs."""
    # Quoted: some are words of the language, as `at` is.
    moment, end = f'"{moment_column(table).name}"', end_column(table)
    within = f"{moment} < {window.ends_at}"
    since = f"{moment} >= {window.begins_at}"
    if end is None:
        return f"{within} AND {since}"
    reaches = f'"{end.name}" IS NULL OR "{end.name}" >= {window.begins_at}'
    return f"{within} AND ({since} OR {reaches})"
