"""Reservations: one at a time for an agent, one for a contact, each with a deadline."""

from collections.abc import Mapping

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentReleased,
    ContactConnected,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    WrapUpBegan,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, OfferId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch


class OneReservation(Law):
    """No agent is reserved twice or for a second conversation; no contact for two agents."""

    name = "no double reservation"

    def __init__(self) -> None:
        self.open: dict[OfferId, tuple[AgentId, ContactId]] = {}
        self.reserved: dict[AgentId, OfferId] = {}
        self.offered: dict[ContactId, OfferId] = {}
        self.talking: dict[AgentId, ContactId] = {}
        self.newest = 0

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            OfferMade: self.made,
            OfferAccepted: self.accepted,
            OfferEnded: self.ended,
            ContactConnected: self.connected,
            WrapUpBegan: self.released,
            AgentReleased: self.released,
        }

    def made(self, event: OfferMade) -> None:
        """An agent is reserved."""
        number = int(event.offer[1:])
        if number <= self.newest:
            self.broken("an offer's id is used again:", event.offer)
        self.newest = number
        if event.agent in self.reserved:
            self.broken("the agent holds an offer already:", event, self.reserved[event.agent])
        if event.agent in self.talking:
            self.broken("the agent is in a conversation:", event, self.talking[event.agent])
        if event.contact in self.offered:
            self.broken("the contact is offered already:", event, self.offered[event.contact])
        if event.expires_at < event.at:
            self.broken("the offer's deadline is over:", event)
        self.open[event.offer] = (event.agent, event.contact)
        self.reserved[event.agent] = event.offer
        self.offered[event.contact] = event.offer

    def accepted(self, event: OfferAccepted) -> None:
        """Only what is open can be accepted."""
        if self.open.get(event.offer) != (event.agent, event.contact):
            self.broken("an offer that is not open was accepted:", event)

    def ended(self, event: OfferEnded) -> None:
        """An offer ends once."""
        if self.open.pop(event.offer, None) != (event.agent, event.contact):
            self.broken("an offer ended that was not open:", event)
        del self.reserved[event.agent]
        del self.offered[event.contact]

    def connected(self, event: ContactConnected) -> None:
        """The reservation becomes a conversation; that alone ends the offer."""
        if self.open.pop(event.offer, None) is not None:
            del self.reserved[event.agent]
            del self.offered[event.contact]
        if event.agent in self.talking:
            self.broken("a second conversation:", event, self.talking[event.agent])
        self.talking[event.agent] = event.contact

    def released(self, event: WrapUpBegan | AgentReleased) -> None:
        """The conversation is over for the agent."""
        if self.talking.pop(event.agent, None) != event.contact:
            self.broken("released from another contact:", event)

    def look(self, state: State, at: Instant) -> None:
        """Every reservation has an owner and a deadline."""
        self.same("open offers", set(self.open), set(state.offers))
        for offer in state.offers.values():
            if state.agents[offer.agent].offer != offer.id:
                self.broken("the agent does not know of the offer:", offer)
            if state.contacts[offer.contact].offer != offer.id:
                self.broken("the contact does not know of the offer:", offer)
            due = state.timers.armed(f"offer:{offer.id}")
            if due is None or due <= at:
                self.broken("no deadline to come:", offer, f"due {due}, now {at}")
