"""How a contact ends, and how its agent is released: one step, so no call can land in between."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import party_ends
from lianxi.engine.acd.intents import settle
from lianxi.engine.acd.wrap_up_rules import wrap_up_rule
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_events import AgentReleased, WrapUpBegan
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactEnded
from lianxi.engine.messages.pausing import RecordingResumed
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, WrapUpMode
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, after

WRAP_UP_MODE_FIXED: Final = WrapUpMode.FIXED
WRAP_UP_MODE_LIMITED: Final = WrapUpMode.LIMITED
WRAP_UP_MODE_NONE: Final = WrapUpMode.NONE


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
    call = state.calls.get(contact.id)
    if contact.parties:
        yield from party_ends.dismiss(contact, state, at, is_over=True)
    yield ContactEnded(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        agent_leg=contact.agent_leg,
        by=by,
        cause=cause,
        flow_end=flow_end,
    )
    if agent is not None and (agent.contact == contact.id or contact.id in agent.texts):
        yield from wrap_up(agent, contact, state, at, answered=call is None or call.to is not None)
    if call is not None and call.is_dialled and call.to is not None:
        yield from _let_go(state.agents[call.to], contact, state, at)


def _let_go(agent: Agent, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """A colleague who was called is free at once."""
    yield AgentReleased(at=at, agent=agent.id, contact=contact.id)
    yield from settle(agent, state, at)


def wrap_up(
    agent: Agent, contact: Contact, state: State, at: Instant, *, answered: bool = True
) -> Iterator[Event]:
    """The agent is through with the conversation: after-call work, as the queue has it. There is
    none after a call that nobody answered."""
    rule = wrap_up_rule(contact.queue, agent.id, state)
    if rule.mode is WRAP_UP_MODE_NONE or contact.queue is None or not answered:
        yield AgentReleased(at=at, agent=agent.id, contact=contact.id)
        if agent.next is not None:
            yield from settle(agent, state, at)
        return
    limited = rule.mode in (WRAP_UP_MODE_LIMITED, WRAP_UP_MODE_FIXED)
    yield WrapUpBegan(
        at=at,
        agent=agent.id,
        contact=contact.id,
        queue=contact.queue,
        mode=rule.mode,
        until=after(at, rule.limit) if limited else None,
    )


def unpause(contact: Contact, at: Instant) -> Iterator[Event]:
    """The agent who paused the recording is through: nobody else would think of it."""
    if contact.recording_paused_at is not None:
        yield RecordingResumed(at=at, contact=contact.id, leg=contact.leg)
