"""Sheets as Parquet, worked out of the files of a day. Import this module late: it brings DuckDB.

The same files give the same bytes.
"""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lianxi.kernel.time import Instant
from lianxi.reports.buckets import buckets, shifts
from lianxi.reports.offers import TABLES
from lianxi.reports.sheets.layout import Sheet
from lianxi.reports.sheets.summing import statement_of
from lianxi.reports.statement import parameters, used
from lianxi.reports.store.checking import digest
from lianxi.reports.store.contracts import StoredSums
from lianxi.reports.store.tables import fact_tables
from lianxi.reports.store.writing import PART, WRITER, schema_of
from lianxi.reports.windows import REACH_MS, Window
from lianxi.reports.windows import day as window_of_day


def write_sheet(
    sheet: Sheet, files: Mapping[str, Path], day: date, zone: ZoneInfo, into: Path
) -> StoredSums:
    """Write the sheet of one day, whole or not at all.

    Args:
        files: by fact table, those of the day; a table without rows has none.
        zone: the centre's.
        into: the file it becomes.

    Raises:
        OSError: the disk refuses.
        duckdb.Error: a file cannot be read.
    """
    found = sheet_of(sheet, files, day, zone)
    into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = into.with_name(into.name + PART)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sink:
            pq.write_table(found, sink, **WRITER)
            sink.flush()
            os.fsync(sink.fileno())
        stored = StoredSums(
            fingerprint=sheet.fingerprint,
            rows=found.num_rows,
            bytes=draft.stat().st_size,
            sha256=digest(draft),
        )
        os.replace(draft, into)
    finally:
        draft.unlink(missing_ok=True)
    return stored


def sheet_of(sheet: Sheet, files: Mapping[str, Path], day: date, zone: ZoneInfo) -> pa.Table:
    """The rows of a sheet."""
    own = window_of_day(day, zone)
    window = Window(begins_at=own.begins_at, ends_at=Instant(own.ends_at + REACH_MS))
    ((_, shift),) = shifts(window, zone)
    pieces = buckets(window, sheet.width, zone)
    sql = statement_of(sheet)
    given = used(sql, parameters(window, pieces, shift, {}, as_of=window.ends_at))
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        for mart in sheet.marts:
            _view(connection, TABLES[mart], files.get(TABLES[mart]))
        return connection.sql(sql, params=given).to_arrow_table()


def _view(connection: duckdb.DuckDBPyConnection, table: str, file: Path | None) -> None:
    if file is None:
        connection.register(table, schema_of(fact_tables()[table]).empty_table())
    else:
        connection.read_parquet(str(file), hive_partitioning=False).create_view(table)
