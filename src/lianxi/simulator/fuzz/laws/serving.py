"""Who gets whom: nobody waits while somebody who may serve is free; the order is fair and ages."""

from collections.abc import Iterator, Mapping

from lianxi.engine.acd.eligible import is_suited, may_serve, pairs
from lianxi.engine.acd.seating import rebuild
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Entry
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactQueued,
    EntryEnded,
    OfferMade,
    RoutingChanged,
)
from lianxi.engine.messages.floor_events import EntryRanked
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.values import LINE_OF, Channel, Policy, RingStrategy
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, EntryId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Taken, Watch

Key = tuple[int, int, int]
"""Recovered first, then the moment it stands at, then the order of entering."""


class NobodyUnserved(Law):
    """After no step is there a caller who waits and a free agent who may serve that caller."""

    name = "no eligible pair is left unserved"

    def settle(self, taken: Taken, state: State) -> None:
        """Every pair, without the state's indexes."""
        if taken.events:
            for entry, agent in pairs(state):
                self.broken(f"{agent} is free and may serve {entry}:", state.entries[entry])


class FairOrder(Law):
    """An offer goes to the first eligible caller; who waits is overtaken only by those who come
    less later than their higher priority is worth."""

    name = "the order is fair"

    def __init__(self) -> None:
        self.routing = Routing()
        self.keys: dict[EntryId, Key] = {}
        self.called: set[ContactId] = set()
        """Who was called by a campaign: they stand before all others."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            RoutingChanged: self.configured,
            ContactBegan: self.begins,
            ContactQueued: self.entered,
            EntryRanked: self.ranked,
            EntryEnded: self.left,
            ContactConnected: self.left,
        }

    def configured(self, event: RoutingChanged) -> None:
        """What a step of priority is worth."""
        self.routing = event.routing

    def begins(self, event: ContactBegan) -> None:
        """How it came."""
        if event.channel is Channel.OUTBOUND:
            self.called.add(event.contact)

    def entered(self, event: ContactQueued) -> None:
        """Where it stands: its age, moved back by what its priority is worth."""
        stands = event.since - event.priority * self.routing.age_worth
        if event.contact in self.called and event.stood is not None:
            stands = event.stood
        elif event.stood not in (None, stands):
            self.broken(f"stands at {event.stood}, by age and priority at {stands}:", event)
        self.keys[event.entry] = (0 if event.recovered else 1, stands, int(event.entry[1:]))

    def ranked(self, event: EntryRanked) -> None:
        """A person moved it."""
        first, _, number = self.keys[event.entry]
        self.keys[event.entry] = (first, event.stood, number)

    def left(self, event: EntryEnded | ContactConnected) -> None:
        """Out of the line."""
        self.keys.pop(event.entry, None)

    def settle(self, taken: Taken, state: State) -> None:
        """Each offer of this step that still stands."""
        for event in taken.events:
            if isinstance(event, OfferMade) and self.is_free_choice(event, state):
                self.judge(event, state)

    def look(self, state: State, at: Instant) -> None:
        """Forget who is over."""
        self.called.intersection_update(state.contacts)

    def is_free_choice(self, offer: OfferMade, state: State) -> bool:
        """Whether it stands, was not made for a dial, and nobody is kept for another queue."""
        return (
            offer.offer in state.offers
            and offer.contact not in state.dialing.contacts
            and not any(queue.reserved for queue in state.routing.queues)
        )

    def judge(self, offer: OfferMade, state: State) -> None:
        """Against everybody who waits and everybody who is free, after the step."""
        chosen, entry = state.agents[offer.agent], state.entries[offer.entry]
        if not is_suited(chosen, entry, state) or not chosen.linked:
            self.broken("offered to who may not serve:", chosen, entry)
        by_ratio = state.routing.policy is Policy.FIXED_RATIO
        for other in waiting(state):
            rivals = LINE_OF[other.channel] is LINE_OF[entry.channel] and not (
                by_ratio and other.queue != entry.queue
            )
            before = self.keys[other.id] < self.keys[entry.id]
            if rivals and before and is_suited(chosen, other, state):
                self.broken("passed over:", other, "for", offer)
        queue = state.queue(entry.queue)
        if queue is not None and queue.strategy is RingStrategy.LONGEST_IDLE:
            self.idle_longest(chosen, entry, state)

    def idle_longest(self, chosen: Agent, entry: Entry, state: State) -> None:
        """Nobody who is free and may serve has been idle for longer."""
        for other in state.agents.values():
            earlier = (other.idle_since, other.id) < (chosen.idle_since, chosen.id)
            if earlier and other is not chosen and may_serve(other, entry, state):
                self.broken("idle for longer:", other, "not chosen for", entry)


def waiting(state: State) -> Iterator[Entry]:
    """Everybody in line for whom nobody is rung."""
    for entry in state.entries.values():
        if not state.contacts[entry.contact].offers:
            yield entry


class IndexesAreTrue(Law):
    """What the state keeps for speed says the same as when it is made anew."""

    name = "the indexes tell the truth"

    def look(self, state: State, at: Instant) -> None:
        """Lines, shelves and counts."""
        kept = state.floor
        rebuild(state)
        anew, state.floor = state.floor, kept
        if anew != kept:
            mine, theirs = anew.plain(), kept.plain()
            told = {k: (mine[k], theirs[k]) for k in mine if mine[k] != theirs[k]}
            self.broken("anew, and as kept:", told)
