"""A day at the switchboard on which anything may happen in any order, also what cannot."""

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from lianxi.engine.core import Engine
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    OfferRefused,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    FallbackSeen,
    JoinFailed,
    LegAnswered,
    LegEnded,
    LegJoined,
    LegRinging,
    PlaybackEnded,
    RecordingProblem,
    RoutingPublished,
    SwitchRestarted,
    Tick,
)
from lianxi.engine.messages.routing import AnnouncementRule, Routing, WrapUpRule
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause, Phase, WrapUpMode
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, OfferId, PlaybackId
from lianxi.kernel.time import Instant, Millis
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, a_routing

PICKS = st.integers(0, 4)
"""Which of the contacts that are open; now and then one that is not."""
SCENES = ("empty", "staffed", "ringing", "talking", "talking", "away", "wrap-up")
AT_THE_DESK = (
    *("ready", "ready", "ready", "break", "in", "over", "lost", "back", "back", "left"),
    *("registered", "registered", "unregistered"),
)
AGENTS = st.sampled_from([ANNA, BEN, CLEO])
CAUSES = st.sampled_from(list(LegCause))
STAFF = {ANNA: (SALES,), BEN: (SALES, SERVICE), CLEO: (SERVICE,)}
ROUTING = a_routing(a_queue(SALES), a_queue(SERVICE, priority=1), agents=STAFF)


def _variants() -> list[Routing]:
    """Configurations that may be published in the middle of the day."""
    silent = AnnouncementRule(every=Millis(0))
    strict = a_queue(SALES, agent_may_refuse=False, announcements=silent)
    fixed = a_queue(SERVICE, wrap_up=WrapUpRule(mode=WrapUpMode.FIXED))
    released = a_queue(SALES, wrap_up=WrapUpRule(mode=WrapUpMode.NONE))
    free = a_queue(SERVICE, wrap_up=WrapUpRule(mode=WrapUpMode.FREE))
    routings = [
        ROUTING,
        ROUTING,
        a_routing(strict, fixed, agents=STAFF),
        a_routing(released, free, agents=STAFF),
        a_routing(a_queue(SERVICE), agents=STAFF),
        a_routing(a_queue(SALES), a_queue(SERVICE), agents={BEN: (SALES, SERVICE)}),
    ]
    return [msgspec.structs.replace(r, version=n) for n, r in enumerate(routings)]


