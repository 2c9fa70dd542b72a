"""After-call work: one clock per agent, drafts, extensions, the end by the agent or by time."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import intents
from lianxi.engine.acd.intents import settle
from lianxi.engine.acd.wrap_up_rules import wrap_up_rule
from lianxi.engine.at_desk import Agent, WrapUp
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.messages.agent_events import (
    AgentNextAsked,
    WrapUpDrafted,
    WrapUpEnded,
    WrapUpLengthened,
)
from lianxi.engine.messages.agent_inputs import WrapUpExtended, WrapUpFinished, WrapUpNoted
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.routing import WrapUpRule
from lianxi.engine.messages.values import Intent, WrapUpEnd
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant, after

INTENT_NOT_READY: Final = Intent.NOT_READY
WRAP_UP_END_COMPLETED: Final = WrapUpEnd.COMPLETED
WRAP_UP_END_TIMED_OUT: Final = WrapUpEnd.TIMED_OUT

TIMEOUT = "TIMEOUT"
"""The code written when the limit passed without one."""


def rule_of(wrap_up: WrapUp, agent: AgentId, state: State) -> WrapUpRule:
    """The queue's rule as it is now, for this agent."""
    return wrap_up_rule(wrap_up.queue, agent, state)


def of(agent: Agent, contact: ContactId) -> WrapUp | None:
    """The after-call work the agent has for this contact, if any."""
    if agent.wrap_up is not None and agent.wrap_up.contact == contact:
        return agent.wrap_up
    work = agent.texts.get(contact)
    return work.wrap_up if work is not None else None


@decides(WrapUpNoted)
def noted(given: WrapUpNoted, state: State) -> Iterator[Event]:
    """Keep a draft of code and note."""
    agent = state.agents.get(given.agent)
    contact = state.contacts.get(given.contact)
    if agent is None or contact is None:
        return
    if agent.contact != contact.id and contact.id not in agent.texts:
        return
    wrap_up = of(agent, contact.id)
    draft = (contact.disposition, contact.note)
    if wrap_up is not None:
        draft = (wrap_up.disposition, wrap_up.note)
    if draft != (given.disposition, given.note):
        yield WrapUpDrafted(
            at=given.at,
            agent=given.agent,
            contact=given.contact,
            disposition=given.disposition,
            note=given.note,
        )


@decides(WrapUpFinished)
def finished(given: WrapUpFinished, state: State) -> Iterator[Event]:
    """Done: then what was just said, or what was asked during the call, or as before."""
    agent = state.agents.get(given.agent)
    if agent is None or of(agent, given.contact) is None:
        return
    yield WrapUpEnded(
        at=given.at,
        agent=agent.id,
        contact=given.contact,
        disposition=given.disposition,
        note=given.note,
        how=WRAP_UP_END_COMPLETED,
    )
    if given.then is None:
        yield from settle(agent, state, given.at)
        return
    reason = given.reason if given.then is INTENT_NOT_READY else ""
    if agent.texts and given.then is INTENT_NOT_READY:
        if (agent.next, agent.next_reason) != (given.then, reason):
            yield AgentNextAsked(at=given.at, agent=agent.id, intent=given.then, reason=reason)
    elif (agent.intent, agent.reason) != (given.then, reason) or agent.next is not None:
        yield intents.changed(agent.id, given.then, reason, state, given.at)


@decides(WrapUpExtended)
def extended(given: WrapUpExtended, state: State) -> Iterator[Event]:
    """More time, up to the queue's limit."""
    agent = state.agents.get(given.agent)
    wrap_up = of(agent, given.contact) if agent is not None else None
    if agent is None or wrap_up is None or wrap_up.until is None:
        return
    yield WrapUpLengthened(
        at=given.at,
        agent=given.agent,
        contact=wrap_up.contact,
        until=after(wrap_up.until, rule_of(wrap_up, agent.id, state).extension),
    )


@deadline("wrap")
def timed_out(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The limit passed: what was drafted counts, else the code says so."""
    agent_id, _, contact_id = key.partition(" ")
    agent = state.agents[AgentId(agent_id)]
    wrap_up = of(agent, ContactId(contact_id))
    assert wrap_up is not None
    yield WrapUpEnded(
        at=at,
        agent=agent.id,
        contact=wrap_up.contact,
        disposition=wrap_up.disposition or TIMEOUT,
        note=wrap_up.note,
        how=WRAP_UP_END_TIMED_OUT,
    )
    yield from settle(agent, state, at)
