"""回访: whose it is to call customers back, and how it went. The caller owns the transaction.

What is to be called back are the work orders that are done and whose type asks for it; each round
of one is given to one person, by a supervisor or by a rule. What the customer says is an event of
the work order (`facade.happen`), never of the list.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import callback_rules
from lianxi.modules.cases.callback_contracts import (
    CallbackFilter,
    CallbackLine,
    CallbackRule,
    CallbackSummary,
    CallbackTask,
    Waiting,
)
from lianxi.modules.cases.callbacks_repository import CallbackRepository, Place
from lianxi.modules.cases.contracts import Case, CaseState
from lianxi.modules.cases.errors import CallbackNotWaiting, CannotCallBack, CaseSetupChanged
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.listed import Sight
from lianxi.modules.cases.order import ORDER
from lianxi.modules.customers import facade as customers
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import User
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockState
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Message

AT_ONCE = 500
"""So many are given out by the rule in one transaction."""


async def find(
    session: AsyncSession,
    wanted: CallbackFilter,
    seen: Sight,
    *,
    after: Place | None = None,
    limit: int,
) -> list[CallbackLine]:
    """A part of the list, what is due first, each with its open clocks."""
    lines = await CallbackRepository(session).find(wanted, seen, after=after, limit=limit)
    open: dict[str, list[Any]] = defaultdict(list)
    for clock in await clocks.of(session, *(ORDER.subject(line.case.id) for line in lines)):
        if clock.state is not ClockState.ENDED:
            open[clock.subject].append(clock)
    return [
        replace(line, case=replace(line.case, clocks=tuple(open[ORDER.subject(line.case.id)])))
        for line in lines
    ]


async def count(session: AsyncSession, wanted: CallbackFilter, seen: Sight) -> int:
    """How long a list is."""
    return await CallbackRepository(session).count(wanted, seen)


async def people(session: AsyncSession) -> list[tuple[User, int]]:
    """Who may call back, by name, and how many each has to."""
    load = await CallbackRepository(session).load()
    found = await identity.people_with(session, Permission.CASES_CALL_BACK)
    return [(user, load.get(user.id, 0)) for user in found]


async def give(
    session: AsyncSession,
    orders: Orders,
    cases: Sequence[str],
    people: Sequence[UserId],
    *,
    by: Caller,
    at: Instant,
) -> list[CallbackTask]:
    """Give work orders to people to call back, evenly; without people: take them back. Those whose
    number is not to be called any more are left out.

    Raises:
        CaseNotFound, CallbackNotWaiting, CannotCallBack. Nothing is given then.
    """
    repository = CallbackRepository(session)
    await _require(session, people)
    found = [await orders.locked(session, id) for id in sorted(set(cases))]
    for case in found:
        if case.state is not CaseState.DONE or not case.callback_required:
            raise CallbackNotWaiting(case=case.number, state=case.state.value)
    if not people:
        for case in found:
            await repository.drop(case.id, case.round)
            await _tell(session, case.id, None, by=by, at=at)
        return []
    await _require_confidential(session, found, people)
    found.sort(key=lambda case: (case.opened_at, case.number))
    waiting = await _callable(session, [_waiting(case) for case in found], at)
    given = callback_rules.spread(waiting, people, await repository.load())
    return await _given(session, waiting, given, by=by, at=at)


async def give_by_rule(session: AsyncSession, at: Instant) -> int:
    """Give what is nobody's to the people of the rule, evenly; how many were given. Those whose
    number is not to be called stay nobody's."""
    repository = CallbackRepository(session)
    rule = await repository.rule(lock=True)
    if not rule.is_on:
        return 0
    allowed = {user.id for user in await identity.people_with(session, Permission.CASES_CALL_BACK)}
    people = [person for person in rule.people if person in allowed]
    waiting: list[Waiting] = []
    page = await repository.nobodys(limit=AT_ONCE) if people else []
    while page and not waiting:
        waiting = await _callable(session, page, at)
        page = await repository.nobodys(after=page[-1], limit=AT_ONCE) if not waiting else []
    if not waiting:
        return 0
    given = callback_rules.spread(waiting, people, await repository.load())
    return len(await _given(session, waiting, given, by=None, at=at))


async def rule(session: AsyncSession) -> CallbackRule:
    """By which they are given out."""
    return await CallbackRepository(session).rule()


