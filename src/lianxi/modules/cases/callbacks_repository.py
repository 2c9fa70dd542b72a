"""All SQL about callbacks: what is to be called back, by whom, and how it went."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, cast, delete, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_contracts import (
    CallbackFilter,
    CallbackLine,
    CallbackList,
    CallbackRule,
    CallbackTask,
    Counted,
    Waiting,
)
from lianxi.modules.cases.contracts import CaseState
from lianxi.modules.cases.listed import CaseLine, Sight
from lianxi.modules.cases.models import (
    CallbackRuleRow,
    CallbackTaskRow,
    CaseCallbackRow,
    CaseDispatchRow,
    CaseHandlingRow,
    CaseRow,
)

NEVER = Instant(9_000_000_000_000_000)
"""Where a work order without a deadline stands in the order of the list."""
Place = tuple[Instant, CaseId]

_LINE = tuple(name for name in CaseLine.__slots__ if name != "clocks")
_WAITS = and_(CaseRow.state == CaseState.DONE, CaseRow.callback_required.is_(True))
_TASK = and_(CallbackTaskRow.case == CaseRow.id, CallbackTaskRow.round == CaseRow.round)
_DUE = func.coalesce(CaseRow.due_at, NEVER)


class CallbackRepository:
    """Reads and writes callbacks."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(
        self, wanted: CallbackFilter, sight: Sight, *, after: Place | None, limit: int
    ) -> list[CallbackLine]:
        """A part of the list, what is due first; `after` is the last of the part before."""
        tries = select(CaseCallbackRow).where(
            CaseCallbackRow.case == CaseRow.id, CaseCallbackRow.round == CaseRow.round
        )
        many = tries.with_only_columns(func.count()).scalar_subquery()
        last = tries.with_only_columns(func.max(CaseCallbackRow.at)).scalar_subquery()
        query = (
            select(
                *(getattr(CaseRow, name) for name in _LINE),
                CallbackTaskRow.person,
                CallbackTaskRow.given_by,
                CallbackTaskRow.given_at,
                many.label("attempts"),
                last.label("last_at"),
            )
            .outerjoin(CallbackTaskRow, _TASK)
            .where(*_conditions(wanted, sight))
            .order_by(_DUE, CaseRow.id)
            .limit(limit)
        )
        if after is not None:
            query = query.where(tuple_(_DUE, CaseRow.id) > after)
        return [_line(dict(row)) for row in (await self._session.execute(query)).mappings()]

    async def count(self, wanted: CallbackFilter, sight: Sight) -> int:
        """How many there are."""
        query = select(func.count()).select_from(CaseRow).outerjoin(CallbackTaskRow, _TASK)
        return int(await self._session.scalar(query.where(*_conditions(wanted, sight))) or 0)

    async def load(self) -> dict[UserId, int]:
        """How many each person has to call back."""
        query = (
            select(CallbackTaskRow.person, func.count())
            .join(CaseRow, _TASK)
            .where(_WAITS)
            .group_by(CallbackTaskRow.person)
        )
        return {person: many for person, many in await self._session.execute(query)}

    async def nobodys(self, *, after: Waiting | None = None, limit: int) -> list[Waiting]:
        """What is given to nobody yet, what is due first, after one of them; confidential ones
        apart. Locked; what somebody else gives at this moment is left out."""
        task = select(CallbackTaskRow.case).where(_TASK)
        plain = (CaseRow.round, CaseRow.number, CaseRow.title, CaseRow.phone, CaseRow.due_at)
        query = (
            select(CaseRow.id, *plain)
            .where(_WAITS, ~task.exists(), CaseRow.confidential.is_(False))
            .order_by(_DUE, CaseRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        if after is not None:
            query = query.where(tuple_(_DUE, CaseRow.id) > (after.due_at or NEVER, after.case))
        found = list((await self._session.execute(query)).mappings())
        involved = await self._involved([row["id"] for row in found])
        return [
            Waiting(
                case=row["id"],
                involved=involved.get(row["id"], frozenset()),
                **{column.key: row[column.key] for column in plain},
            )
            for row in found
        ]

    async def _involved(self, cases: Sequence[CaseId]) -> dict[CaseId, frozenset[UserId]]:
        found: dict[CaseId, set[UserId]] = {}
        for table in (CaseHandlingRow, CaseDispatchRow):
            query = select(table.case, table.by).where(table.case.in_(cases))
            for case, by in await self._session.execute(query):
                if by is not None:
                    found.setdefault(case, set()).add(by)
        return {case: frozenset(people) for case, people in found.items()}

    async def put(self, task: CallbackTask) -> None:
        """Give it, whoever had it."""
        facts = {name: getattr(task, name) for name in ("person", "given_by", "given_at")}
        await self._session.execute(
            insert(CallbackTaskRow)
            .values(case=task.case, round=task.round, **facts)
            .on_conflict_do_update(index_elements=["case", "round"], set_=facts)
        )

    async def drop(self, case: CaseId, round: int) -> None:
        """It is nobody's."""
        await self._session.execute(
            delete(CallbackTaskRow).where(
                CallbackTaskRow.case == case, CallbackTaskRow.round == round
            )
        )

    async def task(self, case: CaseId, round: int) -> CallbackTask | None:
        """Whose it is."""
        row = await self._session.get(CallbackTaskRow, (case, round))
        if row is None:
            return None
        return CallbackTask(**{name: getattr(row, name) for name in CallbackTask.__slots__})

    async def rule(self, *, lock: bool = False) -> CallbackRule:
        """By which they are given out; off when none was set."""
        query = select(CallbackRuleRow).where(CallbackRuleRow.id == 1)
        row = await self._session.scalar(query.with_for_update() if lock else query)
        if row is None:
            return CallbackRule()
        people = tuple(UserId(person) for person in row.people)
        return CallbackRule(is_on=row.is_on, people=people, revision=row.revision)

    async def put_rule(self, rule: CallbackRule) -> None:
        """It is this from now on."""
        facts = {"is_on": rule.is_on, "people": list(rule.people), "revision": rule.revision}
        await self._session.execute(
            insert(CallbackRuleRow)
            .values(id=1, **facts)
            .on_conflict_do_update(index_elements=["id"], set_=facts)
        )

    async def counted(self, since: Instant, until: Instant, zone: str) -> list[Counted]:
        """What was given, and what came of attempts, by person and day of the zone."""

        def day(at: Any) -> ColumnElement[Any]:
            return cast(func.timezone(zone, func.to_timestamp(at / 1000)), Date)

        given_on = day(CallbackTaskRow.given_at)
        given = (
            select(CallbackTaskRow.person, given_on, func.count())
            .where(CallbackTaskRow.given_at >= since, CallbackTaskRow.given_at < until)
            .group_by(CallbackTaskRow.person, given_on)
        )
        tried_on = day(CaseCallbackRow.at)
        tried = (
            select(CaseCallbackRow.by, tried_on, CaseCallbackRow.result, func.count())
            .where(CaseCallbackRow.at >= since, CaseCallbackRow.at < until)
            .group_by(CaseCallbackRow.by, tried_on, CaseCallbackRow.result)
        )
        found = [
            Counted(person=person, day=on, given=many)
            for person, on, many in await self._session.execute(given)
        ]
        return found + [
            Counted(person=person, day=on, result=result, times=many)
            for person, on, result, many in await self._session.execute(tried)
        ]


def _conditions(wanted: CallbackFilter, sight: Sight) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_WAITS]
    if not sight.confidential:
        own = or_(CaseRow.opened_by == sight.user, CaseRow.area.in_(sight.areas))
        found.append(or_(CaseRow.confidential.is_(False), own))
    if wanted.list is CallbackList.MINE:
        found.append(CallbackTaskRow.person == sight.user)
    if wanted.list is CallbackList.NOBODYS:
        found.append(CallbackTaskRow.person.is_(None))
    if wanted.person is not None:
        found.append(CallbackTaskRow.person == wanted.person)
    return found


def _line(row: dict[str, Any]) -> CallbackLine:
    case = CaseLine(**{name: row.pop(name) for name in _LINE})
    return CallbackLine(case=case, **row)
