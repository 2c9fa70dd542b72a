"""SQL of the list of complaint warnings: what narrows it, its two orders, its parts, its counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId, WarningId
from lianxi.kernel.time import Instant
from lianxi.modules.warnings.contracts import (
    LEVELS,
    ComplaintWarning,
    WarningFilter,
    WarningSort,
    WarningState,
)
from lianxi.modules.warnings.models import WarningRow
from lianxi.modules.warnings.repository import FRESH, WarningRepository

Place = tuple[Instant, WarningId]
"""The moment of the order and the id of the last row that was read."""

NO_DEADLINE = Instant(2**62)
"""Sorts behind every moment."""


class WarningListRepository:
    """Reads parts of the list."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(
        self,
        wanted: WarningFilter,
        *,
        own: UserId | None,
        ids: Sequence[str] | None,
        sort: WarningSort,
        after: Place | None,
        limit: int,
    ) -> list[tuple[ComplaintWarning, Instant | None]]:
        """A part of the list, each with its nearest deadline.

        Args:
            wanted: what narrows it.
            own: only what this person classified.
            ids: only these.
            sort: the order.
            after: where the part before ended.
            limit: how many rows.
        """
        query = _narrowed(select(WarningRow), wanted, own, ids)
        moment = _moment(sort)
        if sort is WarningSort.DUE:
            query = query.order_by(moment, WarningRow.id)
            if after is not None:
                query = query.where(tuple_(moment, WarningRow.id) > tuple_(*after))
        else:
            query = query.order_by(moment.desc(), WarningRow.id.desc())
            if after is not None:
                query = query.where(tuple_(moment, WarningRow.id) < tuple_(*after))
        rows = list(await self._session.scalars(query.limit(limit), **FRESH))
        whole = await WarningRepository(self._session).whole(rows)
        return [(one, row.due_at) for one, row in zip(whole, rows, strict=True)]

    async def count(
        self, wanted: WarningFilter, *, own: UserId | None, ids: Sequence[str] | None
    ) -> int:
        """How many there are."""
        query = _narrowed(select(func.count()).select_from(WarningRow), wanted, own, ids)
        return int(await self._session.scalar(query) or 0)


def place_of(warning: ComplaintWarning, due_at: Instant | None, sort: WarningSort) -> Place:
    """Where a row stands in an order."""
    if sort is WarningSort.DUE:
        return (due_at if due_at is not None else NO_DEADLINE), warning.id
    return warning.classified_at, warning.id


def _moment(sort: WarningSort) -> ColumnElement[Any]:
    if sort is WarningSort.DUE:
        return func.coalesce(WarningRow.due_at, NO_DEADLINE)
    return WarningRow.classified_at.expression


def _narrowed(
    query: Select[Any], wanted: WarningFilter, own: UserId | None, ids: Sequence[str] | None
) -> Select[Any]:
    row, states = WarningRow, set(wanted.states or WarningState)
    if wanted.level is not None:
        states &= {state for state, level in LEVELS.items() if level is wanted.level}
        states.discard(WarningState.CLOSED)
    if wanted.open is not None:
        closed = {WarningState.CLOSED}
        states = states - closed if wanted.open else states & closed
    if states != set(WarningState):
        query = query.where(row.state.in_(sorted(states)))
    if wanted.store:
        query = query.where(row.store.icontains(wanted.store, autoescape=True))
    if wanted.text:
        found = [c.icontains(wanted.text, autoescape=True) for c in (row.number, row.case_number)]
        query = query.where(or_(*found))
    if wanted.case is not None:
        query = query.where(or_(row.case == wanted.case, row.case_number == wanted.case.upper()))
    if wanted.since is not None:
        query = query.where(row.classified_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(row.classified_at < wanted.until)
    if wanted.late_at is not None:
        query = query.where(row.due_at < wanted.late_at)
    if own is not None:
        query = query.where(row.classified_by == own)
    if ids is not None:
        query = query.where(row.id.in_(ids))
    return query
