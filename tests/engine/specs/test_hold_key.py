"""The hold key of the agent's own telephone: a hold like any other, that only this key ends."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import ResumeAsked, TransferAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import HoldCustomer, ResumeCustomer
from lianxi.engine.messages.holding import (
    ContactHeld,
    ContactResumed,
    HoldAlarmed,
    LegHoldChanged,
    LegHoldTold,
)
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import DeviceKind, LegCause, Phase
from lianxi.kernel.ids import ContactId, LegId
from tests.builders.centre import ANNA, BEN, SERVICE, Centre, at, kinds, only
from tests.builders.parties import anna_talks

pytestmark = pytest.mark.unit

C1, CUSTOMER = ContactId("c1"), LegId("c1-leg")


def talking() -> Centre:
    """ANNA talks to a caller at her desk phone."""
    centre = Centre()
    centre.talk(ANNA, "c1", device=DeviceKind.PHONE)
    return centre


def presses(centre: Centre, *, held: bool, leg: LegId | None = None) -> list[Event]:
    leg = leg or centre.contact("c1").agent_leg
    assert leg is not None
    return centre.say(LegHoldTold(at=at(centre.now), leg=leg, held=held))


def test_the_key_of_the_telephone_holds_the_customer_and_brings_the_customer_back() -> None:
    centre = talking()
    # When the agent presses the telephone's own hold key
    assert kinds(presses(centre, held=True)) == ["LegHoldChanged", "ContactHeld"]
    # Then the customer hears music, as on any hold, and it is known who did it
    held = only(centre.journal, ContactHeld)
    assert (held.by_device, held.alarm_at, held.recall_at) == (True, at(60), None)
    assert centre.phase("c1") is Phase.HELD
    # And when the key is pressed again they talk
    centre.now = 20
    assert kinds(presses(centre, held=False)) == ["LegHoldChanged", "ContactResumed"]
    assert centre.phase("c1") is Phase.TALKING
    assert centre.contact("c1").held == 20_000
    assert centre.commands[-2:] == [
        HoldCustomer(contact=C1, leg=CUSTOMER),
        ResumeCustomer(contact=C1, leg=CUSTOMER),
    ]


def test_a_browser_has_no_hold_key() -> None:
    # Given an agent who talks with a browser
    centre = Centre()
    centre.talk(ANNA, "c1", device=DeviceKind.BROWSER)
    # When its leg looks to the switch as if it were held: its sound has found no way yet
    assert presses(centre, held=True) == []
    # Then nobody is on hold who could not be taken back
    assert centre.phase("c1") is Phase.TALKING
    assert presses(centre, held=False) == []


def test_acd_36_who_is_forgotten_at_the_telephone_is_told_of_too() -> None:
    """https://github.com/signalwire/freeswitch/issues/1140"""
    centre = talking()
    presses(centre, held=True)
    assert only(centre.wait(60), HoldAlarmed).held == 60_000
    # And is not brought back to somebody who could neither hear nor be heard
    assert centre.wait(600) == []
    assert centre.phase("c1") is Phase.HELD


def test_what_the_telephone_holds_the_desk_cannot_take_back() -> None:
    centre = talking()
    presses(centre, held=True)
    resume = ResumeAsked(at=at(1), agent=ANNA, contact=C1)
    assert refusal(resume, centre.state) == "held_at_device"
    assert centre.say(resume) == []


def test_a_word_that_comes_twice_changes_nothing() -> None:
    centre = talking()
    presses(centre, held=True)
    assert presses(centre, held=True) == []
    presses(centre, held=False)
    assert presses(centre, held=False) == []


def test_a_hold_of_the_desk_stays_when_the_telephones_key_is_pressed_and_released() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    assert kinds(presses(centre, held=True)) == ["LegHoldChanged"]
    assert kinds(presses(centre, held=False)) == ["LegHoldChanged"]
    assert centre.phase("c1") is Phase.HELD
    assert kinds(centre.resumes(ANNA, "c1")) == ["ContactResumed"]


def test_a_recalled_customer_goes_back_to_music_while_the_telephone_holds() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    presses(centre, held=True)
    events = centre.wait(180)
    assert kinds(events) == ["HoldAlarmed", "ContactResumed", "ContactHeld"]
    assert only(events, ContactHeld).by_device
    assert kinds(presses(centre, held=False)) == ["LegHoldChanged", "ContactResumed"]


def test_with_a_colleague_in_it_nobody_is_put_on_hold_until_the_colleague_is_gone() -> None:
    # Given an agent who has asked a colleague for a word, and whose telephone holds then
    centre = anna_talks(device=DeviceKind.PHONE)
    centre.consults(BEN)
    centre.party_answers()
    assert kinds(presses(centre, held=True)) == ["LegHoldChanged"]
    # When the agent goes back to the customer
    events = centre.goes_back()
    # Then the customer stays on music: that telephone hears nothing
    assert kinds(events)[-1] == "ContactHeld"
    assert centre.phase("c1") is Phase.HELD
    assert kinds(presses(centre, held=False)) == ["LegHoldChanged", "ContactResumed"]


def test_nobody_else_is_put_on_hold_by_a_telephone() -> None:
    centre = talking()
    for stray in (CUSTOMER, LegId("stray")):
        assert presses(centre, held=True, leg=stray) == []
    # And of a leg that only rings nothing is believed
    centre.signs_in(BEN)
    centre.calls("c2")
    ringing = next(offer.leg for offer in centre.state.offers.values())
    assert presses(centre, held=True, leg=ringing) == []


def agent_hangs_up(centre: Centre) -> None:
    centre.ends(ANNA, "c1")


def customer_hangs_up(centre: Centre) -> None:
    centre.hangs_up("c1")


def telephone_fails(centre: Centre) -> None:
    centre.leg_ends(ANNA, LegCause.FAILED)


def transferred(centre: Centre) -> None:
    to = Destination(queue=SERVICE)
    centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=C1, to=to))


@pytest.mark.parametrize("ends", [agent_hangs_up, customer_hangs_up, telephone_fails, transferred])
def test_with_the_conversation_ends_what_was_known_of_the_key(ends: object) -> None:
    centre = talking()
    presses(centre, held=True)
    assert centre.facts(LegHoldChanged)
    assert callable(ends)
    ends(centre)
    assert centre.state.held_legs == {}
    assert centre.state.timers.armed("hold:c1") is None
    assert not [one for one in centre.facts(ContactResumed) if one.recalled]
