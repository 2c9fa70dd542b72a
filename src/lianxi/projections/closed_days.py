"""Days whose facts were written down as files, and whether they changed since.

Files of a day are good for as long as nobody folds another line into its rows. Who writes files
first puts the day on this list, under the lock of the projector's cursor; from then on each batch
that touches the day counts up, in the transaction of its writes. So nothing is missed, whoever
comes first.
"""

from bisect import bisect_left
from typing import Any

from sqlalchemy import Column, TableClause, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.projections.closed_models import ClosedDay
from lianxi.projections.models import Fact

MOMENTS = (
    "entered_at",
    "arrived_at",
    "began_at",
    "made_at",
    "asked_at",
    "registered_at",
    "at",
)
"""Columns that say to which moment, and so to which day, a row belongs: the first it has."""

ENDS = ("ended_at", "left_at")
"""Columns that say until when a row reaches; `None` there = it goes on."""


def moment_column(table: TableClause) -> Column[Any]:
    """The column by which rows of a fact table belong to a day.

    Raises:
        LookupError: the table has none of `MOMENTS`.
    """
    for name in MOMENTS:
        if name in table.c:
            return table.c[name]  # type: ignore[return-value]
    raise LookupError(f"rows of {table.name} belong to no moment")


def end_column(table: TableClause) -> Column[Any] | None:
    """The column that says until when rows reach; `None` = they are moments."""
    for name in ENDS:
        if name in table.c:
            return table.c[name]  # type: ignore[return-value]
    return None


def is_fact(kind: type[object]) -> bool:
    """Whether rows of this kind belong to a day."""
    return issubclass(kind, Fact) and kind.__tablename__.startswith("fact_")


async def note_changes(session: AsyncSession, position: int) -> None:
    """Count up the closed days whose rows this transaction is about to write.

    Call it before anything is flushed: the session forgets then what it changed.

    Args:
        position: of the last line that was folded.
    """
    written = [
        *session.new,
        *(row for row in session.dirty if session.is_modified(row)),
        *session.deleted,
    ]
    moments = sorted({_moment(row) for row in written if is_fact(type(row))})
    if not moments:
        return
    touched = select(ClosedDay).where(
        ClosedDay.ends_at > moments[0], ClosedDay.begins_at <= moments[-1]
    )
    with session.no_autoflush:
        days = (await session.scalars(touched)).all()
    for day in days:
        place = bisect_left(moments, day.begins_at)
        if place < len(moments) and moments[place] < day.ends_at:
            day.changes += 1
            day.changed_at_position = position


def _moment(row: Fact) -> Instant:
    moment: Instant = getattr(row, moment_column(row.__table__).name)  # type: ignore[arg-type]
    return moment
