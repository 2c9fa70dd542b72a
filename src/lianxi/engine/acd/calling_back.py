"""Work without media is taken; who takes a callback calls the customer by that.

The place in line becomes the call: the agent was reserved first, then the own device, then the
customer. Who is not reached is called again later.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import offering
from lianxi.engine.acd.calling import DEVICE_WITHIN, caller_number
from lianxi.engine.acd.trunks import outside
from lianxi.engine.deciding import decides
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import OfferTaken
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallPlaced
from lianxi.engine.messages.values import Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant, after

CHANNEL_CALLBACK: Final = Channel.CALLBACK


@decides(OfferTaken)
def taken(given: OfferTaken, state: State) -> Iterator[Event]:
    """The agent accepts a contact without media."""
    offer = state.offers.get(given.offer)
    if offer is None or offer.agent != given.agent:
        return
    contact = state.contacts[offer.contact]
    if contact.has_media:
        return
    yield from offering.joined(offer, state, given.at)
    if contact.channel is CHANNEL_CALLBACK:
        yield from _call(contact, state, given.at)


def _call(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The agent's device, then the customer. Without a trunk of our own, or a way over one, the
    agent has the callback in hand and calls as is possible."""
    assert contact.agent is not None
    agent = state.agents[contact.agent]
    if not state.routing.trunks or not agent.registered:
        return
    found = outside(contact.caller, caller_number(contact.queue, state), state)
    if found is None:
        return
    yield CallPlaced(
        at=at,
        contact=contact.id,
        agent=agent.id,
        agent_leg=LegId(f"leg-c{state.number('call')}"),
        endpoint=agent.endpoint,
        leg=LegId(f"to-{contact.id}"),
        number=contact.caller,
        caller_number=found.caller,
        caller_name="",
        dialled=found.number,
        trunk=found.trunk,
        queue=contact.queue,
        to=None,
        ring=state.routing.calling.ring,
        device_by=after(at, DEVICE_WITHIN),
    )
