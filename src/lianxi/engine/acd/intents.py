"""What an agent chose, with what the reason brings: an allowance, or a return by itself."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.at_desk import Agent
from lianxi.engine.deciding import deadline
from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import AgentOverstayed
from lianxi.engine.messages.values import Activity, Intent
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant, Millis, after

ACTIVITY_IDLE: Final = Activity.IDLE


def changed(
    agent: AgentId, to: Intent, reason: str, state: State, at: Instant, *, by: str = ""
) -> AgentIntentChanged:
    """The fact that an agent chose, or was set to, a state."""
    rule = state.floor.reasons.get(reason) if to is Intent.NOT_READY else None
    return AgentIntentChanged(
        at=at,
        agent=agent,
        intent=to,
        reason=reason,
        by=by,
        overstays_at=after(at, rule.allowance) if rule is not None and rule.allowance else None,
        returns_at=after(at, rule.returns_after)
        if rule is not None and rule.returns_after
        else None,
    )


def settle(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """Apply what the agent asked for during the contact, when nothing else is in hand."""
    if agent.next is not None and not agent.texts and agent.activity is ACTIVITY_IDLE:
        yield changed(agent.id, agent.next, agent.next_reason, state, at)


@deadline("overstay")
def overstayed(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The allowance of the reason is used up."""
    agent = state.agents[AgentId(key)]
    rule = state.floor.reasons.get(agent.reason)
    allowance = rule.allowance if rule is not None else Millis(0)
    yield AgentOverstayed(at=at, agent=agent.id, reason=agent.reason, allowance=allowance)


@deadline("return")
def returned(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The short rest is over: ready again, unless something else was asked for meanwhile."""
    agent = state.agents[AgentId(key)]
    if agent.next is not None:
        yield changed(agent.id, agent.next, agent.next_reason, state, at)
    else:
        yield changed(agent.id, Intent.READY, "", state, at, by="system")
