"""Laws that hold over any day: sentences a supervisor would agree with."""

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from lianxi.engine.acd.eligible import pairs
from lianxi.engine.acd.offering import JOIN_WITHIN
from lianxi.engine.acd.seating import rebuild
from lianxi.engine.asked import refusal
from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.floor import Floor
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_events import WrapUpBegan, WrapUpEnded
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.commands import (
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PlayPrompts,
    ResumeCustomer,
    RingAgent,
    StartMusic,
    StopPrompts,
)
from lianxi.engine.messages.events import (
    AgentLegLost,
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
    EntryEnded,
    OfferEnded,
    OfferMade,
    PositionAnnounced,
    PromptEnded,
)
from lianxi.engine.messages.holding import ContactHeld, ContactResumed
from lianxi.engine.messages.inputs import LegEnded, Tick
from lianxi.engine.messages.values import Activity, Intent, OfferOutcome, Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import AgentId, ContactId, EntryId, LegId, OfferId, QueueId
from tests.builders.centre import free, in_line
from tests.engine.properties.day import AnyDay

pytestmark = pytest.mark.unit

ON_MUSIC = (Phase.WAITING, Phase.OFFERED, Phase.HELD, Phase.RECOVERING)
MISSED = (
    OfferOutcome.NO_ANSWER,
    OfferOutcome.REFUSED,
    OfferOutcome.UNREACHABLE,
    OfferOutcome.JOIN_FAILED,
)
IN_CALL = (Phase.TALKING, Phase.HELD, Phase.RECOVERING)


