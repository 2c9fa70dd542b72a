"""An agent calls a number outside: by hand, or by a click on a number."""

import msgspec
import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_events import AgentIntentChanged, AgentReleased, WrapUpBegan
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallAsked,
    CallDialled,
    CallingRule,
    CallProgressed,
    DialOut,
)
from lianxi.engine.messages.commands import AnswerCustomer, CloseContact, DropLeg, RingAgent
from lianxi.engine.messages.dialing import BlockListPublished
from lianxi.engine.messages.events import ContactEnded, ContactQueued, OfferMade
from lianxi.engine.messages.routing import Calendar, Opening, Routing
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked, Route, Trunk
from lianxi.engine.messages.values import Activity, DeviceKind, Intent, LegCause, Party, Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import BlockListId, CalendarId, QueueId, TrunkId
from lianxi.kernel.time import Millis
from tests.builders.calling import NUMBER, CallingCentre
from tests.builders.centre import ANNA, BEN, SALES, a_queue, a_routing, at, only

pytestmark = pytest.mark.unit

CARRIER = Trunk(id=TrunkId("carrier"), name="运营商", server="192.0.2.1", channels=1)
OUT = Route(pattern="X.", trunks=(TrunkId("carrier"),))


def a_centre(**rules: object) -> CallingCentre:
    centre = CallingCentre(msgspec.structs.replace(a_routing(), **rules))
    centre.signs_in(ANNA)
    return centre


def with_trunk(**rules: object) -> CallingCentre:
    return a_centre(trunks=(CARRIER,), routes=(OUT,), **rules)


def asked(centre: CallingCentre, number: str = NUMBER, queue: QueueId | None = None) -> str | None:
    return refusal(
        CallAsked(at=at(centre.now), agent=ANNA, number=number, queue=queue), centre.state
    )


def test_the_agents_own_device_is_rung_first_then_the_customer() -> None:
    """Given a ready agent, when she calls a number, then her own device is rung; when it is there
    the number is dialled with her listening."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    ring = centre.commands[-1]
    assert isinstance(ring, RingAgent)
    assert (ring.leg, ring.offer, ring.endpoint) == (call.agent_leg, None, call.endpoint)
    dialled = only(centre.device_answers(call), CallDialled)
    assert dialled.until == at(45)
    out = centre.commands[-1]
    assert isinstance(out, DialOut)
    assert (out.number, out.leg, out.agent_leg) == (NUMBER, call.leg, call.agent_leg)
    assert centre.phase(call.contact) is Phase.DIALLING


def test_while_she_calls_nothing_is_offered() -> None:
    """Given an agent who dials, when a customer calls in, then nobody is rung for him."""
    centre = a_centre()
    centre.calls_out(ANNA)
    centre.calls("c1")
    assert not centre.facts(OfferMade)
    assert centre.phase("c1") is Phase.WAITING


def test_it_rings_there_and_is_answered() -> None:
    """Given a number that is dialled, when it rings it is told once; when it is picked up they
    talk, and nobody waited in any queue."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    centre.device_answers(call)
    assert only(centre.rings_there(call), CallProgressed).agent == ANNA
    assert not centre.rings_there(call)
    assert only(centre.is_answered(call), CallAnswered).contact == call.contact
    assert centre.phase(call.contact) is Phase.TALKING
    assert not centre.facts(ContactQueued)
    assert not centre.state.calls
    assert not any(isinstance(one, AnswerCustomer) for one in centre.commands)


@pytest.mark.parametrize(
    "cause", [LegCause.BUSY, LegCause.NO_ANSWER, LegCause.REJECTED, LegCause.UNREACHABLE]
)
def test_each_way_of_not_coming_about_is_told_apart(cause: LegCause) -> None:
    """Given a number that is dialled, when the network says why it does not come about, then the
    call ends with that word and the agent is free at once, as she was before."""
    centre = a_centre()
    call = centre.calls_out(ANNA, queue=SALES)
    centre.device_answers(call)
    events = centre.other_ends(call, cause)
    ended = only(events, ContactEnded)
    assert (ended.cause, ended.by) == (cause, Party.CUSTOMER)
    only(events, AgentReleased)
    assert centre.agent(ANNA).intent is Intent.READY
    assert centre.free() == {ANNA}
    assert not centre.state.contacts


