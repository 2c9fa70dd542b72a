"""Facts as Arrow and Parquet: the same rows give the same bytes, whenever and wherever.

Rows come in the order of their key, row groups have a fixed size, the writer's options are fixed
here, and nothing of the moment goes into a file. Import this module late: it brings Arrow.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv
from sqlalchemy import BigInteger, Boolean, ColumnElement, Float, Integer, Table
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.projections.closed_days import end_column
from lianxi.reports.store.checking import digest
from lianxi.reports.store.contracts import StoredFile
from lianxi.reports.store.copying import copied

WRITER = {
    "compression": "zstd",
    "compression_level": 3,
    "version": "2.6",
    "data_page_version": "1.0",
    "use_dictionary": True,
    "write_statistics": True,
    "store_schema": True,
}
"""A change here gives other bytes for the same rows."""

PART = ".part"
"""Ends the name of a file that is being written."""


def schema_of(table: Table) -> pa.Schema:
    """Names and types of a table's columns, as files hold them."""
    return pa.schema([(column.name, _type(column.type)) for column in table.columns])


def _type(of: object) -> pa.DataType:
    match of:
        case BigInteger() | Integer():
            return pa.int64()
        case Boolean():
            return pa.bool_()
        case Float():
            return pa.float64()
    return pa.string()


def arrow_of(piece: bytes, schema: pa.Schema) -> pa.Table:
    """CSV as `copying.copied` gives it, as an Arrow table."""
    return csv.read_csv(
        pa.BufferReader(piece),
        read_options=csv.ReadOptions(
            column_names=schema.names, use_threads=False, block_size=len(piece) + 1
        ),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )


async def arrow_rows(
    session: AsyncSession, table: Table, where: ColumnElement[bool] | None = None
) -> pa.Table:
    """Rows of PostgreSQL as one Arrow table."""
    schema = schema_of(table)
    pieces = [
        await asyncio.to_thread(arrow_of, piece, schema)
        async for piece, _ in copied(session, table, where)
    ]
    return pa.concat_tables(pieces) if pieces else schema.empty_table()


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is written and lies under its draft's name."""

    path: Path
    """Where it is to lie; until then with `PART` behind."""
    stored: StoredFile

    @property
    def lies_at(self) -> Path:
        """The draft's own name."""
        return self.path.with_name(self.path.name + PART)

    def place(self, path: Path | None = None) -> None:
        """Give it its name, or another's. Whole or not at all, also when the power goes.

        Raises:
            OSError: the disk refuses.
        """
        os.replace(self.lies_at, path or self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def drop(self) -> None:
        """It is not wanted."""
        self.lies_at.unlink(missing_ok=True)


async def draft(
    session: AsyncSession, table: Table, where: ColumnElement[bool], path: Path, *, version: int
) -> Draft | None:
    """Write rows of PostgreSQL as a draft of a file; `None` when there is no row.

    Raises:
        OSError: the disk refuses.
    """
    pieces = copied(session, table, where, is_ordered=True)
    try:
        first = await anext(pieces, None)
        if first is None:
            return None
        writer = await asyncio.to_thread(_Writer, table, path)
        try:
            await asyncio.to_thread(writer.add, first[0])
            async for piece, _ in pieces:
                await asyncio.to_thread(writer.add, piece)
        except BaseException:
            writer.abandon()
            raise
        return await asyncio.to_thread(writer.finish, version)
    finally:
        await cast("AsyncIterator[object]", pieces).aclose()  # type: ignore[attr-defined]


class _Writer:
    """One file under way."""

    def __init__(self, table: Table, path: Path) -> None:
        self._table, self._path = table, path
        self._schema = schema_of(table)
        end = end_column(table)
        self._end = None if end is None else end.name
        self._until: int | None = None
        self._going_on = self._rows = 0
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._draft = path.with_name(path.name + PART)
        self._sink = os.fdopen(
            os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        )
        self._parquet = pq.ParquetWriter(self._sink, self._schema, **WRITER)

    def add(self, piece: bytes) -> None:
        rows = arrow_of(piece, self._schema)
        self._rows += rows.num_rows
        if self._end is not None:
            ends = rows.column(self._end)
            self._going_on += ends.null_count
            newest = pc.max(ends).as_py()
            self._until = newest if self._until is None else max(self._until, newest or 0)
        self._parquet.write_table(rows, row_group_size=rows.num_rows)

    def finish(self, version: int) -> Draft:
        self._parquet.close()
        self._sink.flush()
        os.fsync(self._sink.fileno())
        self._sink.close()
        return Draft(
            self._path,
            StoredFile(
                version=version,
                rows=self._rows,
                bytes=self._draft.stat().st_size,
                sha256=digest(self._draft),
                until=None if self._until is None else Instant(self._until),
                going_on=self._going_on,
            ),
        )

    def abandon(self) -> None:
        self._sink.close()
        self._draft.unlink(missing_ok=True)
