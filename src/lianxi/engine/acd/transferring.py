"""Handing a conversation on: to a queue with the age kept, to an agent, into a flow."""

from collections.abc import Iterator

from lianxi.engine.acd import ending, overflowing
from lianxi.engine.acd.prompting import hush
from lianxi.engine.acd.talking import IN_CALL
from lianxi.engine.deciding import decides
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactTransferred
from lianxi.engine.messages.inputs import TransferAsked
from lianxi.engine.messages.values import EntryOutcome
from lianxi.engine.state import State


@decides(TransferAsked)
def transfer(given: TransferAsked, state: State) -> Iterator[Event]:
    """Without consulting first: the agent is through, the customer goes on."""
    agent = state.agents.get(given.agent)
    contact = state.contacts.get(given.contact)
    if agent is None or contact is None or contact.agent != agent.id:
        return
    if contact.phase not in IN_CALL:
        return
    yield from hush(contact, given.at)
    yield ContactTransferred(
        at=given.at,
        contact=contact.id,
        agent=agent.id,
        leg=contact.leg,
        agent_leg=contact.agent_leg,
        hops=contact.hops + 1,
        reason=given.reason,
        queue=given.to.queue,
        to_agent=given.to.agent,
    )
    yield from ending.wrap_up(agent, contact, state, given.at)
    yield from overflowing.go(contact, given.to, state, given.at, EntryOutcome.MOVED)
