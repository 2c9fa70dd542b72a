"""`fire`: the one way in which a matter changes its state. The caller owns the transaction."""

from dataclasses import replace
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockState, Start
from lianxi.office.clock.errors import NoSuchClock
from lianxi.office.flow.contracts import E, Flow, Happened, Keeps, Step
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.outbox import facade as outbox


async def fire(
    session: AsyncSession, flow: Flow[E], keeps: Keeps[E], id: str, happened: Happened
) -> E:
    """Let an event happen to a matter: lock, guard, state, audit, clocks, outbox.

    Args:
        session: the caller's transaction; on a refusal nothing of this was written to it.
        flow: of the matter.
        keeps: where the module has it.
        id: which.
        happened: what, by whom, when, why.

    Returns:
        The matter as it is now.

    Raises:
        EventNotAllowed: not in its present state; says which, and what is allowed.
        Rejection: the module has no such matter, or a guard refused.
    """
    before = await keeps.locked(session, id)
    step = flow.step(before.state, happened.event)
    if step is None:
        raise EventNotAllowed(
            event=happened.event,
            state=before.state,
            allowed=", ".join(flow.allowed(before.state)),
        )
    for guard in step.guards:
        guard(before, happened)
    after = await keeps.save(session, before, _changed(step, before, happened), happened)
    await begun(session, flow, keeps, before, after, step, happened)
    return after


def _changed(step: Step[E], before: E, happened: Happened) -> E:
    after = step.change(before, happened) if step.change else before
    facts: dict[str, Any] = {}
    if step.to is not None:
        facts["state"] = type(before.state)(step.to)
    if step.new_round:
        facts["round"] = before.round + 1
    return cast(E, replace(cast(Any, after), **facts)) if facts else after


async def begun(
    session: AsyncSession,
    flow: Flow[E],
    keeps: Keeps[E],
    before: E | None,
    after: E,
    step: Step[E],
    happened: Happened,
) -> None:
    """What follows from a change that is written: audit, clocks, notices.

    `fire` does it; a module calls it alone for a matter it has just made (`before` is None).
    """
    subject = flow.subject(after.id)
    await audit(
        session,
        at=happened.at,
        who=happened.by,
        act=Act.FLOW_FIRED,
        object=subject,
        before=None if before is None else {"state": before.state},
        after={"state": after.state},
        facts={
            "event": happened.event,
            "round": after.round,
            **({"post": happened.post} if happened.post else {}),
            **happened.facts,
        },
        reason=happened.reason,
    )
    await session.flush()
    await _clocks(session, flow, keeps, after, step, happened)
    if before is not None and step.retargets:
        await _retarget(session, flow, keeps, before, after, step, happened)
    for name in step.tells:
        told = await keeps.notice(session, name, after, happened)
        await outbox.put(session, told, happened.at)
    await keeps.settled(session, after, happened.at)


async def _clocks(
    session: AsyncSession,
    flow: Flow[E],
    keeps: Keeps[E],
    after: E,
    step: Step[E],
    happened: Happened,
) -> None:
    subject, at = flow.subject(after.id), happened.at
    for code, outcome in step.stops.items():
        try:
            await clocks.stop(session, subject, code, at, outcome)
        except NoSuchClock:
            continue  # the rules gave this matter none
    if step.new_round:
        await clocks.end_all(session, subject, at)
    if step.to in flow.closed:
        await clocks.end_all(session, subject, at)
    if step.pauses:
        await clocks.pause(session, subject, at)
    if step.resumes:
        await clocks.resume(session, subject, at)
    for code in step.starts:
        due = await keeps.clock(session, code, after, at)
        if due is not None:
            wanted = Start(subject=subject, round=after.round, rule=due.rule, owner=due.owner)
            await clocks.start(session, wanted, at)


async def _retarget(
    session: AsyncSession,
    flow: Flow[E],
    keeps: Keeps[E],
    before: E,
    after: E,
    step: Step[E],
    happened: Happened,
) -> None:
    """Limits follow what changed, by the rules of the moment the clock was started; what was
    granted on top of the limit stays granted."""
    subject = flow.subject(after.id)
    for clock in await clocks.of(session, subject):
        if clock.code not in step.retargets or clock.state is ClockState.ENDED:
            continue
        was = await keeps.clock(session, clock.code, before, clock.started_at)
        now = await keeps.clock(session, clock.code, after, clock.started_at)
        if was is None or now is None or was.rule.deadline == now.rule.deadline:
            continue
        wanted, old = now.rule.deadline, was.rule.deadline
        if wanted.unit is clock.deadline.unit:
            granted = clock.deadline.target - old.target
            wanted = replace(wanted, target=max(wanted.target + granted, 1))
        await clocks.retarget(session, subject, clock.code, wanted, happened.at)
