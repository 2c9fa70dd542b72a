"""The report at the end of a month: all 23 metrics, by queue and half-hour, by agent and day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import duckdb
import pyarrow as pa

from lianxi.drills.bench_reports.centre import ZONE
from lianxi.drills.bench_reports.columns import fact_tables, schema
from lianxi.drills.bench_reports.multiplied import Size
from lianxi.kernel.time import Instant
from lianxi.reports.engines import HERE, KEPT
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.sheets.layout import SHEETS
from lianxi.reports.sheets.reading import Shelf
from lianxi.reports.store.contracts import path_of, sums_path
from lianxi.reports.tabled import tabled
from lianxi.reports.windows import Window, day

METRICS = tuple(f"K{number:02d}" for number in range(1, 24))
"""The founding metrics. Those without a source are asked as well: their columns are empty."""

MARTS = HERE - KEPT
"""Marts there are facts for; what modules keep, costs and promises, is not played here."""


MEMORY = "1200MB"
"""What the database may take by default; interpreter and libraries come on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One half of the report."""

    name: str
    width: Width
    key: Key


PARTS = (
    Part(name="queues", width=Width.HALF_HOUR, key=Key.QUEUE),
    Part(name="agents", width=Width.DAY, key=Key.AGENT),
)


def window_of(size: Size) -> Window:
    """All days of a size."""
    first, last = size.calendar[0], size.calendar[-1]
    return Window(begins_at=day(first, ZONE).begins_at, ends_at=day(last, ZONE).ends_at)


def question_of(part: Part, window: Window, metrics: tuple[str, ...] = METRICS) -> Question:
    """One half as a question."""
    return Question(metrics=metrics, window=window, width=part.width, by=(part.key,))


def files_of(facts: Path, table: str, first: date, days: int) -> list[Path]:
    """The files of a table for some days, oldest first."""
    when = (first + timedelta(days=number) for number in range(days))
    return [path_of(facts, table, each, 1) for each in when]


def opened(
    facts: Path,
    first: date,
    days: int,
    *,
    tables: Collection[str] | None = None,
    memory: str = MEMORY,
    shelf: Shelf | None = None,
) -> duckdb.DuckDBPyConnection:
    """A connection whose views are the fact tables of some days.

    Args:
        facts: the folder of closed days.
        first: the first day.
        days: how many.
        tables: only these; all unless given.
        memory: what the database may take, as DuckDB writes it.
        shelf: then the sheets are there as well.
    """
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute("SET preserve_insertion_order = false")
    for fact in fact_tables():
        name = fact.__tablename__
        if name.startswith("dim_") or (tables is not None and name not in tables):
            continue
        present = [str(file) for file in files_of(facts, name, first, days) if file.exists()]
        if present:
            connection.read_parquet(present, hive_partitioning=False).create_view(name)
        else:
            connection.register(name, schema(fact).empty_table())
    for sheet in SHEETS if shelf is not None else ():
        when = (first + timedelta(days=number) for number in range(days))
        sheets = [sums_path(facts, sheet.name, each, 1, sheet.fingerprint) for each in when]
        present = [str(file) for file in sheets if file.exists()]
        connection.read_parquet(present, hive_partitioning=False).create_view(sheet.name)
    return connection


def computed(facts: Path, size: Size, *, memory: str = MEMORY) -> dict[str, pa.Table]:
    """The whole report, as the product gives it: from the sheets of sums of closed days."""
    return _computed(facts, size, memory, Shelf(leaves_rows=False))


def from_rows(facts: Path, size: Size, *, memory: str = MEMORY) -> dict[str, pa.Table]:
    """The same from every row, as of days that have no sheet."""
    return _computed(facts, size, memory, None)


def _computed(facts: Path, size: Size, memory: str, shelf: Shelf | None) -> dict[str, pa.Table]:
    window = window_of(size)
    with opened(facts, size.first, size.days, memory=memory, shelf=shelf) as connection:
        return {
            part.name: tabled(
                connection,
                question_of(part, window),
                as_of=Instant(window.ends_at),
                zone=ZONE,
                marts=MARTS,
                shelf=shelf,
            )
            for part in PARTS
        }


def sum_days(facts: Path, size: Size) -> None:
    """Write the sheets of all days, as the closing of a day does."""
    # Late on purpose: it brings Ibis, and the report itself does without.
    writing = import_module("lianxi.reports.sheets.writing")
    for when in size.calendar:
        files = {}
        for fact in fact_tables():
            file = path_of(facts, fact.__tablename__, when, 1)
            if file.exists():
                files[fact.__tablename__] = file
        for sheet in SHEETS:
            into = sums_path(facts, sheet.name, when, 1, sheet.fingerprint)
            writing.write_sheet(sheet, files, when, ZONE, into)
