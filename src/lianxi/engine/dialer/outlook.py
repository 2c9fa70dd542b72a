"""Who could take a contact now, and who will be able to soon."""

import msgspec

from lianxi.engine.acd.serving import served_by
from lianxi.engine.at_desk import Agent
from lianxi.engine.dialer.measuring import WORK_STEP, Survival
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import Activity, Intent
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Instant, Millis

PIECES = 3
"""A conversation may end in any third of the horizon, and its after-call work in the rest."""


class AgentsAhead(msgspec.Struct, frozen=True, kw_only=True):
    """The agents of one queue, as far as the dialler cares."""

    present: int
    """At their desks and willing: free, or at work and taking a contact afterwards."""
    free: tuple[AgentId, ...]
    """Bound to nothing, in the order in which they are rung."""
    busy: int
    """At work and taking a contact afterwards."""
    will_be_free: float
    """Mean chance of the busy ones to be free within the horizon."""


def agents_ahead(
    queue: QueueId, state: State, at: Instant, horizon: Millis, talks: Survival, wraps: Survival
) -> AgentsAhead:
    """Look at every agent of the queue once. Called when a campaign is paced, not per input."""
    free = free_agents(queue, state)
    reserved = busy = 0
    soon = 0.0
    known: dict[int, float] = {}
    for agent in state.agents.values():
        if queue not in served_by(agent.id, state):
            continue
        if agent.is_held:
            reserved += 1
        elif _comes_back(agent):
            busy += 1
            elapsed = max(0, at - agent.since)
            kind = 0 if agent.activity is Activity.WRAPPING else 1
            key = 2 * (elapsed // WORK_STEP) + kind
            if key not in known:
                known[key] = (
                    wraps.over_within(elapsed, horizon)
                    if kind == 0
                    else _talk_and_wrap(elapsed, horizon, talks, wraps)
                )
            soon += known[key]
    return AgentsAhead(
        present=len(free) + reserved + busy,
        free=free,
        busy=busy,
        will_be_free=soon / busy if busy else 0.0,
    )


def free_agents(queue: QueueId, state: State) -> tuple[AgentId, ...]:
    """Who could take a call of this queue now and is claimed by nobody, in the order in which the
    queue rings them."""
    shelf = state.floor.for_calls.get(queue)
    if shelf is None or not shelf.n_free:
        return ()
    return tuple(name for _, name in shelf.in_order(1) if not is_claimed(name, shelf.queue, state))


def is_claimed(agent: AgentId, queue: Queue, state: State) -> bool:
    """Whether somebody waits whom the agent could serve, or the agent is one of the last free ones
    that are kept for a queue of higher priority."""
    floor = state.floor
    if not floor.meeting and not floor.has_reserved:
        return False
    for seat in floor.seats[agent]:
        other = seat.shelf.queue
        if seat.free is not None and seat.shelf.n_waiting:
            return True
        is_kept_for = other.reserved and other.priority > queue.priority
        if is_kept_for and floor.free_in(other.id) <= other.reserved:
            return True
    return False


def _comes_back(agent: Agent) -> bool:
    wanted = agent.intent if agent.next is None else agent.next
    return (
        wanted is Intent.READY
        and agent.registered
        and agent.linked
        and agent.activity is not Activity.IDLE
    )


def _talk_and_wrap(elapsed: int, horizon: Millis, talks: Survival, wraps: Survival) -> float:
    """The chance that a conversation and the work after it are both over within the horizon."""
    chance = ended = 0.0
    for piece in range(PIECES):
        ends = talks.over_within(elapsed, horizon * (piece + 1) / PIECES)
        rest = horizon * (1.0 - (piece + 0.5) / PIECES)
        chance += (ends - ended) * wraps.over_within(0.0, rest)
        ended = ends
    return chance
