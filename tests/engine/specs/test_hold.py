"""Hold and resume, and the agent hanging up."""

import pytest

from lianxi.engine.messages.commands import CloseContact, DropLeg, HoldCustomer, ResumeCustomer
from lianxi.engine.messages.events import ContactEnded
from lianxi.engine.messages.holding import ContactHeld, ContactResumed
from lianxi.engine.messages.inputs import JoinFailed, LegJoined
from lianxi.engine.messages.values import DeviceKind, LegCause, Party, Phase
from lianxi.kernel.ids import ContactId, LegId
from tests.builders.centre import ANNA, BEN, Centre, at, kinds, only

pytestmark = pytest.mark.unit

CUSTOMER = LegId("c1-leg")
C1 = ContactId("c1")


def test_hold_takes_the_customer_out_and_resume_brings_the_customer_back() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centre.resumes(ANNA, "c1")
    assert centre.commands[-2:] == [
        HoldCustomer(contact=C1, leg=CUSTOMER),
        ResumeCustomer(contact=C1, leg=CUSTOMER),
    ]


def test_hold_asked_twice_holds_once() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    assert centre.holds(ANNA, "c1") == []
    assert len(centre.facts(ContactHeld)) == 1


def test_resume_asked_twice_resumes_once() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centre.resumes(ANNA, "c1")
    assert centre.resumes(ANNA, "c1") == []
    assert len(centre.facts(ContactResumed)) == 1


def test_acd_44_every_hold_has_its_end() -> None:
    """https://github.com/asterisk/asterisk/issues/395"""
    centre = Centre()
    centre.talk(ANNA, "c1")
    # Given two holds, of ten and of five seconds, the second one ended by the caller's hanging up
    centre.holds(ANNA, "c1")
    centre.now = 10
    centre.resumes(ANNA, "c1")
    centre.now = 20
    centre.holds(ANNA, "c1")
    centre.now = 25
    centre.hangs_up("c1")
    assert (centre.contact("c1").held, centre.contact("c1").held_since) == (15_000, None)


def test_media_told_to_be_joined_after_a_resume_is_no_second_answer() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    assert centre.say(LegJoined(at=at(3), contact=C1, leg=leg)) == []


def test_a_colleague_cannot_hold_the_call() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.signs_in(BEN)
    assert centre.holds(BEN, "c1") == []


def test_nobody_is_held_before_the_media_is_joined() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.picks_up(ANNA)
    assert centre.holds(ANNA, "c1") == []


def test_the_agent_hangs_up() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    events = centre.ends(ANNA, "c1")
    assert kinds(events) == ["ContactEnded", "WrapUpBegan"]
    assert only(events, ContactEnded).by is Party.AGENT
    assert centre.commands[-2:] == [CloseContact(contact=C1, leg=CUSTOMER), DropLeg(leg=leg)]


def test_the_agent_may_hang_up_a_held_call() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    assert kinds(centre.ends(ANNA, "c1")) == ["ContactEnded", "WrapUpBegan"]


def test_hanging_up_twice_ends_once() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.ends(ANNA, "c1")
    assert centre.ends(ANNA, "c1") == []


def test_acd_33_a_telephone_that_is_put_down_ends_the_call_and_frees_the_agent() -> None:
    """https://github.com/OpenACD/OpenACD/issues/76"""
    centre = Centre()
    centre.talk(ANNA, "c1", device=DeviceKind.PHONE)
    events = centre.leg_ends(ANNA, LegCause.NORMAL)
    assert only(events, ContactEnded).by is Party.AGENT
    assert kinds(events)[-1] == "WrapUpBegan"


def test_a_telephone_that_fails_gives_its_customer_back_to_the_front_of_the_queue() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1", device=DeviceKind.PHONE)
    centre.calls("c2")
    # When the telephone breaks off a held call
    centre.holds(ANNA, "c1")
    centre.now = 10
    centre.leg_ends(ANNA, LegCause.FAILED)
    # Then the customer is first in line, out of the bridge, on music, and no longer counted as held
    assert centre.in_line()[0] == centre.contact("c1").entry
    assert centre.commands[-1] == HoldCustomer(contact=C1, leg=CUSTOMER)
    assert (centre.contact("c1").held, centre.contact("c1").held_since) == (10_000, None)
    assert centre.state.legs == {}


def test_a_telephone_that_cannot_be_joined_again_is_put_down() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1", device=DeviceKind.PHONE)
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    centre.say(JoinFailed(at=at(5), contact=C1, leg=leg))
    assert DropLeg(leg=leg) in centre.commands


def test_a_customer_who_came_back_to_the_queue_is_held_anew_by_the_next_agent() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1", device=DeviceKind.PHONE)
    centre.leg_ends(ANNA, LegCause.FAILED)
    centre.signs_in(BEN)
    centre.answers(BEN)
    centre.holds(BEN, "c1")
    assert centre.phase("c1") is Phase.HELD
