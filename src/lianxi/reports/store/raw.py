"""Facts as a file for whoever may take them away: written while it is sent, never whole in memory.

Numbers of customers are masked unless they are wanted in full; the rows are those whose moment lies
in the window. Import this module late: it brings DuckDB and Arrow.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.types import String, Text

from lianxi.kernel.masking import HIDDEN
from lianxi.kernel.time import Instant
from lianxi.projections.closed_days import moment_column
from lianxi.projections.outcomes import Direction
from lianxi.projections.transfer_models import TransferKind
from lianxi.reports.store.contracts import RawFormat
from lianxi.reports.store.reading import opened
from lianxi.reports.store.tables import fact_tables
from lianxi.reports.store.writing import WRITER, schema_of
from lianxi.reports.windows import Window

AT_ONCE = 50_000
"""Rows in one piece."""

OURS = (Direction.INBOUND, Direction.INTERNAL)
"""Contacts whose `number` is one of our own."""


PART_MS = 31 * 86_400_000
"""Of the window, at once."""


class _Writer(Protocol):
    """A file that rows are added to."""

    def write_table(self, rows: pa.Table, /) -> None: ...


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object, /) -> int:
        written = bytes(memoryview(piece))  # type: ignore[arg-type]
        self._pieces.append(written)
        return len(written)

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


async def pieces(
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    window: Window,
    zone: ZoneInfo,
    *,
    table: str,
    form: RawFormat,
    in_full: bool,
) -> AsyncIterator[bytes]:
    """The file, piece by piece.

    Args:
        in_full: numbers of customers as they are.

    Raises:
        KeyError: there is no such table.
        DBAPIError: the database would not.
    """
    wanted = fact_tables()[table]
    schema = schema_of(wanted)
    sink = _Sink()
    writer = (
        pq.ParquetWriter(sink, schema, **WRITER)
        if form is RawFormat.PARQUET
        else csv.CSVWriter(pa.PythonFile(sink, mode="w"), schema)
    )
    for span in _spans(window):
        async with opened(sessions, folder, span, zone, tables=[table]) as facts:
            rows = facts.connection.sql(query(wanted, span, form, in_full=in_full))
            reader = rows.to_arrow_reader(AT_ONCE)
            while await asyncio.to_thread(_write_next, reader, writer, schema):
                yield sink.taken()
    await asyncio.to_thread(writer.close)
    yield sink.taken()


def _write_next(reader: pa.RecordBatchReader, writer: _Writer, schema: pa.Schema) -> bool:
    """Write the next rows; whether there were any."""
    try:
        rows = pa.Table.from_batches([reader.read_next_batch()])
    except StopIteration:
        return False
    writer.write_table(rows.cast(schema))
    return True


def _spans(window: Window) -> Iterator[Window]:
    """A window in parts: of days without files the rows of one part are in memory."""
    at = window.begins_at
    while at < window.ends_at:
        end = Instant(min(at + PART_MS, window.ends_at))
        yield Window(begins_at=at, ends_at=end)
        at = end


def query(table: Table, window: Window, form: RawFormat, *, in_full: bool) -> str:
    """The rows whose moment lies in the window, as they are written."""
    columns = []
    for column in table.columns:
        name = f'"{column.name}"'
        value = name if in_full else _masked(table, column.name)
        if form is RawFormat.CSV and type(column.type) in (String, Text):
            value = _harmless(value)
        columns.append(f"{value} AS {name}")
    moment = f'"{moment_column(table).name}"'  # some are words of the language, as `at` is
    return (
        f"SELECT {', '.join(columns)} FROM {table.name}"
        f" WHERE {moment} >= {window.begins_at} AND {moment} < {window.ends_at}"
    )


def _masked(table: Table, name: str) -> str:
    """A column as most people may see it, by the rule of `kernel.masking.mask`."""
    if not (condition := _is_of_customer(table, name)):
        return f'"{name}"'
    return (
        f"CASE WHEN NOT ({condition}) OR length({name}) <= 4 THEN {name}"
        f" WHEN length({name}) <= 7 THEN left({name}, 1) || '{HIDDEN}' || right({name}, 2)"
        f" ELSE left({name}, 3) || '{HIDDEN}' || right({name}, 4) END"
    )


def _is_of_customer(table: Table, name: str) -> str:
    """When a column holds the number of a customer; empty = never."""
    if name == "caller":
        return "true"
    if name == "number":
        ours = ", ".join(f"'{direction.value}'" for direction in OURS)
        return f"direction NOT IN ({ours})" if "direction" in table.c else "true"
    if name == "target" and "kind" in table.c:
        return f"kind = '{TransferKind.EXTERNAL.value}'"
    return ""


def _harmless(value: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay as they are,
    also those with a plus in front."""
    return (
        rf"CASE WHEN regexp_matches({value}, '^[=+\-@\t\r]')"
        rf" AND NOT regexp_full_match({value}, '[+\-]?[0-9 *#]+')"
        f" THEN '''' || {value} ELSE {value} END"
    )
