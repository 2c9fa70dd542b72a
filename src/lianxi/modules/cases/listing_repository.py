"""All SQL about lists of work orders."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, or_, select, tuple_, union
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.bigrams import pairs
from lianxi.kernel.ids import CaseId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import OPEN_STATES, CaseState, DispatchOutcome, DispatchRole
from lianxi.modules.cases.listed import CaseFilter, CaseLine, CaseList, CaseSort, Sight
from lianxi.modules.cases.models import CaseContactRow, CaseDispatchRow, CaseRow

MOST_COUNTED = 10_000
"""A list that is longer is `MOST_COUNTED` long."""

_LINE = tuple(name for name in CaseLine.__slots__ if name != "clocks")
Place = tuple[Instant, CaseId]


class CaseListRepository:
    """Finds and counts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(
        self,
        wanted: CaseFilter,
        sight: Sight,
        *,
        sort: CaseSort = CaseSort.NEWEST,
        after: Place | None = None,
        limit: int,
    ) -> list[CaseLine]:
        """A part of a list.

        Args:
            wanted: which.
            sight: whose.
            sort: newest first, or what is due first (without a deadline: not at all).
            after: the last of the part before: its time in this order, and its id.
            limit: how many at most.
        """
        line = select(*(getattr(CaseRow, name) for name in _LINE))
        queries = [
            _sorted(line.where(*part), sort, after).limit(limit) for part in _parts(wanted, sight)
        ]
        rows = (await self._session.execute(_together(queries, sort, limit))).mappings()
        return [CaseLine(**dict(row)) for row in rows]

    async def count(self, wanted: CaseFilter, sight: Sight, *, most: int = MOST_COUNTED) -> int:
        """How many there are; `most` at most."""
        ids = [select(CaseRow.id).where(*part).limit(most) for part in _parts(wanted, sight)]
        some = ids[0] if len(ids) == 1 else union(*ids).limit(most)
        counted = select(func.count()).select_from(some.subquery())
        return int(await self._session.scalar(counted) or 0)

    async def open_of(
        self, customers: Sequence[CustomerId], sight: Sight, *, at: Instant
    ) -> dict[CustomerId, tuple[int, int]]:
        """How many work orders of each customer are open, and how many of these are late."""
        wanted = CaseFilter(list=CaseList.OPEN, customers=tuple(customers))
        late = func.count().filter(CaseRow.due_at <= at)
        query = (
            select(CaseRow.customer, func.count(), late)
            .where(*_seen(sight), *_in_list(wanted.list), *_narrowed(wanted))
            .group_by(CaseRow.customer)
        )
        found = await self._session.execute(query)
        return {one: (many, overdue) for one, many, overdue in found if one is not None}


def _sorted(query: Select[Any], sort: CaseSort, after: Place | None) -> Select[Any]:
    if sort is CaseSort.DUE:
        query = query.where(CaseRow.due_at.is_not(None))
        if after is not None:
            query = query.where(tuple_(CaseRow.due_at, CaseRow.id) > after)
        return query.order_by(CaseRow.due_at, CaseRow.id)
    if after is not None:
        query = query.where(tuple_(CaseRow.opened_at, CaseRow.id) < after)
    return query.order_by(CaseRow.opened_at.desc(), CaseRow.id.desc())


def _together(queries: Sequence[Select[Any]], sort: CaseSort, limit: int) -> Select[Any]:
    """The first of all of them, each once."""
    if len(queries) == 1:
        return queries[0]
    both = union(*queries).subquery()
    order = (
        (both.c.due_at, both.c.id)
        if sort is CaseSort.DUE
        else (both.c.opened_at.desc(), both.c.id.desc())
    )
    return select(both).order_by(*order).limit(limit)


def _parts(wanted: CaseFilter, sight: Sight) -> list[list[ColumnElement[bool]]]:
    """Conditions of a list. One's own list has two parts, each with an index that leads to it:
    asked for as one, every work order there is would be looked at."""
    common = [*_seen(sight), *_narrowed(wanted)]
    if wanted.list is not CaseList.MINE:
        return [[*common, *_in_list(wanted.list)]]
    given = select(CaseDispatchRow.case).where(*_HAS_IT, CaseDispatchRow.person == sight.user)
    return [[*common, CaseRow.opened_by == sight.user], [*common, CaseRow.id.in_(given)]]


