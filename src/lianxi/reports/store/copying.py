"""Rows of PostgreSQL as CSV, as the database streams them: no row becomes a Python object."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import cast

import psycopg
from psycopg import sql
from sqlalchemy import ColumnElement, Select, Table, and_, collate, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import String

from lianxi.projections.closed_days import end_column, moment_column
from lianxi.reports.windows import Window

AT_ONCE = 122_880
"""Rows in one piece, and in one row group of a file: what DuckDB reads by one thread."""
BETWEEN_PAUSES = 512
"""Rows after which others may run: about two milliseconds."""


def rows_within(table: Table, window: Window) -> ColumnElement[bool]:
    """Rows whose moment lies in the window."""
    moment = moment_column(table)
    return and_(moment >= window.begins_at, moment < window.ends_at)


def rows_for(table: Table, spans: Sequence[Window], window: Window) -> ColumnElement[bool]:
    """Rows of some spans that a window needs: those in it, and those that reach into it."""
    moment, end = moment_column(table), end_column(table)
    of_spans = or_(*(rows_within(table, span) for span in spans))
    if end is None:
        return and_(of_spans, rows_within(table, window))
    reaches = or_(moment >= window.begins_at, end.is_(None), end >= window.begins_at)
    return and_(of_spans, moment < window.ends_at, reaches)


def _selected(
    table: Table, where: ColumnElement[bool] | None, *, is_ordered: bool
) -> Select[tuple[object, ...]]:
    found: Select[tuple[object, ...]] = select(*table.columns)
    if where is not None:
        found = found.where(where)
    if not is_ordered:
        return found
    return found.order_by(
        *(
            collate(key, "C") if isinstance(key.type, String) else key
            for key in table.primary_key.columns
        )
    )


async def copied(
    session: AsyncSession,
    table: Table,
    where: ColumnElement[bool] | None = None,
    *,
    is_ordered: bool = False,
) -> AsyncIterator[tuple[bytes, int]]:
    """Pieces of CSV without a head, whole rows each, and how many rows are in them.

    Empty text is quoted, what is not there is not. The last piece may be smaller; without any row
    there is none.

    Args:
        is_ordered: by the primary key, in the same order on every database; else as it comes.
    """
    query = _selected(table, where, is_ordered=is_ordered).compile(
        dialect=postgresql.dialect(),  # type: ignore[no-untyped-call]
        compile_kwargs={"literal_binds": True},
    )
    statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(_plain(str(query)))
    connection = await (await session.connection()).get_raw_connection()
    driver = cast("psycopg.AsyncConnection[object]", connection.driver_connection)
    rows: list[bytes] = []
    async with driver.cursor() as cursor, cursor.copy(statement) as copy:
        # The database sends each row by itself.
        async for row in copy:
            rows.append(bytes(row))
            if len(rows) % BETWEEN_PAUSES == 0:
                await asyncio.sleep(0)
            if len(rows) == AT_ONCE:
                yield b"".join(rows), len(rows)
                rows = []
    if rows:
        yield b"".join(rows), len(rows)


def _plain(query: str) -> sql.SQL:
    # Made of our own columns and of whole numbers. The dialect doubles the sign for parameters.
    return sql.SQL(query.replace("%%", "%"))
