"""Facts that modules keep as rows of their own: deadlines, work orders, complaints, costs.

They are read from the database also for days that are over, and never from files: a deadline is
extended, an order turns out to have been misrouted, a cost is booked late, and the figure of that
day changes with it. All but costs are views (migration 0043) over the tables of their modules, so
nothing is written twice. Import this module late: it brings Arrow.
"""

from typing import TYPE_CHECKING, Final

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Column, Double, MetaData, Table, Text, and_
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.reports.store.writing import arrow_rows, schema_of
from lianxi.reports.windows import Window

if TYPE_CHECKING:
    import duckdb

_READ_ONLY: Final = MetaData()
"""None of these is created from here."""

_COSTS = Table(
    "fact_cost", _READ_ONLY, Column("day_begins_at", BigInteger), Column("amount", Double)
)
_CLOCKS = Table(
    "fact_clock",
    _READ_ONLY,
    Column("ended_at", BigInteger),
    Column("rule", Text),
    Column("owner", Text),
    Column("was_met", Boolean),
)
_ORDERS = Table(
    "fact_work_order",
    _READ_ONLY,
    Column("dispatched_at", BigInteger),
    Column("kind", Text),
    Column("owner", Text),
    Column("misrouted", Boolean),
)
_COMPLAINTS = Table(
    "fact_complaint",
    _READ_ONLY,
    Column("taken_at", BigInteger),
    Column("kind", Text),
    Column("repeated", Boolean),
)
_ANSWERS = Table(
    "fact_complaint_answer",
    _READ_ONLY,
    Column("at", BigInteger),
    Column("kind", Text),
    Column("satisfied", Boolean),
)
_WARNINGS = Table("fact_complaint_warning", _READ_ONLY, Column("classified_at", BigInteger))
_ALL = (_COSTS, _CLOCKS, _ORDERS, _COMPLAINTS, _ANSWERS, _WARNINGS)
KEPT: Final = {table.name: table for table in _ALL}
"""By name. The first column is the moment that a row counts in."""


async def kept_rows(session: AsyncSession, name: str, window: Window) -> pa.Table:
    """The rows of one of them that lie in a window.

    Raises:
        KeyError: there is none of that name.
    """
    table = KEPT[name]
    at = next(iter(table.columns))
    return await arrow_rows(session, table, and_(at >= window.begins_at, at < window.ends_at))


def create_empty(connection: "duckdb.DuckDBPyConnection") -> None:
    """Tables without rows: in what is only played nobody promised, dispatched or booked."""
    for name, table in KEPT.items():
        connection.register("given", schema_of(table).empty_table())
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")
