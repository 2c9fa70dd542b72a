"""Handing a conversation on: to a queue with the age kept, to an agent, into a flow, outside."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import ending, overflowing, party_calls
from lianxi.engine.acd.ending import unpause
from lianxi.engine.acd.intents import settle
from lianxi.engine.acd.prompting import hush
from lianxi.engine.acd.talking import IN_CALL
from lianxi.engine.deciding import decides
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_events import AgentReleased
from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.parties import Target
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import EntryOutcome
from lianxi.engine.state import State

ENTRY_OUTCOME_MOVED: Final = EntryOutcome.MOVED


def is_reachable(to: Destination, contact: Contact, state: State) -> bool:
    """Whether something that is named is there to go to."""
    if to.queue is not None:
        return state.queue(to.queue) is not None
    if to.agent is not None:
        return to.agent in state.agents and contact.queue is not None
    return contact.has_media and any(flow.id == to.flow for flow in state.routing.flows)


@decides(TransferAsked)
def transfer(given: TransferAsked, state: State) -> Iterator[Event]:
    """Without consulting first: the agent is through, the customer goes on."""
    agent = state.agents.get(given.agent)
    contact = state.contacts.get(given.contact)
    if agent is None or contact is None or contact.agent != agent.id:
        return
    if contact.phase not in IN_CALL:
        return
    full = party_calls.blocked(contact, given.number, agent.id, state, given.at)
    if full is not None:
        yield full
        return
    yield from hush(contact, given.at)
    yield from unpause(contact, given.at)
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
        number=given.number,
    )
    if contact.is_call:
        yield from ending.wrap_up(agent, contact, state, given.at)
    else:
        # Might come back to the same agent, who cannot have it in hand twice.
        yield AgentReleased(at=given.at, agent=agent.id, contact=contact.id)
        yield from settle(agent, state, given.at)
    if given.number:
        target = Target(number=given.number)
        yield from party_calls.asked(contact, target, agent.id, state, given.at)
        return
    yield from overflowing.go(contact, given.to, state, given.at, ENTRY_OUTCOME_MOVED)
