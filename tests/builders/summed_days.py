"""Random days as files and sheets of sums, without a database server."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Table

from lianxi.projections.closed_days import is_fact, moment_column
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import Fact
from lianxi.projections.projector import TABLES
from lianxi.reports.duck import arrow_table, of_row
from lianxi.reports.kept import create_empty
from lianxi.reports.questions import DAY_MS
from lianxi.reports.sheets.layout import SHEETS
from lianxi.reports.sheets.writing import sheet_of
from lianxi.reports.windows import Window, local_day
from lianxi.reports.windows import day as window_of_day
from tests.builders.fuzzed import EVERYTHING, a_day

ZONE = ZoneInfo("Etc/GMT+1")
"""Midnight is an hour after the random day begins: calls reach over it."""
LATER_MS = 20_000 * DAY_MS
"""Random days begin in 1970; reports begin later."""


class SummedDays:
    """The rows of a random day on two civil days, and the sheets of both."""

    def __init__(self, folder: Path, events: int = 4_000) -> None:
        self._rows = _rows(events)
        self.tables = {
            fact.__tablename__: arrow_table(fact, self._rows[fact])
            for fact in TABLES
            if is_fact(fact)
        }
        self.days = sorted({day for rows in self._by_day().values() for day in rows})
        self.window = Window(
            begins_at=window_of_day(self.days[0], ZONE).begins_at,
            ends_at=window_of_day(self.days[-1], ZONE).ends_at,
        )
        self._folder = folder
        files = self._written()
        self._sheets = {
            (sheet.name, day): sheet_of(sheet, files[day], day, ZONE)
            for sheet in SHEETS
            for day in self.days
        }

    def rows(self) -> duckdb.DuckDBPyConnection:
        """A connection with the rows."""
        return self._connected(self.tables)

    def sheets(self, *, without: date | None = None) -> duckdb.DuckDBPyConnection:
        """A connection with sheets, and no rows but those of a day without one."""
        left = {
            fact.__tablename__: arrow_table(fact, rows.get(without, []) if without else [])
            for fact, rows in self._by_day().items()
        }
        connection = self._connected(left)
        for sheet in SHEETS:
            parts = [self._sheets[sheet.name, day] for day in self.days if day != without]
            connection.register(sheet.name, pa.concat_tables(parts))
        return connection

    def _connected(self, tables: dict[str, pa.Table]) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        for name, table in tables.items():
            connection.register(name, table)
        create_empty(connection)
        return connection

    def _by_day(self) -> dict[type[Fact], dict[date, list[dict[str, object]]]]:
        found: dict[type[Fact], dict[date, list[dict[str, object]]]] = {}
        for fact in filter(is_fact, TABLES):
            table = fact.__table__
            assert isinstance(table, Table)
            moment = moment_column(table).name
            found[fact] = defaultdict(list)
            for row in self._rows[fact]:
                found[fact][local_day(int(str(row[moment])), ZONE)].append(row)
        return found

    def _written(self) -> dict[date, dict[str, Path]]:
        files: dict[date, dict[str, Path]] = defaultdict(dict)
        for fact, days in self._by_day().items():
            for day, rows in days.items():
                path = self._folder / f"{fact.__tablename__}-{day}.parquet"
                pq.write_table(arrow_table(fact, rows), path)
                files[day][fact.__tablename__] = path
        return files


def _rows(events: int) -> dict[type[Fact], list[dict[str, object]]]:
    """By kind, later than 1970, and with everything over that lasts."""
    memory = Memory()
    for line in a_day(EVERYTHING, events):
        fold(line.event, line.position, memory)
    found: dict[type[Fact], list[dict[str, object]]] = defaultdict(list)
    for fact in memory.added:
        row = of_row(fact)
        for name, value in row.items():
            if isinstance(value, int) and (name.endswith("_at") or name in {"at", "since"}):
                row[name] = value + LATER_MS
        found[type(fact)].append(row)
    last = max(
        value
        for rows in found.values()
        for row in rows
        for name, value in row.items()
        if name.endswith("_at") and isinstance(value, int)
    )
    for kind, rows in found.items():
        if kind.__tablename__ in {"fact_segment", "fact_agent_interval"}:
            for row in rows:
                row["ended_at"] = last if row["ended_at"] is None else row["ended_at"]
    return found
