"""Who could take a contact now, and who will be able to soon."""

import msgspec

from lianxi.engine.dialer.measuring import WORK_STEP, Survival
from lianxi.engine.living import Agent
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
    """Bound to nothing, the longest idle first."""
    busy: int
    """At work and taking a contact afterwards."""
    will_be_free: float
    """Mean chance of the busy ones to be free within the horizon."""


def agents_ahead(
    queue: QueueId, state: State, at: Instant, horizon: Millis, talks: Survival, wraps: Survival
) -> AgentsAhead:
    """Look at every agent of the queue once. Called when a campaign is paced, not per input."""
    free: list[tuple[Instant, AgentId]] = []
    reserved = busy = 0
    soon = 0.0
    known: dict[int, float] = {}
    asked_for = {queue for queue, line in state.floor.lines.items() if line}
    for setup in state.routing.agents:
        agent = state.agents.get(setup.id)
        if agent is None or queue not in setup.queues:
            continue
        if state.floor.is_free(agent.id):
            if asked_for.isdisjoint(setup.queues):  # else a waiting contact has the first claim
                free.append((agent.idle_since, agent.id))
        elif agent.id in state.dialing.reserved:
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
    free.sort()
    return AgentsAhead(
        present=len(free) + reserved + busy,
        free=tuple(name for _, name in free),
        busy=busy,
        will_be_free=soon / busy if busy else 0.0,
    )


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
