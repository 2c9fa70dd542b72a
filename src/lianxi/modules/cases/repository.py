"""All SQL about single work orders. Returns contracts, never rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.base import Table
from lianxi.db.telling import changed
from lianxi.kernel.bigrams import pairs
from lianxi.kernel.ids import CaseId, ContactId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import (
    Callback,
    Case,
    Dispatch,
    Extension,
    Handling,
    Review,
    Round,
)
from lianxi.modules.cases.models import (
    NUMBERS,
    CaseCallbackRow,
    CaseContactRow,
    CaseDayRow,
    CaseDispatchRow,
    CaseHandlingRow,
    CaseReviewRow,
    CaseRoundRow,
    CaseRow,
)

FRESH: Any = {"execution_options": {"populate_existing": True}}

PARTS: tuple[tuple[str, type[Table], type[Any]], ...] = (
    ("rounds", CaseRoundRow, Round),
    ("dispatches", CaseDispatchRow, Dispatch),
    ("handlings", CaseHandlingRow, Handling),
    ("callbacks", CaseCallbackRow, Callback),
    ("reviews", CaseReviewRow, Review),
)
"""What belongs to a work order: field, table, contract."""

_PART_NAMES = {name for name, _, _ in PARTS}
_OWN = tuple(name for name in Case.__slots__ if name not in _PART_NAMES)


class CaseRepository:
    """Reads and writes work orders."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next_number(self, day: str) -> int:
        """The next of a day. Others wait only for the first of one."""
        taken = await self._taken()
        before = await self._before(day, taken)
        if taken <= before:  # somebody who took a later one was the first of the day
            taken = await self._taken()
        return taken - before

    async def _taken(self) -> int:
        return int(await self._session.scalar(select(NUMBERS.next_value())) or 0)

    async def _before(self, day: str, taken: int) -> int:
        known = select(CaseDayRow.before).where(CaseDayRow.day == day)
        before = await self._session.scalar(known)
        if before is None:
            first = insert(CaseDayRow).values(day=day, before=taken - 1)
            await self._session.execute(first.on_conflict_do_nothing(index_elements=["day"]))
            before = await self._session.scalar(known)
            assert before is not None
        return before

    async def is_any(self) -> bool:
        """Whether there ever was one."""
        return await self._session.scalar(select(CaseDayRow.day).limit(1)) is not None

    async def add(self, case: Case) -> None:
        """A new one."""
        await self._session.execute(
            insert(CaseRow).values(due_at=None, **_facts(case), **_kept(case))
        )
        await self._save_parts(None, case)
        changed(self._session, f"case:{case.id}", case.revision)

    async def save(self, before: Case, after: Case) -> None:
        """What changed of one that is locked."""
        facts = _facts(after)
        old = _facts(before)
        new: dict[str, Any] = {n: v for n, v in facts.items() if v != old[n]}
        await self._session.execute(
            update(CaseRow)
            .where(CaseRow.id == after.id)
            .values(**new | _kept(after))
            .execution_options(synchronize_session=False)
        )
        await self._save_parts(before, after)
        changed(self._session, f"case:{after.id}", after.revision)

    async def _save_parts(self, before: Case | None, after: Case) -> None:
        for name, table, _ in PARTS:
            old = getattr(before, name) if before else ()
            for part in getattr(after, name):
                if part not in old:
                    await self._put(table, after.id, msgspec.to_builtins(part))

    async def _put(self, table: type[Table], case: CaseId, facts: Mapping[str, Any]) -> None:
        row = {"case": case, **facts}
        await self._session.execute(
            insert(table)
            .values(**row)
            .on_conflict_do_update(index_elements=["case", "number"], set_=dict(facts))
        )

    async def find(self, id: str, *, lock: bool = False) -> Case | None:
        """One, by its id or its number as people say it."""
        query = select(CaseRow).where((CaseRow.id == id) | (CaseRow.number == id.upper()))
        if lock:
            query = query.with_for_update()
        row = await self._session.scalar(query, **FRESH)
        if row is None:
            return None
        return (await self.whole([row]))[0]

    async def of_customers(self, customers: Sequence[CustomerId]) -> list[Case]:
        """Every one of these customers, locked, oldest first."""
        query = select(CaseRow).where(CaseRow.customer.in_(customers)).with_for_update()
        rows = await self._session.scalars(query.order_by(CaseRow.opened_at, CaseRow.id), **FRESH)
        return await self.whole(rows.all())

    async def whole(self, rows: Sequence[CaseRow]) -> list[Case]:
        """With everything that belongs to them."""
        parts: dict[str, dict[str, list[Any]]] = {row.id: {} for row in rows}
        for name, table, contract in PARTS:
            columns = {column.name: column for column in table.__table__.columns}
            query = select(table.__table__).where(columns["case"].in_(parts))
            query = query.order_by(columns["case"], columns["number"])
            for found in (await self._session.execute(query)).mappings():
                facts = {k: v for k, v in found.items() if k != "case"}
                parts[found["case"]].setdefault(name, []).append(msgspec.convert(facts, contract))
        return [_case(row, parts[row.id]) for row in rows]

    async def set_due(self, case: CaseId, due_at: Instant | None) -> None:
        """The nearest of its clocks."""
        await self._session.execute(
            update(CaseRow)
            .where(CaseRow.id == case)
            .values(due_at=due_at)
            .execution_options(synchronize_session=False)
        )

    async def attach(self, case: CaseId, contact: ContactId, at: Instant) -> bool:
        """A contact was about it; False when that was known."""
        found = await self._session.scalar(
            insert(CaseContactRow)
            .values(case=case, contact=contact, at=at)
            .on_conflict_do_nothing()
            .returning(CaseContactRow.contact)
        )
        return found is not None

    async def contacts(self, case: CaseId) -> list[ContactId]:
        """What was talked about it, oldest first."""
        query = select(CaseContactRow.contact).where(CaseContactRow.case == case)
        return list(await self._session.scalars(query.order_by(CaseContactRow.at)))

    async def of_contact(self, contact: ContactId) -> list[CaseId]:
        """What a contact was about."""
        query = select(CaseContactRow.case).where(CaseContactRow.contact == contact)
        return list(await self._session.scalars(query.order_by(CaseContactRow.case)))

    async def move_contacts(self, one: CaseId, other: CaseId) -> None:
        """What was about one is about another as well."""
        rows = select(literal(other), CaseContactRow.contact, CaseContactRow.at)
        rows = rows.where(CaseContactRow.case == one)
        await self._session.execute(
            insert(CaseContactRow)
            .from_select(["case", "contact", "at"], rows)
            .on_conflict_do_nothing()
        )


def _facts(case: Case) -> dict[str, Any]:
    facts = {name: getattr(case, name) for name in _OWN}
    facts["answers"] = dict(case.answers)
    facts["extension"] = msgspec.to_builtins(case.extension) if case.extension else None
    return facts


def _kept(case: Case) -> dict[str, Any]:
    """What is kept for lists and search."""
    words = pairs(f"{case.title} {case.content} {case.place} {case.number}")
    return {
        "area": case.area,
        "phone_backwards": case.phone[::-1],
        "words": func.array_to_tsvector(words),
    }


def _case(row: CaseRow, parts: Mapping[str, Sequence[Any]]) -> Case:
    facts: dict[str, Any] = {name: getattr(row, name) for name in _OWN}
    if row.extension is not None:
        facts["extension"] = msgspec.convert(row.extension, Extension)
    facts |= {name: tuple(parts.get(name, ())) for name, _, _ in PARTS}
    return Case(**facts)
