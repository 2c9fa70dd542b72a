"""Channels of trunks: taken by a call, given back with it, never more than there are."""

from collections import Counter
from collections.abc import Mapping

from lianxi.engine.acd.trunks import taken
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallPlaced, CallRerouted
from lianxi.engine.messages.dialing import DialEnded, DialRerouted, DialStarted
from lianxi.engine.messages.events import ContactBegan, ContactEnded, RoutingChanged, StepLeft
from lianxi.engine.messages.fax import FaxBrokeOff, FaxDialled, FaxSent
from lianxi.engine.messages.flowing import RequestEnded, TransferOutAsked
from lianxi.engine.messages.parties import PartyAsked, PartyLeft
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked
from lianxi.engine.messages.values import Channel
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, DialId, RequestId, TrunkId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch

Holder = tuple[str, str]
"""What sort of call, and which."""


class ChannelsAreCounted(Law):
    """A trunk's channels in use are the calls that hold one: never more than it has, and none when
    all is over; who is turned away found it full."""

    name = "channels of trunks are counted"

    def __init__(self) -> None:
        self.held: dict[Holder, TrunkId] = {}
        self.count: Counter[TrunkId] = Counter()
        self.most: dict[TrunkId, int] = {}
        self.emergency: tuple[str, ...] = ()
        self.dialled: dict[DialId, ContactId] = {}
        self.outside: dict[ContactId, RequestId] = {}
        """Contacts in flows with a call outside."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            RoutingChanged: self.configured,
            ContactBegan: self.begins,
            ContactEnded: self.ends,
            ContactBlocked: self.blocked,
            CallPlaced: self.placed,
            CallRerouted: self.rerouted,
            PartyAsked: self.party_asked,
            PartyLeft: lambda e: self.give_back(("party", e.leg)),
            TransferOutAsked: self.transferred,
            RequestEnded: lambda e: self.give_back(("request", e.request)),
            StepLeft: lambda e: self.step_left(e.contact),
            FaxDialled: self.fax_dialled,
            FaxBrokeOff: lambda e: self.give_back(("fax", e.fax)),
            FaxSent: lambda e: self.give_back(("fax", e.fax)),
            DialStarted: self.dial_started,
            DialRerouted: self.dial_rerouted,
            DialEnded: lambda e: self.give_back(("dial", e.dial)),
        }

    def configured(self, event: RoutingChanged) -> None:
        """Other limits; calls in progress keep their channels."""
        self.most = {trunk.id: trunk.channels for trunk in event.routing.trunks if trunk.channels}
        self.emergency = event.routing.emergency

    def take(self, holder: Holder, trunk: TrunkId, number: str, event: Event) -> None:
        """A call needs a channel."""
        if not trunk:
            return
        if holder in self.held:
            self.broken("holds two channels:", event)
        limit = self.most.get(trunk, 0)
        # As the trunk wants the number: with something put in front, perhaps.
        is_urgent = any(number.endswith(each) for each in self.emergency)
        if limit and self.count[trunk] >= limit and not is_urgent:
            self.broken(f"{self.count[trunk]} of {limit} were taken:", event)
        self.held[holder] = trunk
        self.count[trunk] += 1

    def give_back(self, holder: Holder) -> None:
        """The call is over, or goes another way."""
        trunk = self.held.pop(holder, None)
        if trunk:
            self.count[trunk] -= 1

    def begins(self, event: ContactBegan) -> None:
        """A caller, or somebody who is called; an answered dial becomes a contact."""
        number = event.dialled if event.channel is Channel.VOICE else event.caller
        for dial, contact in self.dialled.items():
            if contact == event.contact:
                del self.dialled[dial]
                self.held[("contact", contact)] = self.held.pop(("dial", dial), TrunkId(""))
                return
        self.take(("contact", event.contact), event.trunk, number, event)

    def ends(self, event: ContactEnded) -> None:
        """Whatever it still held."""
        self.give_back(("contact", event.contact))
        self.step_left(event.contact)

    def blocked(self, event: ContactBlocked) -> None:
        """Only where nothing was free."""
        if event.channel is not Channel.VOICE:
            return
        limit = self.most.get(event.trunk, 0)
        is_full = limit and self.count[event.trunk] >= limit
        if event.why is not BlockedWhy.NO_CHANNEL or not is_full:
            self.broken(f"turned away, {self.count[event.trunk]} of {limit} taken:", event)
        if event.dialled in self.emergency:
            self.broken("an emergency call was turned away:", event)

    def placed(self, event: CallPlaced) -> None:
        """An agent calls: a callback becomes a call, every other one began as that."""
        if ("contact", event.contact) not in self.held:
            self.take(("contact", event.contact), event.trunk, event.number, event)

    def rerouted(self, event: CallRerouted) -> None:
        """The next trunk."""
        self.give_back(("contact", event.contact))
        self.take(("contact", event.contact), event.trunk, event.dialled, event)

    def party_asked(self, event: PartyAsked) -> None:
        """Somebody outside."""
        self.take(("party", event.leg), event.trunk, event.number, event)

    def transferred(self, event: TransferOutAsked) -> None:
        """By a flow."""
        self.outside[event.contact] = event.request
        self.take(("request", event.request), event.trunk, event.number, event)

    def step_left(self, contact: ContactId) -> None:
        """The flow goes on, and its call outside is over."""
        request = self.outside.pop(contact, None)
        if request is not None:
            self.give_back(("request", request))

    def fax_dialled(self, event: FaxDialled) -> None:
        """A document goes out, or over the next trunk."""
        self.give_back(("fax", event.fax))
        self.take(("fax", event.fax), event.trunk, event.dialled, event)

    def dial_started(self, event: DialStarted) -> None:
        """By a campaign."""
        self.dialled[event.dial] = event.contact
        self.take(("dial", event.dial), event.trunk, event.number, event)

    def dial_rerouted(self, event: DialRerouted) -> None:
        """The next trunk."""
        self.give_back(("dial", event.dial))
        self.take(("dial", event.dial), event.trunk, event.dialled, event)

    def look(self, state: State, at: Instant) -> None:
        """The same counts."""
        dials = state.dialing.dials
        self.dialled = {dial: c for dial, c in self.dialled.items() if dial in dials}
        for trunk in {*self.count, *(each.id for each in state.routing.trunks)}:
            if self.count[trunk] != taken(trunk, state):
                held = [holder for holder, on in self.held.items() if on == trunk]
                self.broken(f"{trunk}: {taken(trunk, state)} are counted, held by {held}")
        if not (state.contacts or dials or state.sendings) and self.held:
            self.broken("all is over, and these hold a channel:", self.held)