async def put_rule(
    session: AsyncSession, wanted: CallbackRule, *, by: Caller, at: Instant
) -> CallbackRule:
    """Change it as it was read.

    Raises:
        CaseSetupChanged: somebody was faster.
        CannotCallBack: it names somebody who may not, or is on without anybody.
    """
    repository = CallbackRepository(session)
    before = await repository.rule(lock=True)
    if before.revision != wanted.revision:
        raise CaseSetupChanged(what="callback_rule", revision=before.revision)
    if wanted.is_on and not wanted.people:
        raise CannotCallBack(person="")
    await _require(session, wanted.people)
    after = replace(wanted, revision=wanted.revision + 1)
    await repository.put_rule(after)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CASE_SETUP_CHANGED,
        object="callback_rule:1",
        before={"is_on": before.is_on, "people": list(before.people)},
        after={"is_on": after.is_on, "people": list(after.people)},
    )
    return after


async def summary(
    session: AsyncSession, since: Instant, until: Instant, *, zone: str
) -> CallbackSummary:
    """How callbacks went from `since` until before `until`, by person and by day of the zone."""
    return callback_rules.summed(await CallbackRepository(session).counted(since, until, zone))


async def _callable(
    session: AsyncSession, waiting: Sequence[Waiting], at: Instant
) -> list[Waiting]:
    quiet = await customers.do_not_call_of(session, [one.phone for one in waiting], at=at)
    return [one for one in waiting if one.phone not in quiet]


def _waiting(case: Case) -> Waiting:
    did = [one.by for one in case.handlings] + [one.by for one in case.dispatches]
    involved = {person for person in did if person is not None}
    return Waiting(
        case=case.id,
        round=case.round,
        number=case.number,
        phone=case.phone,
        involved=frozenset(involved),
    )


async def _require(session: AsyncSession, people: Sequence[UserId]) -> None:
    allowed = {user.id for user in await identity.people_with(session, Permission.CASES_CALL_BACK)}
    for person in people:
        if person not in allowed:
            raise CannotCallBack(person=person[:60])


async def _require_confidential(
    session: AsyncSession, cases: Sequence[Case], people: Sequence[UserId]
) -> None:
    """A confidential one goes to those only who see it."""
    secret = next((case for case in cases if case.confidential), None)
    if secret is None:
        return
    see = {user.id for user in await identity.people_with(session, Permission.CASES_SUPERVISE)}
    for person in people:
        if person not in see:
            raise CannotCallBack(person=person, case=secret.number)


async def _given(
    session: AsyncSession,
    waiting: Sequence[Waiting],
    given: Mapping[CaseId, UserId],
    *,
    by: Caller | None,
    at: Instant,
) -> list[CallbackTask]:
    repository = CallbackRepository(session)
    tasks: list[CallbackTask] = []
    names = {user.id: user.name for user in await identity.some(session, given.values())}
    for one in waiting:
        before = await repository.task(one.case, one.round)
        if before is not None and before.person == given[one.case]:
            continue
        task = CallbackTask(
            case=one.case,
            round=one.round,
            person=given[one.case],
            given_by=by.user if by else None,
            given_at=at,
        )
        await repository.put(task)
        await _tell(session, one.case, names.get(task.person, task.person), by=by, at=at)
        tasks.append(task)
    await outbox.put(session, _notices(tasks, {one.case: one for one in waiting}, at), at)
    return tasks


def _notices(
    tasks: Sequence[CallbackTask], about: Mapping[CaseId, Waiting], at: Instant
) -> list[Message]:
    """One message to each person, however many were given: it names the first."""
    first: dict[UserId, CallbackTask] = {}
    for task in tasks:
        first.setdefault(task.person, task)
    return [
        Message(
            topic="notice",
            subject=ORDER.subject(task.case),
            key=f"callbacks given {person} {at} {task.case}",
            body={
                "name": "case.callbacks_given",
                "to": f"user:{person}",
                "number": about[task.case].number,
                "title": about[task.case].title,
                "round": task.round,
            },
        )
        for person, task in first.items()
    ]


async def _tell(
    session: AsyncSession, case: str, name: str | None, *, by: Caller | None, at: Instant
) -> None:
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CASE_CALLBACK_GIVEN,
        object=ORDER.subject(case),
        facts={"event": "give_callback" if name else "take_callback", "callback_by": name},
    )
