"""An agent calls a colleague: both devices, no customer, no queue, no miss."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import AgentSignedOut, TransferAsked
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallDialled,
    CallProgressed,
    ColleagueCallAsked,
)
from lianxi.engine.messages.commands import JoinLegs, RingAgent
from lianxi.engine.messages.events import ContactEnded, OfferMade
from lianxi.engine.messages.parties import ConsultAsked, Target
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import (
    Activity,
    Channel,
    DeviceKind,
    Intent,
    LegCause,
    Party,
    Phase,
)
from lianxi.kernel.ids import AgentId
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, BEN, CLEO, SALES, at, only

pytestmark = pytest.mark.unit


def a_centre(device: DeviceKind = DeviceKind.BROWSER) -> CallingCentre:
    centre = CallingCentre()
    centre.signs_in(ANNA, device=device)
    centre.signs_in(BEN, device=device)
    return centre


def asked(centre: CallingCentre, to: AgentId) -> str | None:
    return refusal(ColleagueCallAsked(at=at(centre.now), agent=ANNA, to=to), centre.state)


def test_the_colleague_rings_when_the_caller_listens() -> None:
    """Given two agents, when one calls the other, then first her own device is rung and then his,
    which shows her number and name."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    assert centre.free() == {BEN}
    assert only(centre.device_answers(call), CallDialled).to == BEN
    ring = centre.commands[-1]
    assert isinstance(ring, RingAgent)
    assert (ring.agent, ring.leg, ring.customer_leg) == (BEN, call.leg, call.agent_leg)
    assert (ring.caller, ring.caller_name, ring.is_party) == ("8001", "8001", True)
    assert centre.free() == set()
    assert only(centre.rings_there(call), CallProgressed).contact == call.contact


def test_they_talk_and_are_free_afterwards_without_after_call_work() -> None:
    """Given a colleague who answers, then they are joined; when either hangs up, both are as they
    were before."""
    for who in (ANNA, BEN):
        centre = a_centre()
        call = centre.calls_colleague(ANNA, BEN)
        centre.device_answers(call)
        answered = only(centre.is_answered(call), CallAnswered)
        assert answered.to == BEN
        joined = JoinLegs(contact=call.contact, customer_leg=call.leg, leg=call.agent_leg)
        assert joined in centre.commands
        assert centre.contact(call.contact).channel is Channel.INTERNAL
        assert centre.phase(call.contact) is Phase.TALKING
        only(centre.ends(who, call.contact), ContactEnded)
        assert centre.free() == {ANNA, BEN}
        assert not centre.state.contacts
        assert not centre.state.calls
        assert not centre.state.legs


@pytest.mark.parametrize("cause", [LegCause.NO_ANSWER, LegCause.REJECTED, LegCause.UNREACHABLE])
def test_not_answering_a_colleague_is_no_miss(cause: LegCause) -> None:
    """Given a colleague who does not pick up or declines, then he stays ready and rests not."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    assert only(centre.other_ends(call, cause), ContactEnded).cause is cause
    ben = centre.agent(BEN)
    assert (ben.intent, ben.misses, ben.is_resting) == (Intent.READY, 0, False)
    assert centre.free() == {ANNA, BEN}


def test_it_rings_for_45_seconds() -> None:
    """Given a colleague who is not at his desk, when 45 seconds pass, then it is given up."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    assert only(centre.wait(45), ContactEnded).cause is LegCause.NO_ANSWER
    assert centre.free() == {ANNA, BEN}


def test_neither_is_offered_a_call_meanwhile() -> None:
    """Given two agents who talk, when a customer calls in, then he waits."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    centre.calls("c1")
    assert not centre.facts(OfferMade)
    events = centre.ends(BEN, call.contact)
    assert only(events, OfferMade).contact == "c1"


def test_desk_phones_end_it_by_putting_down_the_receiver() -> None:
    """Given two desk phones that talk, when one is put down, then it is over for both."""
    centre = a_centre(DeviceKind.PHONE)
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    centre.is_answered(call)
    assert only(centre.other_ends(call), ContactEnded).by is Party.CUSTOMER
    assert centre.free() == {ANNA, BEN}
    call = centre.calls_colleague(BEN, ANNA)
    centre.device_answers(call)
    centre.is_answered(call)
    assert only(centre.own_ends(call), ContactEnded).by is Party.AGENT
    assert centre.free() == {ANNA, BEN}


def test_a_page_that_closes_ends_it() -> None:
    """Given two browsers that talk, when the page of the one who was called closes, then it is
    over: there is no customer to be kept."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    centre.is_answered(call)
    only(centre.reloads(BEN), ContactEnded)
    assert centre.agent(ANNA).activity is Activity.IDLE
    assert centre.agent(BEN).activity is Activity.IDLE


def test_a_colleague_who_became_busy_meanwhile_is_busy() -> None:
    """Given a colleague who is rung for a customer by the time the own device is there, is busy."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.calls("c1")
    ended = only(centre.device_answers(call), ContactEnded)
    assert (ended.contact, ended.cause) == (call.contact, LegCause.BUSY)
    assert centre.agent(BEN).activity is Activity.OFFERED


def test_who_can_be_called() -> None:
    """Given colleagues, then oneself, somebody who is not there and somebody in a call cannot be
    called; somebody who is not ready can."""
    centre = a_centre()
    assert asked(centre, ANNA) == "transfer_to_self"
    assert asked(centre, CLEO) == "transfer_target_unknown"
    centre.signs_in(CLEO, ready=False)
    assert asked(centre, CLEO) is None
    centre.calls_colleague(CLEO, BEN)
    assert asked(centre, CLEO) == "agent_not_free"


def test_there_is_no_customer_to_be_handed_on() -> None:
    """Given two agents who talk, then neither transfer nor consulting is to be had."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    centre.is_answered(call)
    now = at(centre.now)
    transfer = TransferAsked(
        at=now, agent=ANNA, contact=call.contact, to=Destination(queue=SALES), reason="x"
    )
    consult = ConsultAsked(at=now, agent=ANNA, contact=call.contact, to=Target(number="13800000"))
    assert refusal(transfer, centre.state) == "internal_call"
    assert refusal(consult, centre.state) == "internal_call"
    centre.holds(ANNA, call.contact)
    assert centre.phase(call.contact) is Phase.HELD
    centre.resumes(ANNA, call.contact)
    assert centre.phase(call.contact) is Phase.TALKING


def test_a_colleague_who_signs_out_while_it_rings_is_not_reached() -> None:
    """Given a colleague who is rung, when he signs out, then the call is over."""
    centre = a_centre()
    call = centre.calls_colleague(ANNA, BEN)
    centre.device_answers(call)
    assert centre.agent(BEN).activity is Activity.OFFERED
    ended = only(centre.say(AgentSignedOut(at=at(centre.now), agent=BEN)), ContactEnded)
    assert ended.cause is LegCause.UNREACHABLE
    assert BEN not in centre.state.agents
    assert centre.free() == {ANNA}
