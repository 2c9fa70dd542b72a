"""The laws of the switchboard on a floor with every channel, rule and supervisor."""

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant

from lianxi.engine.acd.serving import has_room_for, level_in
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_events import WrapUpBegan, WrapUpEnded
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.values import LINE_OF, Activity, Channel, Phase
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from tests.engine.properties.busy_day import BusyDay
from tests.engine.properties.test_switchboard import ON_MUSIC, LawfulDay

pytestmark = pytest.mark.unit

OF_AN_ENTRY = ("announce", "widen", "wanted", "overflow")
OF_AN_AGENT = ("lost", "rest", "overstay", "return")


class LawfulBusyDay(BusyDay, LawfulDay):
    """A busy day, watched by the laws that read otherwise where agents have several in hand."""

    def __init__(self) -> None:
        self.in_hand: set[tuple[AgentId, ContactId]] = set()
        self.placeholders: set[ContactId] = set()
        super().__init__()

    def pair(self, event: Event) -> None:
        """Wrap-ups are counted by agent and contact; nobody is promised two callbacks at once."""
        match event:
            case WrapUpBegan():
                assert (event.agent, event.contact) not in self.in_hand
                self.in_hand.add((event.agent, event.contact))
            case WrapUpEnded():
                self.in_hand.remove((event.agent, event.contact))
            case CallbackRegistered():
                assert event.callback not in self.placeholders
                self.placeholders.add(event.callback)
            case _:
                super().pair(event)

    def offers_are_fair(self, made: list[OfferMade]) -> None:
        """Whoever is rung is ready, there, and good enough for this caller."""
        state = self.engine.state
        for offer in made:
            if offer.offer not in state.offers:
                continue
            entry = state.entries[offer.entry]
            chosen = state.agents[offer.agent]
            assert chosen.is_willing()
            assert chosen.registered or LINE_OF[offer.channel] is not Channel.VOICE
            level = level_in(entry.queue, chosen.id, state)
            assert entry.wanted == chosen.id or level >= entry.level > 0

    # --- the laws

    @invariant()
    def no_agent_holds_two_offers_and_no_contact_is_offered_twice(self) -> None:
        state = self.engine.state
        pairs = [(o.agent, o.contact) for o in state.offers.values()]
        assert len(set(pairs)) == len(pairs)
        calls = [
            o.agent
            for o in state.offers.values()
            if LINE_OF[state.contacts[o.contact].channel] is Channel.VOICE
        ]
        assert len(set(calls)) == len(calls)

    @invariant()
    def nobody_has_a_second_call(self) -> None:
        """Nor a call in the list of texts."""
        for agent in self.engine.state.agents.values():
            assert all(LINE_OF[w.channel] is not Channel.VOICE for w in agent.texts.values())
            if agent.activity is not Activity.IDLE:
                assert not has_room_for(Channel.VOICE, agent, self.engine.state)

    @invariant()
    def every_reservation_has_an_owner_and_a_deadline(self) -> None:
        state = self.engine.state
        for offer in state.offers.values():
            agent = state.agents[offer.agent]
            work = agent.texts.get(offer.contact)
            assert (agent.offer if work is None else work.offer) == offer.id
            assert offer.id in state.contacts[offer.contact].offers
            assert state.timers.armed(f"offer:{offer.id}") is not None
        for agent in state.agents.values():
            assert (agent.activity is Activity.OFFERED) == (agent.offer is not None)
            assert (agent.activity is Activity.WRAPPING) == (agent.wrap_up is not None)

    def goes_on(self, contact: Contact) -> bool:
        """As before; who has no leg moves on by an agent's hand."""
        state = self.engine.state
        agent = state.agents.get(contact.agent) if contact.agent is not None else None
        if contact.phase is Phase.ENDED:
            return any(work == contact.id for _, work in self.in_hand)
        if not contact.has_media and contact.phase is Phase.TALKING:
            return agent is not None and (agent.contact == contact.id or contact.id in agent.texts)
        return super().goes_on(contact)

    @invariant()
    def nobody_waits_in_silence(self) -> None:
        for contact in self.engine.state.contacts.values():
            if contact.has_media and contact.phase in ON_MUSIC and not contact.is_rejoining:
                expected = "words" if contact.playback is not None else "music"
                assert self.hears_now[contact.id] == expected, contact

    @invariant()
    def every_leg_belongs_to_a_living_contact(self) -> None:
        state = self.engine.state
        wanted = {o.leg: o.contact for o in state.offers.values() if o.leg}
        wanted |= {c.agent_leg: c.id for c in state.contacts.values() if c.agent_leg}
        assert state.legs == wanted
        assert self.rung - set(state.legs) <= self.gone_legs

    @invariant()
    def every_deadline_is_to_come_and_about_something_living(self) -> None:
        state = self.engine.state
        for name, due in state.timers.as_dict().items():
            kind, _, key = name.partition(":")
            assert due > self.now
            if kind in OF_AN_ENTRY:
                assert key in state.entries
            elif kind in OF_AN_AGENT:
                assert key in state.agents
            elif kind == "offer":
                assert key in state.offers
            elif kind == "wrap":
                agent, _, contact = key.partition(" ")
                assert (agent, contact) in self.in_hand
            elif kind == "unstaffed":
                assert state.floor.lines[QueueId(key)]
            elif kind == "callback":
                assert key in state.planned
            elif kind != "merge":
                assert state.contacts[ContactId(key)].phase is not Phase.ENDED

    @invariant()
    def hops_are_bounded(self) -> None:
        state = self.engine.state
        for contact in state.contacts.values():
            assert contact.hops <= max(10, state.routing.most_hops)

    @invariant()
    def nobody_is_called_back_twice(self) -> None:
        state = self.engine.state
        kept = list(state.callbacks.values())
        assert len(set(kept)) == len(kept)
        assert all(c in state.contacts or c in state.planned for c in kept)


TestBusyFloor = pytest.mark.timeout(400)(LawfulBusyDay.TestCase)
TestBusyFloor.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
