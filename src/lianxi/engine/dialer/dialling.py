"""Pacing a campaign.

A campaign is looked at once a second while it may dial, less often while it may not or while
nothing changes. What it adds follows from `pacing`; what it may add, from `guarding`.
"""

from collections.abc import Iterator

import msgspec

from lianxi.engine.dialer import choosing, pacing
from lianxi.engine.dialer.clock import TICK, stood_of
from lianxi.engine.dialer.measuring import RING_STEP, RING_STEPS
from lianxi.engine.dialer.memory import CampaignMemory, Dial, DialPhase
from lianxi.engine.dialer.outlook import AgentsAhead, agents_ahead, is_claimed
from lianxi.engine.dialer.starting import SAY_BY, started, way_to
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import (
    Campaign,
    DialMode,
    DialRecord,
    PaceCause,
)
from lianxi.engine.messages.dialing import CampaignPaced, PreviewMade
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, CampaignId, DialId
from lianxi.kernel.time import Instant, Millis, after

UNCHANGED = Millis(5_000)
"""Nothing could be added, and all is as it was a second ago. A dial that changes wakes sooner."""

WITHOUT_AGENTS = Millis(10_000)
WITHOUT_RECORDS = Millis(60_000)

FIRST_GUESS = Millis(12_000)
"""Time to an answer, before any was measured."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to add now."""

    cause: PaceCause
    ahead: int = 0
    reserved: int = 0


NOTHING_FREE = Plan(cause=PaceCause.LINES)


def paced(campaign: CampaignId, state: State, at: Instant) -> Iterator[Event]:
    """The clock of a campaign: decide how many lines to add, and dial."""
    memory = state.dialing.campaigns[campaign]
    closed = choosing.closed_until(memory.rule, state.dialing, at)
    outlook = _outlook(memory, state, at)
    if closed is not None:
        yield _told(memory, outlook, Plan(cause=PaceCause.CLOSED), closed, at)
    elif outlook.present == 0 or state.queue(memory.rule.queue) is None:
        again = after(at, WITHOUT_AGENTS)
        yield _told(memory, outlook, Plan(cause=PaceCause.NO_AGENTS), again, at)
    elif not _has_due(memory, at):
        sooner = memory.later[0][0] if memory.later else after(at, WITHOUT_RECORDS)
        again = max(after(at, TICK), min(sooner, after(at, WITHOUT_RECORDS)))
        yield _told(memory, outlook, Plan(cause=PaceCause.NO_RECORDS), again, at)
    else:
        plan = plan_of(memory, outlook, state, at)
        told = _told(memory, outlook, plan, after(at, TICK), at)
        stood = stood_of(told)
        if stood is not None and stood == memory.stood and not _time_tells(plan, memory):
            told = msgspec.structs.replace(told, next_at=after(at, UNCHANGED))
        yield told
        yield from _dial(plan, outlook, memory, state, at)


def _time_tells(plan: Plan, memory: CampaignMemory) -> bool:
    """Whether a second more makes a difference by itself: agents are the likelier to be free."""
    return memory.rule.mode is DialMode.PREDICTIVE and plan.cause is PaceCause.PACED


def plan_of(memory: CampaignMemory, outlook: AgentsAhead, state: State, at: Instant) -> Plan:
    """How many lines, by the mode and under the cap."""
    rule = memory.rule
    lines = rule.max_lines - len(memory.dials)
    if lines <= 0:
        return NOTHING_FREE
    free = len(outlook.free)
    shared = lines_at_risk(memory, state)
    if rule.mode in (DialMode.PREVIEW, DialMode.PROGRESSIVE):
        reserved = pacing.progressive_lines(ringing=shared, free=free)
        return Plan(cause=PaceCause.PACED, reserved=min(lines, reserved))
    promised = min(_callbacks_due(memory, at), max(0, free - shared), lines)
    room = memory.account.room(at, shared, resolved_within(memory.rule))
    if room <= 0 or (rule.mode is DialMode.PREDICTIVE and not memory.curve.answered):
        reserved = pacing.progressive_lines(ringing=shared, free=free)
        return Plan(cause=PaceCause.GUARDED, reserved=min(lines, reserved))
    free -= promised
    if rule.mode is DialMode.RATIO:
        wanted = pacing.ratio_lines(ringing=shared, free=free, ratio=rule.ratio)
    else:
        wanted = _predicted(memory, outlook, free, min(room, lines), state, at)
    ahead = min(wanted, room, lines - promised)
    return Plan(cause=PaceCause.PACED, ahead=ahead, reserved=promised)