def _seen(sight: Sight) -> list[ColumnElement[bool]]:
    own = or_(CaseRow.opened_by == sight.user, CaseRow.area.in_(sight.areas))
    found: list[ColumnElement[bool]] = []
    if not sight.all:
        waits = and_(CaseRow.state == CaseState.DONE, CaseRow.callback_required.is_(True))
        mine = [own, CaseRow.opened_by.in_(sight.colleagues)]
        found.append(or_(*mine, *([waits] if sight.calls_back else [])))
    if not sight.confidential:
        found.append(or_(CaseRow.confidential.is_(False), own))
    return found


_HAS_IT = (
    CaseDispatchRow.role == DispatchRole.LEAD,
    CaseDispatchRow.outcome == DispatchOutcome.ACTIVE,
)


def _in_list(which: CaseList) -> list[ColumnElement[bool]]:
    state = CaseRow.state
    match which:
        case CaseList.OPEN:
            return [state.in_((*OPEN_STATES, CaseState.DONE))]
        case CaseList.TO_DISPATCH:
            return [state == CaseState.DISPATCHING]
        case CaseList.REDISPATCH:
            return [state == CaseState.REDISPATCHING]
        case CaseList.RETURNED:
            return [state == CaseState.RETURNED]
        case CaseList.TO_ACCEPT:
            unaccepted = select(CaseDispatchRow.case).where(
                CaseDispatchRow.case == CaseRow.id,
                *_HAS_IT,
                CaseDispatchRow.accepted_at.is_(None),
            )
            return [state == CaseState.HANDLING, unaccepted.exists()]
        case CaseList.HANDLING:
            return [state == CaseState.HANDLING]
        case CaseList.SUSPENDED:
            return [state.in_(OPEN_STATES), CaseRow.suspended.is_(True)]
        case CaseList.TO_CALL_BACK:
            return [state == CaseState.DONE, CaseRow.callback_required.is_(True)]
        case CaseList.TO_REVIEW:
            review = state == CaseState.REVIEW
            done = and_(state == CaseState.DONE, CaseRow.callback_required.is_(False))
            return [or_(review, done)]
        case CaseList.CLOSED:
            return [state.in_((CaseState.ARCHIVED, CaseState.WITHDRAWN))]
        case CaseList.ALL | CaseList.MINE:
            return []


def _narrowed(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    same = {
        CaseRow.kind: wanted.kind,
        CaseRow.category: wanted.category,
        CaseRow.area: wanted.area,
        CaseRow.customer: wanted.customer,
        CaseRow.priority: wanted.priority,
        CaseRow.supervised: wanted.supervised,
        CaseRow.warned: wanted.warned,
    }
    found: list[ColumnElement[bool]] = [
        column == value for column, value in same.items() if value is not None
    ]
    if wanted.customers:
        found.append(CaseRow.customer.in_(wanted.customers))
    if wanted.since is not None:
        found.append(CaseRow.opened_at >= wanted.since)
    if wanted.until is not None:
        found.append(CaseRow.opened_at < wanted.until)
    if wanted.overdue_at is not None:
        found.append(CaseRow.due_at <= wanted.overdue_at)
    if wanted.due_before is not None:
        found.append(CaseRow.due_at < wanted.due_before)
    if wanted.contact is not None:
        about = select(CaseContactRow.case).where(CaseContactRow.contact == wanted.contact)
        found.append(CaseRow.id.in_(about))
    if wanted.phone_tail:
        found.append(CaseRow.phone_backwards.startswith(wanted.phone_tail[::-1], autoescape=True))
    if wanted.text and wanted.text.strip():
        found += _holds(wanted.text.strip())
    return found


def _holds(text: str) -> list[ColumnElement[bool]]:
    """Has this text in it: found by its pairs of signs, then looked at."""
    wanted = pairs(text)
    whole = or_(
        *(
            column.icontains(text, autoescape=True)
            for column in (CaseRow.title, CaseRow.content, CaseRow.place, CaseRow.number)
        )
    )
    if not any(len(pair) == 2 for pair in wanted):
        return [whole]
    query = " & ".join(f"'{pair}'" for pair in wanted if len(pair) == 2)
    return [CaseRow.words.op("@@")(cast(literal(query), TSQUERY)), whole]


def with_clocks(lines: Sequence[CaseLine], clocks: dict[str, list[Any]]) -> list[CaseLine]:
    """The lines with their open clocks."""
    return [replace(line, clocks=tuple(clocks.get(f"case:{line.id}", ()))) for line in lines]