def test_nobody_answers_for_45_seconds() -> None:
    """Given a number that rings, when 45 seconds pass, then it is given up as not answered."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    centre.device_answers(call)
    centre.rings_there(call)
    assert not centre.wait(44.9)
    ended = only(centre.wait(0.2), ContactEnded)
    assert (ended.cause, ended.by) == (LegCause.NO_ANSWER, Party.SYSTEM)
    assert CloseContact(contact=call.contact, leg=call.leg) in centre.commands
    assert DropLeg(leg=call.agent_leg) in centre.commands


def test_the_agent_thinks_better_of_it() -> None:
    """Given a number that rings, when the agent hangs up, then the call is cancelled by her."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    centre.device_answers(call)
    ended = only(centre.ends(ANNA, call.contact), ContactEnded)
    assert (ended.cause, ended.by) == (LegCause.NORMAL, Party.AGENT)
    assert centre.free() == {ANNA}


@pytest.mark.parametrize(
    ("cause", "by", "why"),
    [
        (LegCause.REJECTED, Party.AGENT, LegCause.NORMAL),
        (LegCause.NO_ANSWER, Party.AGENT, LegCause.NORMAL),
        (LegCause.UNREACHABLE, Party.SYSTEM, LegCause.FAILED),
    ],
)
def test_the_own_telephone_is_not_picked_up(cause: LegCause, by: Party, why: LegCause) -> None:
    """Given a desk phone that rings for the own call, when it is declined or away, then nobody
    outside was called."""
    centre = CallingCentre()
    centre.signs_in(ANNA, device=DeviceKind.PHONE)
    call = centre.calls_out(ANNA)
    ended = only(centre.own_ends(call, cause), ContactEnded)
    assert (ended.by, ended.cause) == (by, why)
    assert not centre.facts(CallDialled)


def test_the_own_device_does_not_come() -> None:
    """Given an own device that stays silent, when 20 seconds pass, then the call has failed."""
    centre = a_centre()
    centre.calls_out(ANNA)
    ended = only(centre.wait(20), ContactEnded)
    assert (ended.by, ended.cause) == (Party.SYSTEM, LegCause.FAILED)
    assert centre.free() == {ANNA}


def test_after_a_call_for_a_queue_its_after_call_work_follows() -> None:
    """Given a call out for a queue, when it ends, then there is after-call work as after a call
    that came in; and what the agent chose before holds afterwards."""
    centre = CallingCentre()
    centre.signs_in(ANNA, ready=False)
    call = centre.talks_to(ANNA, SALES)
    wrap_up = only(centre.ends(ANNA, call.contact), WrapUpBegan)
    assert (wrap_up.queue, wrap_up.contact) == (SALES, call.contact)
    centre.completes(ANNA, call.contact)
    agent = centre.agent(ANNA)
    assert (agent.intent, agent.reason) == (Intent.NOT_READY, "signed_in")
    assert not centre.facts(AgentIntentChanged)


def test_a_call_for_no_queue_has_no_after_call_work() -> None:
    """Given a call for no queue, when the customer hangs up, then the agent is free at once."""
    centre = a_centre()
    call = centre.talks_to(ANNA)
    events = centre.hangs_up(call.contact)
    only(events, AgentReleased)
    assert centre.free() == {ANNA}


def test_what_was_asked_for_meanwhile_holds_afterwards() -> None:
    """Given an agent who asks for a break while it rings, when nobody answers, then it begins."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.device_answers(call)
    centre.other_ends(call, LegCause.BUSY)
    assert centre.agent(ANNA).reason == "break"


def test_a_desk_phone_hangs_up_by_itself() -> None:
    """Given an agent with a desk phone who talks to a customer she called, when she puts down the
    receiver, then the call is over."""
    centre = CallingCentre()
    centre.signs_in(ANNA, device=DeviceKind.PHONE)
    call = centre.talks_to(ANNA)
    assert only(centre.own_ends(call), ContactEnded).by is Party.AGENT


def test_a_page_that_reloads_gets_its_conversation_back() -> None:
    """Given a browser in a call out, when its page is loaded anew, then the customer is kept; when
    it does not come back, a call for no queue is over."""
    centre = a_centre()
    call = centre.talks_to(ANNA)
    centre.own_ends(call, LegCause.GONE)
    assert centre.phase(call.contact) is Phase.RECOVERING
    assert only(centre.wait(15), ContactEnded).cause is LegCause.FAILED
    assert centre.agent(ANNA).activity is Activity.IDLE


def test_the_queue_chooses_the_number_that_is_shown() -> None:
    """Given a queue with a caller number and a centre with another, then the queue's is shown for
    its calls, the centre's for the others."""
    queue = a_queue(SALES, caller_number="4001")
    rule = CallingRule(caller_number="4000")
    centre = CallingCentre(msgspec.structs.replace(a_routing(queue), calling=rule))
    centre.signs_in(ANNA)
    call = centre.calls_out(ANNA, queue=SALES)
    assert call.caller_number == "4001"
    assert centre.contact(call.contact).dialled == "4001"
    centre.ends(ANNA, call.contact)
    assert centre.calls_out(ANNA).caller_number == "4000"


