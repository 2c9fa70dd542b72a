"""Laws that hold over any day: sentences a supervisor would agree with."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactEnded,
    EntryEnded,
    OfferEnded,
    OfferMade,
    PositionAnnounced,
)
from lianxi.engine.messages.inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    FallbackSeen,
    HangUpAsked,
    HoldAsked,
    JoinFailed,
    LegAnswered,
    LegAsked,
    LegEnded,
    LegJoined,
    LegRinging,
    OfferRefused,
    PlaybackEnded,
    RecordingProblem,
    ResumeAsked,
    RoutingPublished,
    SwitchRestarted,
    Tick,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.values import Activity, DeviceKind, Intent, LegCause, Phase
from lianxi.engine.state import frozen, thawed
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, OfferId, PlaybackId
from lianxi.kernel.time import Instant
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, a_routing

pytestmark = pytest.mark.unit

CONTACTS = st.sampled_from([ContactId(f"c{i}") for i in range(5)])
AGENTS = st.sampled_from([ANNA, BEN, CLEO])
CAUSES = st.sampled_from(list(LegCause))
ROUTING = a_routing(
    a_queue(SALES),
    a_queue(SERVICE, priority=1),
    agents={ANNA: (SALES,), BEN: (SALES, SERVICE), CLEO: (SERVICE,)},
)


class AnyDay(RuleBasedStateMachine):
    """Anything may happen in any order, also what cannot."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Engine()
        self.journal: list[Event] = []
        self.now = 0
        self.legs: list[LegId] = [LegId("stray")]
        self.say(RoutingPublished(at=Instant(0), routing=ROUTING))

    @initialize(staffed=st.booleans())
    def opening(self, staffed: bool) -> None:
        """Half the days begin with everybody ready."""
        for agent in (ANNA, BEN, CLEO) if staffed else ():
            self.starts_work(agent)

    @rule(agent=AGENTS)
    def starts_work(self, agent: AgentId) -> None:
        known = self.engine.state.agents.get(agent)
        if known is None:
            self.signs_in(agent, "a", DeviceKind.BROWSER)
        else:
            at = self.later()
            self.say(DeviceChanged(at=at, endpoint=known.endpoint, registered=True))
        self.say(AgentStateAsked(at=self.later(), agent=agent, to=Intent.READY))

    def say(self, given: Input) -> None:
        events = self.engine.step(given)
        self.journal += events
        self.legs += [e.leg for e in events if isinstance(e, OfferMade)]
        self.legs += [c.agent_leg for c in self.engine.state.contacts.values() if c.agent_leg]

    def later(self) -> Instant:
        self.now += 700
        return Instant(self.now)

    @rule(contact=CONTACTS, number=st.sampled_from(["4001", "4002", "9999"]))
    def arrives(self, contact: ContactId, number: str) -> None:
        if not any(isinstance(e, ContactBegan) and e.contact == contact for e in self.journal):
            leg = LegId(f"{contact}-leg")
            self.say(
                ContactArrived(
                    at=self.later(), contact=contact, leg=leg, dialled=number, caller="1"
                )
            )

    @rule(contact=CONTACTS, cause=CAUSES)
    def gone(self, contact: ContactId, cause: LegCause) -> None:
        self.say(ContactGone(at=self.later(), contact=contact, cause=cause))

    @rule(contact=CONTACTS, digit=st.sampled_from("0125"))
    def presses(self, contact: ContactId, digit: str) -> None:
        self.say(DigitPressed(at=self.later(), contact=contact, digit=digit))

    @rule(contact=CONTACTS, stray=st.booleans(), failed=st.booleans())
    def hears(self, contact: ContactId, stray: bool, failed: bool) -> None:
        known = self.engine.state.contacts.get(contact)
        playback = known.playback if known and known.playback and not stray else PlaybackId("p0")
        self.say(PlaybackEnded(at=self.later(), contact=contact, playback=playback, failed=failed))

    @rule(agent=AGENTS, tab=st.sampled_from("aaaab"), device=st.sampled_from(list(DeviceKind)))
    def signs_in(self, agent: AgentId, tab: str, device: DeviceKind) -> None:
        endpoint = Endpoint(f"ag-{agent}-{tab}")
        at = self.later()
        self.say(AgentSignedIn(at=at, agent=agent, session=tab, device=device, endpoint=endpoint))
        self.say(DeviceChanged(at=at, endpoint=endpoint, registered=True))

    @rule(agent=AGENTS, to=st.sampled_from([Intent.READY, Intent.READY, Intent.NOT_READY]))
    def wants(self, agent: AgentId, to: Intent) -> None:
        self.say(AgentStateAsked(at=self.later(), agent=agent, to=to, reason="break"))

    @rule(agent=AGENTS, index=st.integers(0, 8), contact=CONTACTS)
    def does(self, agent: AgentId, index: int, contact: ContactId) -> None:
        at = self.later()
        known = self.engine.state.agents.get(agent)
        mine = known.contact if known and known.contact else contact
        asked: list[Input] = [
            AgentSignedOut(at=at, agent=agent),
            HoldAsked(at=at, agent=agent, contact=mine),
            ResumeAsked(at=at, agent=agent, contact=mine),
            HangUpAsked(at=at, agent=agent, contact=mine),
            LegAsked(at=at, agent=agent),
            WrapUpNoted(at=at, agent=agent, contact=mine, disposition="other"),
            WrapUpFinished(at=at, agent=agent, contact=mine, disposition="other"),
            WrapUpExtended(at=at, agent=agent, contact=mine),
            AgentForced(at=at, agent=agent, to=Intent.READY, reason="busy hour", by="u1"),
        ]
        self.say(asked[index])

    @rule(
        agent=AGENTS, what=st.sampled_from([AgentLinkLost, AgentLinkBack, AgentLinkBack, AgentLeft])
    )
    def link(self, agent: AgentId, what: type[AgentLeft]) -> None:
        self.say(what(at=self.later(), agent=agent))

    @rule(
        agent=AGENTS,
        registered=st.sampled_from([True, True, True, False]),
        tab=st.sampled_from("aaab"),
    )
    def device(self, agent: AgentId, registered: bool, tab: str) -> None:
        endpoint = Endpoint(f"ag-{agent}-{tab}")
        self.say(DeviceChanged(at=self.later(), endpoint=endpoint, registered=registered))

    @rule(agent=AGENTS, number=st.integers(1, 12))
    def refuses(self, agent: AgentId, number: int) -> None:
        self.say(OfferRefused(at=self.later(), agent=agent, offer=OfferId(f"o{number}")))

    @rule(back=st.integers(1, 4), index=st.integers(0, 4), cause=CAUSES, contact=CONTACTS)
    def leg(self, back: int, index: int, cause: LegCause, contact: ContactId) -> None:
        at, leg = self.later(), self.legs[-min(back, len(self.legs))]
        owner = self.engine.state.legs.get(leg, contact)
        told: list[Input] = [
            LegRinging(at=at, leg=leg),
            LegAnswered(at=at, leg=leg),
            LegJoined(at=at, contact=owner, leg=leg),
            LegEnded(at=at, leg=leg, cause=cause),
            JoinFailed(at=at, contact=owner, leg=leg),
        ]
        self.say(told[index])

    @rule(back=st.integers(1, 3))
    def answered_and_joined(self, back: int) -> None:
        at, leg = self.later(), self.legs[-min(back, len(self.legs))]
        self.say(LegAnswered(at=at, leg=leg))
        contact = self.engine.state.legs.get(leg)
        if contact is not None:
            self.say(LegJoined(at=at, contact=contact, leg=leg))

    @rule(agent=AGENTS, index=st.sampled_from([1, 2, 4, 5, 6, 7]))
    def works_on(self, agent: AgentId, index: int) -> None:
        self.does(agent, index, ContactId("c0"))

    @rule(contact=CONTACTS)
    def reports(self, contact: ContactId) -> None:
        at = self.later()
        self.say(RecordingProblem(at=at, contact=contact, code="disk_full"))
        self.say(
            FallbackSeen(at=at, contact=contact, dialled="4001", caller="1", happened_at=self.now)
        )

    @rule(seconds=st.sampled_from([1, 3, 10, 30, 200]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * 1000
        self.say(Tick(at=Instant(self.now)))

    @rule(generation=st.sampled_from(["g1"] * 20 + ["g2"]))
    def switch_connects(self, generation: str) -> None:
        self.say(SwitchRestarted(at=self.later(), generation=generation))

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
            assert state.timers.armed(f"offer:{offer.id}") is not None
        for agent in state.agents.values():
            assert (agent.activity is Activity.OFFERED) == (agent.offer is not None)
            assert (agent.activity is Activity.WRAPPING) == (agent.wrap_up is not None)

    @invariant()
    def nobody_waits_while_an_eligible_agent_is_free(self) -> None:
        state = self.engine.state
        for setup in ROUTING.agents:
            agent = state.agents.get(setup.id)
            if agent is not None and agent.is_available():
                waiting = [
                    e for p in state.line if (e := state.entries[p[4]]).queue in setup.queues
                ]
                assert not waiting

    @invariant()
    def the_indexes_tell_the_truth(self) -> None:
        state = self.engine.state
        assert set(state.free) == {a.id for a in state.agents.values() if a.is_available()}
        in_line = {p[4] for p in state.line}
        waiting = {c.entry for c in state.contacts.values() if c.phase is Phase.WAITING}
        assert in_line == waiting
        assert state.line == sorted(state.line)

    @invariant()
    def contacts_are_conserved(self) -> None:
        began = [e.contact for e in self.journal if isinstance(e, ContactBegan)]
        ended = [e.contact for e in self.journal if isinstance(e, ContactEnded)]
        open_ = [c.id for c in self.engine.state.contacts.values() if c.phase is not Phase.ENDED]
        assert len(ended) == len(set(ended))
        assert sorted(began) == sorted(ended + open_)

    @invariant()
    def every_offer_and_every_stay_ends_at_most_once(self) -> None:
        offers = [e.offer for e in self.journal if isinstance(e, OfferEnded)]
        entries = [e.entry for e in self.journal if isinstance(e, EntryEnded)]
        assert len(offers) == len(set(offers)) and len(entries) == len(set(entries))
        assert all(e.waited >= 0 for e in self.journal if isinstance(e, EntryEnded))

    @invariant()
    def an_agent_talks_to_one_living_contact(self) -> None:
        state = self.engine.state
        for agent in state.agents.values():
            if agent.activity is Activity.TALKING:
                assert agent.contact is not None
                contact = state.contacts[agent.contact]
                assert contact.agent == agent.id
                assert contact.phase in (Phase.TALKING, Phase.HELD, Phase.RECOVERING)

    @invariant()
    def the_announced_position_never_rises(self) -> None:
        told: dict[str, int] = {}
        for event in self.journal:
            if isinstance(event, PositionAnnounced) and event.said:
                assert event.position <= told.get(event.entry, 10**6)
                told[event.entry] = event.position

    @invariant()
    def replaying_the_journal_rebuilds_the_state(self) -> None:
        if len(self.journal) % 7 == 0:
            assert Engine(self.journal).state == self.engine.state

    def teardown(self) -> None:
        assert Engine(self.journal).state == self.engine.state
        assert thawed(frozen(self.engine.state)) == self.engine.state


TestAnyDay = pytest.mark.timeout(60)(AnyDay.TestCase)
TestAnyDay.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
