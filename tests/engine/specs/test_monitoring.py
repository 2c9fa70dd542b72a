"""Supervisors listen, whisper, barge in, take over and end conversations."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_events import AgentReleased, WrapUpBegan
from lianxi.engine.messages.agent_inputs import AgentSignedOut, TransferAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import CloseContact
from lianxi.engine.messages.events import ContactEnded
from lianxi.engine.messages.inputs import LegAnswered, LegEnded
from lianxi.engine.messages.monitoring import (
    CallMonitor,
    ContactEndAsked,
    ContactEndForced,
    EndMonitor,
    MonitorAsked,
    MonitorBegan,
    MonitorEnd,
    MonitorEndAsked,
    MonitorEnded,
    MonitorMode,
    MonitorModeAsked,
    MonitorRule,
    MonitorTakenOver,
    MonitorTuned,
    TakeOver,
    TakeOverAsked,
    TuneMonitor,
)
from lianxi.engine.messages.parties import ConsultAsked, Target
from lianxi.engine.messages.routing import Destination, WrapUpRule
from lianxi.engine.messages.values import Activity, LegCause, Phase, WrapUpMode
from lianxi.kernel.ids import AgentId, ContactId, LegId, MonitorId
from lianxi.kernel.time import Millis
from tests.builders.centre import (
    ANNA,
    BEN,
    CLEO,
    SALES,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)

pytestmark = pytest.mark.unit

C1 = ContactId("c1")
LISTEN, WHISPER, BARGE = MonitorMode.LISTEN, MonitorMode.WHISPER, MonitorMode.BARGE


class Floor(Centre):
    """ANNA talks with c1; CLEO is the supervisor, BEN not there yet."""

    def begins(self) -> "Floor":
        self.talk(ANNA, "c1")
        self.signs_in(CLEO, ready=False)
        return self

    def asks(
        self,
        *,
        agent: AgentId | None = None,
        contact: str | None = None,
        mode: MonitorMode = LISTEN,
        by: AgentId = CLEO,
    ) -> list[Event]:
        return self.say(self.wish(agent=agent, contact=contact, mode=mode, by=by))

    def wish(
        self,
        *,
        agent: AgentId | None = None,
        contact: str | None = None,
        mode: MonitorMode = LISTEN,
        by: AgentId = CLEO,
    ) -> MonitorAsked:
        whom = ContactId(contact) if contact is not None else None
        return MonitorAsked(at=at(self.now), by=by, agent=agent, contact=whom, mode=mode)

    def listens(
        self,
        *,
        agent: AgentId | None = None,
        contact: str | None = None,
        mode: MonitorMode = LISTEN,
        by: AgentId = CLEO,
    ) -> MonitorTuned:
        """The supervisor's device answers, and there is something to hear."""
        began = only(self.asks(agent=agent, contact=contact, mode=mode, by=by), MonitorBegan)
        return only(self.say(LegAnswered(at=at(self.now), leg=began.leg)), MonitorTuned)

    def wants_mode(self, tuned: MonitorTuned, mode: MonitorMode) -> list[Event]:
        return self.say(
            MonitorModeAsked(at=at(self.now), by=tuned.by, monitor=tuned.monitor, mode=mode)
        )

    def takes_over(self, tuned: MonitorTuned) -> list[Event]:
        return self.say(TakeOverAsked(at=at(self.now), by=tuned.by, monitor=tuned.monitor))

    def code(self, given: MonitorAsked) -> str | None:
        return refusal(given, self.state)


def leg_of(centre: Centre, contact: str) -> LegId:
    leg = centre.contact(contact).agent_leg
    assert leg is not None
    return leg


def test_a_supervisor_hears_the_agents_side_of_a_conversation() -> None:
    floor = Floor().begins()
    # When CLEO asks for it, her device is called, and then hears
    tuned = floor.listens(agent=ANNA)
    assert (tuned.contact, tuned.agent, tuned.agent_leg) == (C1, ANNA, leg_of(floor, "c1"))
    assert [one for one in floor.commands if isinstance(one, CallMonitor | TuneMonitor)] == [
        CallMonitor(
            monitor=tuned.monitor, agent=CLEO, endpoint=floor.agent(CLEO).endpoint,
            leg=tuned.leg, ring=Millis(15_000),
        ),
        TuneMonitor(
            monitor=tuned.monitor, leg=tuned.leg, contact=C1, agent_leg=tuned.agent_leg,
            mode=LISTEN,
        ),
    ]  # fmt: skip
    # And is offered nothing meanwhile
    floor.signs_in(BEN)
    assert floor.free() == {BEN}


def test_who_hears_the_supervisor_is_changed_in_place() -> None:
    floor = Floor().begins()
    tuned = floor.listens(contact="c1")
    for mode in (WHISPER, BARGE, LISTEN):
        now = only(floor.wants_mode(tuned, mode), MonitorTuned)
        assert (now.mode, now.leg, now.agent_leg) == (mode, tuned.leg, tuned.agent_leg)
    # And asked for what is so already changes nothing
    assert floor.wants_mode(tuned, LISTEN) == []


