"""After-call work: one clock per agent, drafts, extensions, the end by the agent or by time."""

from collections.abc import Iterator

from lianxi.engine.acd.ending import settle
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentIntentChanged,
    WrapUpDrafted,
    WrapUpEnded,
    WrapUpLengthened,
)
from lianxi.engine.messages.inputs import WrapUpFinished, WrapUpNoted
from lianxi.engine.messages.routing import WrapUpRule
from lianxi.engine.messages.values import Intent, WrapUpEnd
from lianxi.engine.state import Agent, State, WrapUp
from lianxi.kernel.time import Instant, after

TIMEOUT = "TIMEOUT"
"""The code written when the limit passed without one."""


def rule_of(wrap_up: WrapUp, state: State) -> WrapUpRule:
    """The queue's rule as it is now."""
    queue = state.queue(wrap_up.queue)
    return queue.wrap_up if queue is not None else WrapUpRule()


def noted(given: WrapUpNoted, state: State) -> Iterator[Event]:
    """Keep a draft of code and note."""
    contact = state.contacts[given.contact]
    if (contact.disposition, contact.note) != (given.disposition, given.note):
        yield WrapUpDrafted(
            at=given.at,
            agent=given.agent,
            contact=given.contact,
            disposition=given.disposition,
            note=given.note,
        )


def finished(given: WrapUpFinished, agent: Agent) -> Iterator[Event]:
    """Done: then what was just said, or what was asked during the call, or as before."""
    if agent.wrap_up is None or agent.wrap_up.contact != given.contact:
        return
    yield WrapUpEnded(
        at=given.at,
        agent=agent.id,
        contact=given.contact,
        disposition=given.disposition,
        note=given.note,
        how=WrapUpEnd.COMPLETED,
    )
    if given.then is None:
        yield from settle(agent, given.at)
        return
    reason = given.reason if given.then is Intent.NOT_READY else ""
    if (agent.intent, agent.reason) != (given.then, reason) or agent.next is not None:
        yield AgentIntentChanged(at=given.at, agent=agent.id, intent=given.then, reason=reason)


def extended(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """More time, up to the queue's limit."""
    wrap_up = agent.wrap_up
    if wrap_up is None or wrap_up.until is None:
        return
    yield WrapUpLengthened(
        at=at,
        agent=agent.id,
        contact=wrap_up.contact,
        until=after(wrap_up.until, rule_of(wrap_up, state).extension),
    )


def timed_out(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """The limit passed: what was drafted counts, else the code says so."""
    assert agent.wrap_up is not None
    contact = state.contacts[agent.wrap_up.contact]
    yield WrapUpEnded(
        at=at,
        agent=agent.id,
        contact=contact.id,
        disposition=contact.disposition or TIMEOUT,
        note=contact.note,
        how=WrapUpEnd.TIMED_OUT,
    )
    yield from settle(agent, at)