class LawfulDay(AnyDay):
    """Any day, watched."""

    def __init__(self) -> None:
        self.began: set[ContactId] = set()
        self.ended: set[ContactId] = set()
        self.closed_offers: set[OfferId] = set()
        self.closed_entries: set[EntryId] = set()
        self.told: dict[EntryId, int] = {}
        self.hears_now: dict[ContactId, str] = {}
        self.rung: set[LegId] = set()
        self.gone_legs: set[LegId] = set()
        self.on_hold: set[ContactId] = set()
        self.wrapping: set[AgentId] = set()
        super().__init__()

    def say(self, given: Input) -> None:
        """What is due comes first; what is refused changes nothing."""
        if isinstance(given, LegEnded):
            self.gone_legs.add(given.leg)
        self.note(self.engine.step(Tick(at=given.at)))
        code = refusal(given, self.engine.state)
        events = self.engine.step(given)
        assert code is None or events == []
        self.note(events)

    def note(self, events: list[Event]) -> None:
        """Keep the books that the laws are about."""
        super().note(events)
        for event in events:
            self.count(event)
            self.pair(event)
            for command in effects(event):
                self.perform(command)
            if isinstance(event, PromptEnded) and not (event.cut or event.music):
                self.hears_now[event.contact] = "silence"
        made = [e for e in events if isinstance(e, OfferMade)]
        missed = {e.agent for e in events if isinstance(e, OfferEnded) and e.outcome in MISSED}
        assert missed.isdisjoint(e.agent for e in made)
        self.offers_are_fair(made)

    # --- books

    def count(self, event: Event) -> None:
        """Nothing begins, ends or is counted twice."""
        match event:
            case ContactBegan(contact=contact):
                assert contact not in self.began
                self.began.add(contact)
            case ContactEnded(contact=contact):
                assert contact not in self.ended
                self.ended.add(contact)
            case OfferEnded(offer=offer):
                assert offer not in self.closed_offers
                self.closed_offers.add(offer)
            case EntryEnded(entry=entry):
                assert entry not in self.closed_entries
                assert event.waited >= 0
                self.closed_entries.add(entry)
            case ContactConnected():
                assert event.waited >= 0
            case PositionAnnounced(entry=entry, said=True):
                assert 0 < event.position <= self.told.get(entry, 10**6)
                self.told[entry] = event.position
            case _:
                pass

    def pair(self, event: Event) -> None:
        """Holds and wrap-ups begin and end in turn."""
        match event:
            case ContactHeld(contact=contact):
                assert contact not in self.on_hold
                self.on_hold.add(contact)
            case ContactResumed(contact=contact):
                self.on_hold.remove(contact)
            case (
                ContactEnded(contact=contact)
                | ContactQueued(contact=contact)
                | AgentLegLost(contact=contact)
            ):
                self.on_hold.discard(contact)
            case WrapUpBegan(agent=agent):
                assert agent not in self.wrapping
                self.wrapping.add(agent)
            case WrapUpEnded(agent=agent):
                self.wrapping.remove(agent)
            case _:
                pass

    def perform(self, command: Command) -> None:
        """What callers hear, and which legs were made and ended."""
        match command:
            case PlayPrompts(contact=contact):
                self.hears_now[contact] = "words"
            case StartMusic(contact=contact) | HoldCustomer(contact=contact):
                self.hears_now[contact] = "music"
            case JoinLegs(contact=contact) | ResumeCustomer(contact=contact):
                self.hears_now[contact] = "agent"
            case StopPrompts(contact=contact):
                self.hears_now[contact] = "silence"
            case RingAgent(leg=leg):
                self.rung.add(leg)
            case DropLeg(leg=leg):
                self.gone_legs.add(leg)
            case _:
                pass

    def queues_of(self, agent: AgentId) -> tuple[QueueId, ...]:
        """What an agent serves by the configuration in force."""
        setup = self.engine.state.setup(agent)
        return setup.queues if setup is not None else ()

    def offers_are_fair(self, made: list[OfferMade]) -> None:
        """Nobody who could have been chosen stood before, and nobody was idle for longer."""
        state = self.engine.state
        for offer in made:
            if offer.offer not in state.offers:
                continue
            place = state.entries[offer.entry].place
            for waiting in (state.entries[entry] for entry in in_line(state)):
                if waiting.queue in self.queues_of(offer.agent):
                    assert waiting.place > place
            chosen = state.agents[offer.agent]
            assert chosen.intent is Intent.READY
            assert chosen.registered
            assert chosen.linked
            for other in (state.agents[name] for name in free(state)):
                if offer.queue in self.queues_of(other.id):
                    assert (other.idle_since, other.id) > (chosen.idle_since, chosen.id)

    # --- the laws

    @invariant()
    def no_agent_holds_two_offers_and_no_contact_is_offered_twice(self) -> None:
        offers = list(self.engine.state.offers.values())
        assert len({o.agent for o in offers}) == len(offers)
        assert len({o.contact for o in offers}) == len(offers)

    @invariant()
    def every_reservation_has_an_owner_and_a_deadline(self) -> None:
        state = self.engine.state
        for offer in state.offers.values():
            assert state.agents[offer.agent].offer == offer.id
            assert state.contacts[offer.contact].offer == offer.id
            due = state.timers.armed(f"offer:{offer.id}")
            assert due is not None
            assert due <= self.now + JOIN_WITHIN or not offer.accepted
        for agent in state.agents.values():
            assert (agent.activity is Activity.OFFERED) == (agent.offer is not None)
            assert (agent.activity is Activity.WRAPPING) == (agent.wrap_up is not None)

    @invariant()
    def nobody_waits_while_an_eligible_agent_is_free(self) -> None:
        assert list(pairs(self.engine.state)) == []

    @invariant()
    def the_indexes_tell_the_truth(self) -> None:
        state = self.engine.state
        waiting = {c.entry for c in state.contacts.values() if c.phase is Phase.WAITING}
        assert set(in_line(state)) == waiting
        kept, state.floor = state.floor, Floor()
        rebuild(state)
        assert kept == state.floor
        state.floor = kept

    @invariant()
    def contacts_are_conserved(self) -> None:
        living = {c.id for c in self.engine.state.contacts.values() if c.phase is not Phase.ENDED}
        assert self.began == self.ended | living
        assert not self.ended & living

    @invariant()
    def nobody_is_stuck(self) -> None:
        for contact in self.engine.state.contacts.values():
            assert self.goes_on(contact), contact

    def goes_on(self, contact: Contact) -> bool:
        """Whether something will move this contact on: a deadline, an agent, a place in line."""
        state = self.engine.state
        armed = state.timers.armed
        agent = state.agents.get(contact.agent) if contact.agent is not None else None
        match contact.phase:
            case Phase.FLOW:
                playing = contact.playback is not None and armed(f"prompt:{contact.id}")
                return (playing or armed(f"input:{contact.id}")) is not None
            case Phase.WAITING:
                return contact.entry in in_line(state)
            case Phase.OFFERED | Phase.JOINING:
                return contact.offer in state.offers
            case Phase.RECOVERING:
                return armed(f"recover:{contact.id}") is not None
            case Phase.TALKING | Phase.HELD:
                return agent is not None and contact.agent_leg in state.legs
            case Phase.DIALLING:
                return contact.id in state.calls
            case Phase.OUTSIDE:
                return bool(contact.parties)
            case Phase.ENDED:
                return any(
                    a.wrap_up is not None and a.contact == contact.id for a in state.agents.values()
                )

    @invariant()
    def nobody_waits_in_silence(self) -> None:
        for contact in self.engine.state.contacts.values():
            if contact.phase in ON_MUSIC and not contact.is_rejoining:
                expected = "words" if contact.playback is not None else "music"
                assert self.hears_now[contact.id] == expected, contact

    @invariant()
    def an_agent_talks_to_one_living_contact(self) -> None:
        state = self.engine.state
        for agent in state.agents.values():
            if agent.activity is Activity.TALKING:
                assert agent.contact is not None
                contact = state.contacts[agent.contact]
                assert contact.agent == agent.id
                assert contact.phase in IN_CALL

    @invariant()
    def every_leg_belongs_to_a_living_contact(self) -> None:
        state = self.engine.state
        wanted = {o.leg: o.contact for o in state.offers.values()}
        wanted |= {c.agent_leg: c.id for c in state.contacts.values() if c.agent_leg is not None}
        assert state.legs == wanted
        assert all(state.contacts[c].phase is not Phase.ENDED for c in state.legs.values())
        assert self.rung - set(state.legs) <= self.gone_legs

    @invariant()
    def every_deadline_is_to_come_and_about_something_living(self) -> None:
        state = self.engine.state
        for name, due in state.timers.as_dict().items():
            kind, _, key = name.partition(":")
            assert due > self.now
            match kind:
                case "offer":
                    assert key in state.offers
                case "announce":
                    assert key in state.entries
                case "wrap":
                    assert key.partition(" ")[0] in state.agents
                case "lost" | "rest" | "overstay" | "return":
                    assert key in state.agents
                case "hold" | "recall":
                    assert state.contacts[ContactId(key)].phase is Phase.HELD
                case "unstaffed":
                    assert state.floor.lines[QueueId(key)]
                case _:
                    assert state.contacts[ContactId(key)].phase is not Phase.ENDED

    @invariant()
    def nothing_is_dated_in_the_future(self) -> None:
        for agent in self.engine.state.agents.values():
            assert max(agent.since, agent.idle_since, agent.signed_in_at) <= self.now

    @invariant()
    def who_came_back_from_a_lost_agent_is_first_in_line(self) -> None:
        queued = {e.entry: e for e in self.journal if isinstance(e, ContactQueued)}
        recovered = [queued[entry].recovered for entry in in_line(self.engine.state)]
        assert recovered == sorted(recovered, reverse=True)

    def teardown(self) -> None:
        """Replaying the journal rebuilds the state, and so does a snapshot."""
        assert Engine(self.journal).state == self.engine.state
        assert thawed(frozen(self.engine.state)) == self.engine.state


# A failure is shrunk to its shortest day before it is told, which takes minutes.
TestAnyDay = pytest.mark.timeout(400)(LawfulDay.TestCase)
TestAnyDay.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)