def test_it_goes_out_as_the_trunk_wants_the_number_and_takes_a_channel() -> None:
    """Given a route that puts a 9 in front, then the trunk is told the number with it; and with
    its one channel taken, the next call is counted as blocked, and is no contact."""
    route = msgspec.structs.replace(OUT, prepend="9")
    centre = a_centre(trunks=(CARRIER,), routes=(route,))
    centre.signs_in(BEN)
    call = centre.calls_out(ANNA)
    assert (call.trunk, call.dialled) == ("carrier", f"9{NUMBER}")
    blocked = only(
        centre.say(CallAsked(at=at(centre.now), agent=BEN, number=NUMBER)), ContactBlocked
    )
    assert (blocked.why, blocked.agent) == (BlockedWhy.NO_CHANNEL, BEN)
    assert centre.agent(BEN).activity is Activity.IDLE
    assert len(centre.state.contacts) == 1


def test_an_emergency_call_finds_a_way_though_every_channel_is_taken() -> None:
    """Given no free channel, no hour for calls and a number on a block list, when it is 110, then
    it is dialled."""
    closed = Calendar(id=CalendarId("closed"))
    centre = with_trunk(calendars=(closed,), calling=CallingRule(calendar=CalendarId("closed")))
    centre.signs_in(BEN)
    listed = BlockListPublished(at=at(0), list=BlockListId("own"), added=("110",))
    centre.say(listed)
    assert asked(centre) == "outside_hours"
    assert asked(centre, "110") is None
    assert centre.calls_out(ANNA, "110").trunk == "carrier"
    other = centre.say(CallAsked(at=at(centre.now), agent=BEN, number="119"))
    assert not any(isinstance(one, ContactBlocked) for one in other)


def test_what_speaks_against_a_call() -> None:
    """Given an agent, then a number that is none, one that is blocked, a queue not served, a call
    in hand and an unregistered device are refused, each with its code."""
    centre = a_centre()
    centre.say(BlockListPublished(at=at(0), list=BlockListId("own"), added=(NUMBER,)))
    assert asked(centre) == "number_blocked"
    assert asked(centre, "13900139001") is None
    assert asked(centre, "139;x=1@evil") == "number_invalid"
    assert asked(centre, "13900139001", QueueId("other")) == "queue_unknown"
    centre.device(ANNA, registered=False)
    assert asked(centre, "13900139001") == "device_away"
    centre.device(ANNA, registered=True)
    centre.calls_out(ANNA, "13900139001")
    assert asked(centre, "13900139002") == "in_call"


def test_calls_out_only_at_the_hours_the_centre_has_for_them() -> None:
    """Given hours for calls out, then nobody is called outside of them."""
    hours = Calendar(id=CalendarId("out"), openings=(Opening(opens=10_000, closes=20_000),))
    centre = a_centre(calendars=(hours,), calling=CallingRule(calendar=CalendarId("out")))
    assert asked(centre) == "outside_hours"
    centre.wait(10)
    assert asked(centre) is None


def test_the_rule_says_how_long_it_rings() -> None:
    """Given a centre where calls ring for 30 seconds, then they do."""
    centre = a_centre(calling=CallingRule(ring=Millis(30_000)))
    call = centre.calls_out(ANNA)
    assert only(centre.device_answers(call), CallDialled).until == at(30)


def test_a_call_on_its_way_survives_a_restart_of_the_driver() -> None:
    """Given a call that rings, then a thawed snapshot knows as much as the state did."""
    centre = a_centre()
    call = centre.calls_out(ANNA)
    centre.device_answers(call)
    centre.rings_there(call)
    copy = thawed(frozen(centre.state))
    assert frozen(copy) == frozen(centre.state)
    assert copy.calls[call.contact].rang


def test_a_switch_that_restarts_ends_it() -> None:
    """Given a call that rings, when the switch lost everything, then it is over."""
    centre = a_centre()
    centre.restarts("first")
    centre.device(ANNA, registered=True)
    call = centre.calls_out(ANNA)
    ended = only(centre.restarts("second"), ContactEnded)
    assert (ended.contact, ended.cause) == (call.contact, LegCause.GONE)
    assert not centre.state.legs
    assert centre.agent(ANNA).activity is Activity.IDLE


def test_old_configurations_are_read_as_before() -> None:
    """Given a configuration from before there were calls out, then it has the rule of today."""
    assert msgspec.json.decode(b"{}", type=Routing).calling == CallingRule()