def lines_at_risk(memory: CampaignMemory, state: State) -> int:
    """Lines for which nobody is reserved, of all campaigns of the same queue."""
    queue = memory.rule.queue
    return sum(
        state.dialing.dials[dial].is_at_risk()
        for other in state.dialing.campaigns.values()
        if other.rule.queue == queue
        for dial in other.dials
    )


def resolved_within(rule: Campaign) -> Millis:
    """From dialling to connected or dropped, at the longest."""
    return Millis(rule.ring + SAY_BY + rule.connect_within)


def _outlook(memory: CampaignMemory, state: State, at: Instant) -> AgentsAhead:
    horizon = after(
        Instant(memory.curve.delay(FIRST_GUESS)), Millis(memory.rule.connect_within // 2)
    )
    return agents_ahead(
        memory.rule.queue, state, at, Millis(horizon), memory.talks.curve(), memory.wraps.curve()
    )


def _predicted(
    memory: CampaignMemory, outlook: AgentsAhead, free: int, most: int, state: State, at: Instant
) -> int:
    chances = memory.curve.chances()
    ringing = [
        chances[min(max(0, at - dial.since) // RING_STEP, RING_STEPS - 1)]
        if dial.phase is DialPhase.RINGING
        else 1.0
        for dial in _open_dials(memory, state)
        if dial.is_at_risk()
    ]
    return pacing.predictive_lines(
        ringing=len(ringing),
        will_answer=sum(ringing) / len(ringing) if ringing else 0.0,
        new_answers=chances[0],
        free=free,
        busy=outlook.busy,
        will_be_free=outlook.will_be_free,
        risk=memory.account.risk,
        most=most,
    )


def _open_dials(memory: CampaignMemory, state: State) -> list[Dial]:
    return [state.dialing.dials[dial] for dial in memory.dials]


def _has_due(memory: CampaignMemory, at: Instant) -> bool:
    return bool(memory.due) or bool(memory.later and memory.later[0][0] <= at)


def _callbacks_due(memory: CampaignMemory, at: Instant) -> int:
    """Those who asked for it and whose time has come; as many as matter."""
    standing = sum(place[0] == 0 for place in memory.due[: choosing.LOOKED_AT])
    coming = 0
    for due, _, record in memory.later[: choosing.LOOKED_AT]:
        if due > at:
            break
        coming += memory.waiting[record].record.is_callback
    return standing + coming


def _told(
    memory: CampaignMemory, outlook: AgentsAhead, plan: Plan, next_at: Instant, at: Instant
) -> CampaignPaced:
    return CampaignPaced(
        at=at,
        campaign=memory.rule.id,
        cause=plan.cause,
        present=outlook.present,
        free=len(outlook.free),
        open=len(memory.dials),
        ahead=plan.ahead,
        reserved=plan.reserved,
        next_at=next_at,
    )


def _dial(
    plan: Plan, outlook: AgentsAhead, memory: CampaignMemory, state: State, at: Instant
) -> Iterator[Event]:
    queue = state.queue(memory.rule.queue)
    for agent in outlook.free[: plan.reserved]:
        if queue is None or is_claimed(agent, queue, state):
            break  # the ones taken just now were all that could be spared
        record = yield from choosing.next_record(memory, state, at, callbacks=True)
        if record is None:
            break
        way = yield from way_to(record, memory, state, at)
        if way is None:
            break
        if memory.rule.mode is DialMode.PREVIEW:
            yield _preview(record, agent, memory, state, at)
        else:
            yield started(_next_id(state), record, agent, memory, at, way)
    for _ in range(plan.ahead):
        record = yield from choosing.next_record(memory, state, at, callbacks=False)
        way = None if record is None else (yield from way_to(record, memory, state, at))
        if record is None or way is None:
            break
        yield started(_next_id(state), record, None, memory, at, way)


def _next_id(state: State) -> DialId:
    return DialId(f"d{state.number('dial')}")


def _preview(
    record: DialRecord, agent: AgentId, memory: CampaignMemory, state: State, at: Instant
) -> PreviewMade:
    return PreviewMade(
        at=at,
        dial=_next_id(state),
        campaign=memory.rule.id,
        record=record.id,
        agent=agent,
        until=after(at, memory.rule.preview),
    )
