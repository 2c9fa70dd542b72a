"""How a contact ends, and how its agent is released: one step, so no call can land in between."""

from collections.abc import Iterator

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentIntentChanged,
    AgentReleased,
    ContactEnded,
    WrapUpBegan,
)
from lianxi.engine.messages.routing import WrapUpRule
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, WrapUpMode
from lianxi.engine.state import Agent, Contact, State
from lianxi.kernel.time import Instant, after


def end(
    contact: Contact,
    state: State,
    at: Instant,
    *,
    by: Party,
    cause: LegCause,
    flow_end: FlowEnd | None = None,
) -> Iterator[Event]:
    """The contact is over; its agent, if any, goes to after-call work."""
    agent = state.agents.get(contact.agent) if contact.agent is not None else None
    queue = contact.queue
    yield ContactEnded(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        agent_leg=contact.agent_leg,
        by=by,
        cause=cause,
        flow_end=flow_end,
    )
    if agent is None or agent.contact != contact.id or queue is None:
        return
    rule_of = state.queue(queue)
    rule = rule_of.wrap_up if rule_of is not None else WrapUpRule()
    if rule.mode is WrapUpMode.NONE:
        yield AgentReleased(at=at, agent=agent.id, contact=contact.id)
        yield from settle(agent, at)
        return
    limited = rule.mode in (WrapUpMode.LIMITED, WrapUpMode.FIXED)
    yield WrapUpBegan(
        at=at,
        agent=agent.id,
        contact=contact.id,
        queue=queue,
        mode=rule.mode,
        until=after(at, rule.limit) if limited else None,
    )


def settle(agent: Agent, at: Instant) -> Iterator[Event]:
    """Apply what the agent asked for during the contact."""
    if agent.next is not None:
        yield AgentIntentChanged(at=at, agent=agent.id, intent=agent.next, reason=agent.next_reason)
