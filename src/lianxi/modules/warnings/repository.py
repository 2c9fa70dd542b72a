"""All SQL about complaint warnings. Returns contracts, never rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.base import Table
from lianxi.db.telling import changed
from lianxi.kernel.ids import CaseId, WarningId
from lianxi.kernel.time import Instant
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    DayEntry,
    Hop,
    Opinion,
    Recontact,
    WarningReview,
    WarningRound,
    WarningState,
)
from lianxi.modules.warnings.models import (
    WarningDailyRow,
    WarningDayRow,
    WarningHopRow,
    WarningOpinionRow,
    WarningRecontactRow,
    WarningReviewRow,
    WarningRoundRow,
    WarningRow,
)

FRESH: Any = {"execution_options": {"populate_existing": True}}

PARTS: tuple[tuple[str, type[Table], type[Any]], ...] = (
    ("rounds", WarningRoundRow, WarningRound),
    ("reviews", WarningReviewRow, WarningReview),
    ("opinions", WarningOpinionRow, Opinion),
    ("recontacts", WarningRecontactRow, Recontact),
    ("days", WarningDailyRow, DayEntry),
    ("hops", WarningHopRow, Hop),
)
"""What belongs to a warning: field, table, contract."""

_PART_NAMES = {name for name, _, _ in PARTS}
_OWN = tuple(name for name in ComplaintWarning.__slots__ if name not in _PART_NAMES)


class WarningRepository:
    """Reads and writes warnings."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock_presets(self) -> None:
        """One at a time puts in what ships."""
        await self._session.execute(
            select(func.pg_advisory_xact_lock(func.hashtext("warning presets")))
        )

    async def next_number(self, day: str) -> int:
        """The next of a day; others wait until this transaction ends."""
        first = insert(WarningDayRow).values(day=day, last=1)
        found = await self._session.scalar(
            first.on_conflict_do_update(
                index_elements=["day"], set_={"last": WarningDayRow.last + 1}
            ).returning(WarningDayRow.last)
        )
        assert found is not None
        return int(found)

    async def add(self, warning: ComplaintWarning) -> None:
        """A new one."""
        facts = {name: getattr(warning, name) for name in _OWN}
        await self._session.execute(insert(WarningRow).values(due_at=None, **facts))
        await self._save_parts(None, warning)
        changed(self._session, f"warning:{warning.id}", warning.revision)

    async def save(self, before: ComplaintWarning, after: ComplaintWarning) -> None:
        """What changed of one that is locked."""
        facts = {name: getattr(after, name) for name in _OWN}
        new = {n: v for n, v in facts.items() if v != getattr(before, n)}
        await self._session.execute(
            update(WarningRow)
            .where(WarningRow.id == after.id)
            .values(**new)
            .execution_options(synchronize_session=False)
        )
        await self._save_parts(before, after)
        changed(self._session, f"warning:{after.id}", after.revision)

    async def _save_parts(self, before: ComplaintWarning | None, after: ComplaintWarning) -> None:
        for name, table, _ in PARTS:
            old = getattr(before, name) if before else ()
            for part in getattr(after, name):
                if part not in old:
                    facts: dict[str, Any] = msgspec.to_builtins(part)
                    await self._session.execute(
                        insert(table)
                        .values(warning=after.id, **facts)
                        .on_conflict_do_update(index_elements=["warning", "number"], set_=facts)
                    )

    async def find(self, id: str, *, lock: bool = False) -> ComplaintWarning | None:
        """One, by its id or its number as people say it."""
        query = select(WarningRow).where((WarningRow.id == id) | (WarningRow.number == id.upper()))
        if lock:
            query = query.with_for_update()
        row = await self._session.scalar(query, **FRESH)
        return None if row is None else (await self.whole([row]))[0]

    async def open_of(self, case: CaseId) -> WarningId | None:
        """The open warning about a work order."""
        query = select(WarningRow.id).where(
            WarningRow.case == case, WarningRow.state != WarningState.CLOSED
        )
        found = await self._session.scalar(query)
        return None if found is None else WarningId(found)

    async def daily(self) -> list[WarningId]:
        """Open ones whose customer was not satisfied once."""
        query = select(WarningRow.id).where(
            WarningRow.state != WarningState.CLOSED, WarningRow.round > 1
        )
        return list(await self._session.scalars(query.order_by(WarningRow.id)))

    async def set_due(self, id: WarningId, due_at: Instant | None) -> None:
        """The nearest of its clocks."""
        await self._session.execute(
            update(WarningRow)
            .where(WarningRow.id == id)
            .values(due_at=due_at)
            .execution_options(synchronize_session=False)
        )

    async def whole(self, rows: Sequence[WarningRow]) -> list[ComplaintWarning]:
        """Rows with what belongs to them."""
        parts: dict[str, dict[str, list[Any]]] = {row.id: {} for row in rows}
        for name, table, contract in PARTS:
            columns = {column.name: column for column in table.__table__.columns}
            query = select(table.__table__).where(columns["warning"].in_(parts))
            query = query.order_by(columns["warning"], columns["number"])
            for found in (await self._session.execute(query)).mappings():
                facts = {k: v for k, v in found.items() if k != "warning"}
                made = msgspec.convert(facts, contract)
                parts[found["warning"]].setdefault(name, []).append(made)
        return [_warning(row, parts[row.id]) for row in rows]


def _warning(row: WarningRow, parts: Mapping[str, Sequence[Any]]) -> ComplaintWarning:
    facts: dict[str, Any] = {name: getattr(row, name) for name in _OWN}
    facts |= {name: tuple(parts.get(name, ())) for name, _, _ in PARTS}
    return ComplaintWarning(**facts)
