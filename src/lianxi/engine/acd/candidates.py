"""Who would be rung for a caller now, and why the others would not. Looks through everybody and
changes nothing: for people who ask, never part of a step."""

from enum import StrEnum
from typing import NamedTuple

from lianxi.engine.acd.eligible import is_kept
from lianxi.engine.acd.seating import standing
from lianxi.engine.acd.serving import could_take, has_room_for, is_able, level_in
from lianxi.engine.acd.waiting import at_this_hour
from lianxi.engine.at_desk import Agent
from lianxi.engine.floor import Seat, Shelf
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.routing import AgentSetup, Queue
from lianxi.engine.messages.values import Channel, Intent, RingStrategy
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant, Millis


class WhyNot(StrEnum):
    """Why an agent is not rung. The first that holds, from what lasts to what passes."""

    NOT_SERVING = "not_serving"
    """Does not serve the queue."""
    NO_CALLS = "no_calls"
    """Takes no calls at all, by the agent's capacity."""
    LEVEL_TOO_LOW = "level_too_low"
    """At this wait only agents of a higher level are rung."""
    SKILL_MISSING = "skill_missing"
    SIGNED_OUT = "signed_out"
    LOST = "lost"
    """The desk is not heard."""
    UNREGISTERED = "unregistered"
    """The device cannot ring."""
    BUSY = "busy"
    """Has a call in hand, or after-call work."""
    NOT_RESPONDING = "not_responding"
    NOT_READY = "not_ready"
    PAUSE_WANTED = "pause_wanted"
    """Will be not ready after this."""
    RESTING = "resting"
    """Just missed an offer: none for a moment."""
    DIALLING = "dialling"
    """Kept by the dialler."""
    MONITORING = "monitoring"
    """In on somebody else's conversation."""
    KEPT = "kept"
    """One of the last free agents of a queue of higher priority."""
    NOT_FIRST = "not_first"
    """Could be rung; somebody else comes first."""


class Candidate(NamedTuple):
    """One agent, as seen from a caller."""

    agent: AgentId
    level: int
    """In the queue, 1..10; 0 = does not serve it."""
    why_not: WhyNot | None
    """None = is rung."""


def level_wanted(queue: Queue, waited: Millis) -> int:
    """The level that an agent must have when a caller has waited so long: 1 = any."""
    level = 1
    for stage in queue.stages:
        if stage.after <= waited:
            level = stage.level
    return level


def candidates(
    queue: Queue, state: State, *, at: Instant, waited: Millis, needs: tuple[SkillNeed, ...] = ()
) -> list[Candidate]:
    """Every agent: first who could be rung, in the order of being rung, then the others.

    Args:
        queue: whose caller it is.
        state: as it is now; only read.
        at: now, for rules that hold at some hours only.
        waited: how long the caller has waited so far.
        needs: the skills that the flow asked for.
    """
    rule = at_this_hour(queue, state, at)
    wanted = level_wanted(rule, waited)
    shelf = Shelf((queue.id, Channel.VOICE, needs, None), rule, 0)
    others: list[Candidate] = []
    levels: dict[AgentId, int] = {}
    for setup in state.routing.agents:
        level = level_in(queue.id, setup.id, state)
        levels[setup.id] = level
        agent = state.agents.get(setup.id)
        why = _why_never(setup, level, wanted, needs) or _why_not_now(agent, queue, state)
        if why is not None or agent is None:
            others.append(Candidate(setup.id, level, why))
            continue
        seat = Seat(shelf, Channel.VOICE, level, state.floor.orders.get(setup.id, 0))
        shelf.put(level, standing(agent, seat, state))
    most = max(1, rule.ring_most) if rule.strategy is RingStrategy.RING_ALL else 1
    rung = [
        Candidate(agent, levels[agent], None if place < most else WhyNot.NOT_FIRST)
        for place, (_, agent) in enumerate(shelf.in_order(wanted))
    ]
    return rung + others


def _why_never(
    setup: AgentSetup, level: int, wanted: int, needs: tuple[SkillNeed, ...]
) -> WhyNot | None:
    if not level:
        return WhyNot.NOT_SERVING
    if not could_take(setup.capacity, Channel.VOICE):
        return WhyNot.NO_CALLS
    if level < wanted:
        return WhyNot.LEVEL_TOO_LOW
    return None if is_able(setup, needs) else WhyNot.SKILL_MISSING


def _why_not_now(agent: Agent | None, queue: Queue, state: State) -> WhyNot | None:
    if agent is None:
        return WhyNot.SIGNED_OUT
    passing = {
        WhyNot.LOST: not agent.linked,
        WhyNot.UNREGISTERED: not agent.registered,
        WhyNot.BUSY: not has_room_for(Channel.VOICE, agent, state),
        WhyNot.NOT_RESPONDING: agent.intent is Intent.NOT_RESPONDING,
        WhyNot.NOT_READY: agent.intent is not Intent.READY,
        WhyNot.PAUSE_WANTED: agent.next is Intent.NOT_READY,
        WhyNot.RESTING: agent.is_resting,
        WhyNot.DIALLING: agent.is_held,
        WhyNot.MONITORING: agent.monitor is not None,
        WhyNot.KEPT: is_kept(agent, queue.id, state),
    }
    return next((why for why, holds in passing.items() if holds), None)