def test_following_the_agent_goes_on_with_the_next_call_and_silence_between() -> None:
    floor = Floor().begins()
    floor.listens(agent=ANNA, mode=WHISPER)
    # When the customer hangs up there is silence
    silent = only(floor.hangs_up("c1"), MonitorTuned)
    assert (silent.contact, silent.agent_leg, silent.mode) == (None, None, LISTEN)
    # And the next conversation is heard as wished before
    floor.completes(ANNA, "c1")
    floor.calls("c2")
    heard = only(floor.answers(ANNA), MonitorTuned)
    assert (heard.contact, heard.mode) == (ContactId("c2"), WHISPER)
    # Until the agent signs out
    floor.hangs_up("c2")
    floor.completes(ANNA, "c2")
    over = only(floor.say(AgentSignedOut(at=at(floor.now), agent=ANNA)), MonitorEnded)
    assert over.why is MonitorEnd.OVER


def test_following_the_customer_goes_on_with_the_next_agent() -> None:
    floor = Floor().begins()
    floor.listens(contact="c1")
    floor.signs_in(BEN)
    # When the customer is handed on, there is silence, and then the next agent
    to = Destination(agent=BEN)
    moved = floor.say(TransferAsked(at=at(0), agent=ANNA, contact=C1, to=to, reason="x"))
    assert only(moved, MonitorTuned).contact is None
    assert only(floor.answers(BEN), MonitorTuned).agent == BEN
    # And the customer's end is the end
    ended = only(floor.hangs_up("c1"), MonitorEnded)
    assert (ended.why, ended.contact) == (MonitorEnd.OVER, C1)
    assert EndMonitor(monitor=ended.monitor, leg=ended.leg) in floor.commands
    assert floor.state.monitors == {}


def test_a_take_over_makes_the_conversation_the_supervisors() -> None:
    floor = Floor().begins()
    tuned = floor.listens(agent=ANNA, mode=WHISPER)
    former = leg_of(floor, "c1")
    floor.now = 60
    events = floor.takes_over(tuned)
    # Then the supervisor has it, and the agent is released to after-call work
    taken = only(events, MonitorTakenOver)
    assert (taken.by, taken.agent, taken.lasted) == (CLEO, ANNA, 60_000)
    assert only(events, WrapUpBegan).agent == ANNA
    assert (floor.contact("c1").agent, floor.contact("c1").agent_leg) == (CLEO, tuned.leg)
    assert floor.agent(CLEO).activity is Activity.TALKING
    assert floor.state.monitors == {}
    assert floor.commands[-1] == TakeOver(
        monitor=tuned.monitor, contact=C1, leg=tuned.leg, customer_leg=LegId("c1-leg"),
        agent_leg=former,
    )  # fmt: skip
    # And from then on it is like any other: it ends in the supervisor's own after-call work
    wrapping = only(floor.hangs_up("c1"), WrapUpBegan)
    assert (wrapping.agent, wrapping.queue) == (CLEO, SALES)
    floor.completes(ANNA, "c1")
    floor.completes(CLEO, "c1")
    assert floor.state.contacts == {}


def test_a_customer_on_hold_or_in_a_consultation_is_taken_over_from_there() -> None:
    floor = Floor().begins()
    tuned = floor.listens(agent=ANNA)
    floor.holds(ANNA, "c1")
    floor.takes_over(tuned)
    assert floor.phase("c1") is Phase.TALKING
    assert floor.contact("c1").held_since is None
    # And likewise while the agent rings a colleague
    floor = Floor().begins()
    floor.signs_in(BEN, ready=False)
    tuned = floor.listens(agent=ANNA)
    floor.say(ConsultAsked(at=at(0), agent=ANNA, contact=C1, to=Target(agent=BEN)))
    events = floor.takes_over(tuned)
    assert kinds(events)[:1] == ["PartyLeft"]
    assert floor.agent(BEN).activity is Activity.IDLE
    assert floor.contact("c1").parties == {}


def test_nobody_is_barged_in_on_while_the_agent_is_aside_with_a_colleague() -> None:
    floor = Floor().begins()
    floor.signs_in(BEN, ready=False)
    floor.listens(agent=ANNA, mode=BARGE)
    aside = floor.say(ConsultAsked(at=at(0), agent=ANNA, contact=C1, to=Target(agent=BEN)))
    assert only(aside, MonitorTuned).mode is LISTEN