class AnyDay(RuleBasedStateMachine):
    """Anything may happen in any order, also what cannot."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Engine()
        self.journal: list[Event] = []
        self.now = 0
        self.callers = 0
        self.legs: list[LegId] = [LegId("stray")]
        self.say(RoutingPublished(at=Instant(0), routing=ROUTING))

    def say(self, given: Input) -> None:
        """One input; what follows goes to the journal."""
        self.note(self.engine.step(given))

    def note(self, events: list[Event]) -> None:
        """Keep events, and the legs that were made, to be spoken about later."""
        self.journal += events
        self.legs += [e.leg for e in events if isinstance(e, OfferMade)]
        self.legs += [c.agent_leg for c in self.engine.state.contacts.values() if c.agent_leg]

    def later(self) -> Instant:
        """A moment after the last one."""
        self.now += 700
        return Instant(self.now)

    def picked(self, pick: int) -> ContactId:
        """A contact that is open, or one that was never there."""
        living = sorted(self.engine.state.contacts)
        return living[pick] if pick < len(living) else ContactId("nobody")

    def conversations(self, *phases: Phase) -> list[Contact]:
        """Contacts with an agent, in one of these phases."""
        return [c for c in self.engine.state.contacts.values() if c.agent and c.phase in phases]

    def in_flow(self) -> list[Contact]:
        """Contacts that have not come to a queue."""
        return [c for c in self.engine.state.contacts.values() if c.phase is Phase.FLOW]

    # --- callers

    @initialize(scene=st.sampled_from(SCENES), device=st.sampled_from(list(DeviceKind)))
    def opening(self, scene: str, device: DeviceKind) -> None:
        """Days begin at different hours: without anybody, with everybody, in the middle of it."""
        self.say(SwitchRestarted(at=self.later(), generation="g1"))
        if scene == "empty":
            return
        for agent in (ANNA, BEN, CLEO):
            self.signs_in(agent, "a", device)
            self.starts_work(agent)
        for number in ("4002", "4002", "4001") if scene != "staffed" else ():
            self.arrives(number, again=1)
        if scene in ("talking", "away", "wrap-up"):
            self.offered([1, 2])
        if scene == "away":
            self.at_the_desk(ANNA, "left", device)
        if scene == "wrap-up":
            self.works_on(index=3)

    @rule(number=st.sampled_from(["4001", "4002", "4002", "9999"]), again=st.integers(0, 9))
    def arrives(self, number: str, again: int) -> None:
        self.callers += again > 0
        contact = ContactId(f"c{self.callers}")
        leg = LegId(f"{contact}-leg")
        self.say(
            ContactArrived(
                at=self.later(),
                contact=contact,
                leg=leg,
                dialled=number,
                caller="1",
                recording=f"{contact}.raw",
            )
        )

    @rule(pick=PICKS, cause=CAUSES)
    def gone(self, pick: int, cause: LegCause) -> None:
        self.say(ContactGone(at=self.later(), contact=self.picked(pick), cause=cause))

    @precondition(lambda self: self.in_flow())
    @rule(digit=st.sampled_from(["0", "1", "1", "2", "2", "5", ""]))
    def is_in_the_flow(self, digit: str) -> None:
        contact = self.in_flow()[0]
        if digit:
            self.say(DigitPressed(at=self.later(), contact=contact.id, digit=digit))
        else:
            self.now += 5_000
            self.say(Tick(at=Instant(self.now)))

    @rule(pick=PICKS, stray=st.integers(0, 4), failed=st.booleans())
    def hears(self, pick: int, stray: int, failed: bool) -> None:
        known = self.engine.state.contacts.get(self.picked(pick))
        playback = known.playback if known and known.playback and stray else PlaybackId("p0")
        contact = self.picked(pick)
        self.say(PlaybackEnded(at=self.later(), contact=contact, playback=playback, failed=failed))

    # --- agents and their desks

    @rule(agent=AGENTS)
    def starts_work(self, agent: AgentId) -> None:
        known = self.engine.state.agents.get(agent)
        if known is None:
            self.signs_in(agent, "a", DeviceKind.BROWSER)
        else:
            at = self.later()
            self.say(DeviceChanged(at=at, endpoint=known.endpoint, registered=True))
        self.say(AgentStateAsked(at=self.later(), agent=agent, to=Intent.READY))

    def signs_in(self, agent: AgentId, tab: str, device: DeviceKind) -> None:
        """An agent takes a desk, or another one."""
        endpoint = Endpoint(f"ag-{agent}-{tab}")
        at = self.later()
        self.say(AgentSignedIn(at=at, agent=agent, session=tab, device=device, endpoint=endpoint))
        self.say(DeviceChanged(at=at, endpoint=endpoint, registered=True))

    @rule(
        agent=AGENTS,
        what=st.sampled_from(AT_THE_DESK),
        device=st.sampled_from(list(DeviceKind)),
    )
    def at_the_desk(self, agent: AgentId, what: str, device: DeviceKind) -> None:
        at = self.later()
        endpoint = Endpoint(f"ag-{agent}-a")
        match what:
            case "ready":
                self.say(AgentStateAsked(at=at, agent=agent, to=Intent.READY))
            case "break":
                reason = "break" if device is DeviceKind.BROWSER else "no_such_reason"
                asked = AgentStateAsked(at=at, agent=agent, to=Intent.NOT_READY, reason=reason)
                self.say(asked)
            case "in" | "over":
                self.signs_in(agent, "a" if what == "in" else "b", device)
            case "lost":
                self.say(AgentLinkLost(at=at, agent=agent))
            case "back":
                self.say(AgentLinkBack(at=at, agent=agent))
            case "left":
                self.say(AgentLeft(at=at, agent=agent))
            case _:
                registered = what == "registered"
                self.say(DeviceChanged(at=at, endpoint=endpoint, registered=registered))

    @rule(agent=AGENTS, index=st.integers(0, 11), pick=PICKS)
    def does(self, agent: AgentId, index: int, pick: int) -> None:
        at = self.later()
        known = self.engine.state.agents.get(agent)
        mine = known.contact if known and known.contact else self.picked(pick)
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
            AgentForced(at=at, agent=agent, to=None, reason="end of shift", by="u1"),
            RecordingPauseAsked(at=at, agent=agent, contact=mine),
            RecordingResumeAsked(at=at, agent=agent, contact=mine),
        ]
        self.say(asked[index])

    @precondition(lambda self: any(a.wrap_up for a in self.engine.state.agents.values()))
    @rule(code=st.sampled_from(["other", "other", "", "no_such_code"]), note=st.booleans())
    def writes(self, code: str, note: bool) -> None:
        agent = next(a for a in self.engine.state.agents.values() if a.wrap_up)
        assert agent.contact is not None
        kind = WrapUpNoted if note else WrapUpFinished
        self.say(kind(at=self.later(), agent=agent.id, contact=agent.contact, disposition=code))

    @precondition(lambda self: any(a.wrap_up for a in self.engine.state.agents.values()))
    @rule()
    def needs_more_time(self) -> None:
        agent = next(a for a in self.engine.state.agents.values() if a.wrap_up)
        assert agent.contact is not None
        self.say(WrapUpExtended(at=self.later(), agent=agent.id, contact=agent.contact))

    @precondition(lambda self: self.conversations(Phase.TALKING, Phase.HELD))
    @rule(index=st.sampled_from([1, 1, 2, 2, 3, 5, 10, 11]))
    def works_on(self, index: int) -> None:
        contact = self.conversations(Phase.TALKING, Phase.HELD)[-1]
        assert contact.agent is not None
        self.does(contact.agent, index, 0)

    @rule(agent=AGENTS, number=st.integers(1, 12))
    def refuses(self, agent: AgentId, number: int) -> None:
        known = self.engine.state.agents.get(agent)
        offer = known.offer if known and known.offer and number % 2 else OfferId(f"o{number}")
        self.say(OfferRefused(at=self.later(), agent=agent, offer=offer))

    # --- legs

    @rule(back=st.integers(1, 4), index=st.integers(0, 4), cause=CAUSES, pick=PICKS)
    def leg(self, back: int, index: int, cause: LegCause, pick: int) -> None:
        leg = self.legs[-min(back, len(self.legs))]
        self.tells(leg, self.engine.state.legs.get(leg, self.picked(pick)), index, cause)

    def tells(self, leg: LegId, contact: ContactId, index: int, cause: LegCause) -> None:
        """Something happens to a leg."""
        at = self.later()
        told: list[Input] = [
            LegRinging(at=at, leg=leg),
            LegAnswered(at=at, leg=leg),
            LegJoined(at=at, contact=contact, leg=leg),
            LegEnded(at=at, leg=leg, cause=cause),
            JoinFailed(at=at, contact=contact, leg=leg),
        ]
        self.say(told[index])

    @precondition(lambda self: self.engine.state.offers)
    @rule(steps=st.sampled_from([[0], [1, 2], [1, 2], [1, 2], [1, 2], [1], [1, 4], [3]]))
    def offered(self, steps: list[int]) -> None:
        offer = next(iter(self.engine.state.offers.values()))
        for index in steps:
            self.tells(offer.leg, offer.contact, index, LegCause.REJECTED)

    @precondition(lambda self: self.conversations(Phase.TALKING, Phase.HELD))
    @rule(index=st.sampled_from([2, 3, 3, 4]), cause=CAUSES)
    def mid_call(self, index: int, cause: LegCause) -> None:
        contact = self.conversations(Phase.TALKING, Phase.HELD)[0]
        self.tells(contact.agent_leg or LegId("stray"), contact.id, index, cause)

    @precondition(lambda self: self.conversations(Phase.RECOVERING))
    @rule(steps=st.sampled_from([[1, 2], [1, 2], [1, 4], [1, 3], [3], [1], []]), cause=CAUSES)
    def page_is_back(self, steps: list[int], cause: LegCause) -> None:
        contact = self.conversations(Phase.RECOVERING)[0]
        assert contact.agent is not None
        self.say(LegAsked(at=self.later(), agent=contact.agent))
        for index in steps:
            self.tells(contact.agent_leg or LegId("stray"), contact.id, index, cause)

    # --- the rest of the world

    @rule(pick=PICKS, routing=st.sampled_from([ROUTING] * 8 + _variants()))
    def is_administered(self, pick: int, routing: Routing) -> None:
        contact = self.picked(pick)
        self.say(RecordingProblem(at=self.later(), contact=contact, code="disk_full"))
        unserved = ContactId(f"unserved-{contact}")
        at = self.later()
        self.say(
            FallbackSeen(at=at, contact=unserved, dialled="4001", caller="1", happened_at=self.now)
        )
        self.say(RoutingPublished(at=self.later(), routing=routing))

    @rule(seconds=st.sampled_from([1, 3, 10, 30, 200]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * 1000
        self.say(Tick(at=Instant(self.now)))

    @rule(generation=st.sampled_from(["g1"] * 30 + ["g2"]))
    def switch_connects(self, generation: str) -> None:
        self.say(SwitchRestarted(at=self.later(), generation=generation))
