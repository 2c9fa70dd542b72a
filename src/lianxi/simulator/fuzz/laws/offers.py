"""Reservations: one call at a time for an agent, work within capacity, each with a deadline."""

from collections.abc import Mapping

from lianxi.engine.messages.agent_events import AgentReleased, WrapUpBegan, WrapUpEnded
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallAnswered, CallDialled, CallPlaced
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    RoutingChanged,
)
from lianxi.engine.messages.monitoring import MonitorTakenOver
from lianxi.engine.messages.parties import PartyAsked, PartyJoined, PartyLeft
from lianxi.engine.messages.routing import Capacity, Routing
from lianxi.engine.messages.values import LINE_OF, Channel, RingStrategy
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, EntryId, OfferId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch

Open = tuple[AgentId, ContactId, EntryId, int]


class OneReservation(Law):
    """No second call for an agent, no two agents for a contact unless all ring, and never more
    work of all kinds in hand than the agent's capacity allows."""

    name = "no double reservation"

    def __init__(self) -> None:
        self.routing = Routing()
        self.open: dict[OfferId, Open] = {}
        self.offered: dict[ContactId, list[OfferId]] = {}
        self.accepted: set[OfferId] = set()
        self.work: dict[AgentId, dict[ContactId, str]] = {}
        """What each agent has in hand: offered, talking, wrapping."""
        self.kinds: dict[ContactId, Channel] = {}
        self.newest = 0

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            RoutingChanged: self.configured,
            ContactBegan: self.begins,
            ContactEnded: self.ends,
            OfferMade: self.made,
            OfferAccepted: self.accepts,
            OfferEnded: self.ended,
            ContactConnected: self.connected,
            WrapUpBegan: self.wraps,
            WrapUpEnded: self.released,
            AgentReleased: self.released,
            CallPlaced: self.calls,
            CallDialled: self.is_called,
            CallAnswered: self.is_called,
            PartyAsked: self.asked,
            MonitorTakenOver: self.takes_over,
            PartyJoined: self.came,
            PartyLeft: self.left,
        }

    def configured(self, event: RoutingChanged) -> None:
        """Another configuration: it holds for what comes, not for what is in hand."""
        self.routing = event.routing

    def begins(self, event: ContactBegan) -> None:
        """What kind of work it is."""
        self.kinds[event.contact] = LINE_OF[event.channel]

    def ends(self, event: ContactEnded) -> None:
        """Nobody is being rung for it any more."""
        if self.offered.get(event.contact):
            self.broken("ended while somebody is rung for it:", event)
        self.offered.pop(event.contact, None)

    def made(self, event: OfferMade) -> None:
        """An agent is reserved."""
        number = int(event.offer[1:])
        if number <= self.newest:
            self.broken("an offer's id is used again:", event.offer)
        self.newest = number
        if event.expires_at < event.at:
            self.broken("the offer's deadline is over:", event)
        rivals = self.offered.setdefault(event.contact, [])
        if rivals and not self.all_ring(event, rivals):
            self.broken("the contact is offered already:", event, rivals)
        work = self.work.setdefault(event.agent, {})
        if event.contact in work:
            self.broken("the agent has this contact in hand:", event, work)
        if not self.fits(event.agent, self.kinds[event.contact], work):
            self.broken("more than the agent's capacity:", event, work)
        work[event.contact] = "offered"
        rivals.append(event.offer)
        self.open[event.offer] = (event.agent, event.contact, event.entry, event.at)

    def all_ring(self, event: OfferMade, rivals: list[OfferId]) -> bool:
        """Whether these offers are one ringing of several agents."""
        rules = {queue.id: queue for queue in self.routing.queues}
        rule = rules.get(event.queue)
        return (
            rule is not None
            and rule.strategy is RingStrategy.RING_ALL
            and len(rivals) < rule.ring_most
            and all(self.open[rival][2:] == (event.entry, event.at) for rival in rivals)
        )

    def fits(self, agent: AgentId, kind: Channel, work: dict[ContactId, str]) -> bool:
        """Whether one more of this kind is within one of the combinations."""
        setup = next((a for a in self.routing.agents if a.id == agent), None)
        capacity = setup.capacity if setup is not None else Capacity()
        counts: dict[Channel, int] = {kind: 1}
        for contact in work:
            other = self.kinds[contact]
            if other is Channel.VOICE and kind is Channel.VOICE:
                return False
            if other is kind or other is Channel.VOICE or other not in capacity.interruptible:
                counts[other] = counts.get(other, 0) + 1
        for loads in capacity.combinations:
            most = {load.channel: load.most for load in loads}
            if all(most.get(one, 0) >= count for one, count in counts.items()):
                return True
        return False

    def accepts(self, event: OfferAccepted) -> None:
        """Only one that is open, and the only one."""
        if event.offer not in self.open or self.offered[event.contact] != [event.offer]:
            self.broken("accepted beside others:", event, self.offered.get(event.contact))
        self.accepted.add(event.offer)

    def ended(self, event: OfferEnded) -> None:
        """An offer ends once."""
        held = self.open.pop(event.offer, None)
        if held is None or held[:2] != (event.agent, event.contact):
            self.broken("an offer ended that was not open:", event)
        self.offered[event.contact].remove(event.offer)
        self.accepted.discard(event.offer)
        del self.work[event.agent][event.contact]

    def connected(self, event: ContactConnected) -> None:
        """The reservation becomes a conversation; that alone ends the offer."""
        if self.offered.get(event.contact) != [event.offer]:
            self.broken("connected beside other offers:", event, self.offered.get(event.contact))
        del self.open[event.offer]
        self.offered[event.contact] = []
        self.accepted.discard(event.offer)
        self.work[event.agent][event.contact] = "talking"

    def calls(self, event: CallPlaced) -> None:
        """An agent calls: the voice line is taken; a callback in hand becomes the call."""
        work = self.work.setdefault(event.agent, {})
        work.pop(event.contact, None)
        if not self.fits(event.agent, Channel.VOICE, work):
            self.broken("more than the agent's capacity:", event, work)
        work[event.contact] = "talking"

    def is_called(self, event: CallDialled | CallAnswered) -> None:
        """A colleague's too."""
        if event.to is None:
            return
        work = self.work.setdefault(event.to, {})
        is_new = isinstance(event, CallDialled)
        if is_new and not self.fits(event.to, Channel.VOICE, work):
            self.broken("more than the agent's capacity:", event, work)
        work[event.contact] = "called" if is_new else "talking"

    def asked(self, event: PartyAsked) -> None:
        """A colleague is reserved for a conversation that goes on."""
        if event.agent is None:
            return
        work = self.work.setdefault(event.agent, {})
        if not self.fits(event.agent, Channel.VOICE, work):
            self.broken("more than the agent's capacity:", event, work)
        work[event.contact] = "offered"

    def came(self, event: PartyJoined) -> None:
        """And is in it."""
        if event.agent is not None:
            self.work[event.agent][event.contact] = "talking"

    def takes_over(self, event: MonitorTakenOver) -> None:
        """A supervisor has it, who had no other call."""
        work = self.work.setdefault(event.by, {})
        if work:
            self.broken("has something else in hand:", event, work)
        work[event.contact] = "talking"

    def left(self, event: PartyLeft) -> None:
        """And out of it."""
        if event.agent is not None:
            del self.work[event.agent][event.contact]

    def wraps(self, event: WrapUpBegan) -> None:
        """The conversation is over for the agent, not the work."""
        if self.work.get(event.agent, {}).get(event.contact) != "talking":
            self.broken("after-call work for another contact:", event)
        self.work[event.agent][event.contact] = "wrapping"

    def released(self, event: WrapUpEnded | AgentReleased) -> None:
        """Nothing of it is left in the agent's hand."""
        wanted = ("wrapping",) if isinstance(event, WrapUpEnded) else ("talking", "called")
        if self.work.get(event.agent, {}).pop(event.contact, None) not in wanted:
            self.broken("released from another contact:", event)

    def look(self, state: State, at: Instant) -> None:
        """Every reservation has an owner and a deadline; the state knows of the same work."""
        self.same("open offers", set(self.open), set(state.offers))
        for offer in state.offers.values():
            agent, contact = state.agents[offer.agent], state.contacts[offer.contact]
            text = agent.texts.get(offer.contact)
            if agent.offer != offer.id and (text is None or text.offer != offer.id):
                self.broken("the agent does not know of the offer:", offer)
            if offer.id not in contact.offers:
                self.broken("the contact does not know of the offer:", offer)
            due = state.timers.armed(f"offer:{offer.id}")
            if due is None or due < at:
                self.broken("no deadline to come:", offer, f"due {due}, now {at}")
        for agent in state.agents.values():
            calls = {agent.contact} if agent.contact is not None else set()
            if agent.offer is not None:
                calls.add(state.offers[agent.offer].contact)
            calls.update(agent.texts)
            self.same(f"in hand of {agent.id}", {*self.work.get(agent.id, ())}, calls)
        for gone in [contact for contact in self.kinds if contact not in state.contacts]:
            del self.kinds[gone]