def test_what_stands_against_listening_is_said() -> None:
    floor = Floor().begins()
    assert floor.code(floor.wish(agent=CLEO)) == "monitor_self"
    assert floor.code(floor.wish(agent=BEN)) == "monitor_target_unknown"
    assert floor.code(floor.wish(contact="c9")) == "monitor_target_unknown"
    assert floor.code(floor.wish(contact="c1", by=ANNA)) == "supervisor_busy"
    assert floor.code(floor.wish(contact="c1", by=BEN)) == "not_signed_in"
    floor.device(CLEO, registered=False)
    assert floor.code(floor.wish(contact="c1")) == "device_missing"
    floor.device(CLEO, registered=True)
    # Nobody is in on two conversations, or twice in one
    tuned = floor.listens(contact="c1")
    assert floor.code(floor.wish(contact="c1")) == "monitoring_already"
    # And nobody changes what another one does
    theirs = MonitorModeAsked(at=at(0), by=ANNA, monitor=tuned.monitor, mode=BARGE)
    assert refusal(theirs, floor.state) == "monitor_over"
    over = MonitorEndAsked(at=at(0), by=CLEO, monitor=MonitorId("m9"))
    assert refusal(over, floor.state) == "monitor_over"


def test_a_conversation_has_as_many_listeners_as_the_rule_allows() -> None:
    rule = MonitorRule(most=1)
    routing = a_routing(a_queue(SALES, monitoring=rule))
    floor = Floor(routing).begins()
    floor.listens(contact="c1")
    floor.signs_in(BEN, ready=False)
    assert floor.code(floor.wish(contact="c1", by=BEN)) == "listeners_full"
    # And one who follows an agent into such a conversation hears silence
    floor.say(MonitorEndAsked(at=at(0), by=CLEO, monitor=MonitorId("m1")))
    assert floor.code(floor.wish(contact="c1", by=BEN)) is None


def test_nothing_is_taken_over_where_there_is_no_conversation() -> None:
    floor = Floor().begins()
    tuned = floor.listens(agent=ANNA)
    floor.hangs_up("c1")
    given = TakeOverAsked(at=at(0), by=CLEO, monitor=tuned.monitor)
    assert refusal(given, floor.state) == "nothing_to_take_over"


@pytest.mark.parametrize("cause", [LegCause.NORMAL, LegCause.GONE])
def test_the_supervisor_hangs_up_and_is_free(cause: LegCause) -> None:
    floor = Floor().begins()
    tuned = floor.listens(agent=ANNA)
    floor.now = 9
    ended = only(floor.say(LegEnded(at=at(9), leg=tuned.leg, cause=cause)), MonitorEnded)
    assert (ended.why, ended.lasted) == (MonitorEnd.HUNG_UP, 9_000)
    assert floor.agent(CLEO).monitor is None
    assert floor.phase("c1") is Phase.TALKING


def test_a_device_that_is_not_picked_up_is_called_for_fifteen_seconds() -> None:
    floor = Floor().begins()
    floor.asks(agent=ANNA)
    assert floor.wait(14.9) == []
    assert only(floor.wait(0.2), MonitorEnded).why is MonitorEnd.NOT_ANSWERED


@pytest.mark.parametrize("way", ["reload", "link", "device", "sign-out"])
def test_a_supervisor_whose_desk_is_gone_listens_no_more(way: str) -> None:
    floor = Floor().begins()
    floor.listens(agent=ANNA)
    if way == "reload":
        gone = floor.reloads(CLEO)
    elif way == "link":
        gone = floor.loses_link(CLEO)
    elif way == "device":
        gone = floor.device(CLEO, registered=False)
    else:
        gone = floor.say(AgentSignedOut(at=at(0), agent=CLEO))
    assert only(gone, MonitorEnded).why is MonitorEnd.LEFT


def test_a_new_switch_knows_of_no_listener() -> None:
    floor = Floor().begins()
    floor.listens(agent=ANNA)
    assert only(floor.restarts("g2"), MonitorEnded).why is MonitorEnd.SWITCH_LOST


def test_the_agents_new_leg_is_heard_after_a_reload() -> None:
    floor = Floor().begins()
    tuned = floor.listens(agent=ANNA)
    assert only(floor.reloads(ANNA), MonitorTuned).contact is None
    floor.device(ANNA, registered=True)
    again = only(floor.comes_back(ANNA), MonitorTuned)
    assert again.agent_leg not in (None, tuned.agent_leg)


def test_a_supervisor_ends_a_conversation() -> None:
    floor = Floor().begins()
    asked = ContactEndAsked(at=at(0), contact=C1, by="7001", reason="骂人")
    events = floor.say(asked)
    assert kinds(events) == ["ContactEndForced", "ContactEnded", "WrapUpBegan"]
    assert only(events, ContactEndForced).reason == "骂人"
    assert only(events, ContactEnded).agent_leg is not None
    assert any(isinstance(one, CloseContact) for one in floor.commands)
    assert refusal(asked, floor.state) == "not_talking"


def test_without_after_call_work_a_take_over_frees_the_agent() -> None:
    floor = Floor(a_routing(a_queue(SALES, wrap_up=WrapUpRule(mode=WrapUpMode.NONE)))).begins()
    tuned = floor.listens(agent=ANNA)
    assert only(floor.takes_over(tuned), AgentReleased).agent == ANNA
    assert floor.free() == {ANNA}
