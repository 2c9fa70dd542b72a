"""Offers that come to nothing on the agent's side: unanswered, refused, unreachable."""

import pytest

from lianxi.engine.messages.agent_events import AgentIntentChanged, AgentNextAsked
from lianxi.engine.messages.commands import DropLeg, HoldCustomer
from lianxi.engine.messages.events import OfferAccepted, OfferEnded, OfferMade
from lianxi.engine.messages.inputs import JoinFailed, LegEnded
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause, OfferOutcome, Phase
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, SALES, Centre, a_queue, a_routing, at, kinds, only

pytestmark = pytest.mark.unit


def test_an_unanswered_offer_is_withdrawn_after_twenty_seconds() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.rings(ANNA)
    assert centre.wait(19.999) == []
    assert only(centre.wait(0.001), OfferEnded).outcome is OfferOutcome.NO_ANSWER


def test_acd_08_an_agent_who_did_not_answer_gets_nothing_until_ready_again() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/816
    https://github.com/2600hz/kazoo/issues/6609
    https://github.com/OpenACD/OpenACD/issues/6
    """
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    # When she does not answer
    centre.wait(20)
    # Then her state says so, with the reason, and the same caller is not offered to her again
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).reason) == (
        Intent.NOT_RESPONDING,
        "no_answer",
    )
    assert centre.state.offers == {}
    # Until she says ready
    assert only(centre.wants(ANNA, Intent.READY), OfferMade).contact == "c1"


def test_acd_09_a_caller_nobody_answered_goes_to_the_next_agent_at_once() -> None:
    """https://github.com/OpenSIPS/opensips/issues/2886"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.calls("c1")
    assert only(centre.wait(20), OfferMade).agent == BEN


@pytest.mark.parametrize("cause", [LegCause.REJECTED, LegCause.BUSY, LegCause.NO_ANSWER])
def test_acd_09_whatever_the_device_says_the_caller_keeps_the_place(cause: LegCause) -> None:
    """https://github.com/OpenSIPS/opensips/issues/2886"""
    centre = Centre()
    centre.signs_in(ANNA)
    # Given the first in line rings at an agent, and a second caller waits
    centre.calls("c1")
    centre.now = 3
    centre.calls("c2")
    # When the device turns the call down and a colleague comes
    centre.leg_ends(ANNA, cause)
    centre.signs_in(BEN)
    # Then the colleague gets the first in line
    assert centre.offer_to(BEN).contact == "c1"


def test_acd_11_a_device_that_is_not_there_counts_as_unreachable() -> None:
    """https://github.com/signalwire/freeswitch/issues/246"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    events = centre.leg_ends(ANNA, LegCause.UNREACHABLE)
    assert only(events, OfferEnded).outcome is OfferOutcome.UNREACHABLE
    assert centre.agent(ANNA).reason == "unreachable"


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        (LegCause.REJECTED, OfferOutcome.REFUSED),
        (LegCause.BUSY, OfferOutcome.REFUSED),
        (LegCause.NO_ANSWER, OfferOutcome.NO_ANSWER),
        (LegCause.UNREACHABLE, OfferOutcome.UNREACHABLE),
        (LegCause.FAILED, OfferOutcome.UNREACHABLE),
        (LegCause.GONE, OfferOutcome.UNREACHABLE),
    ],
)
def test_acd_41_refused_and_unanswered_are_told_apart(
    cause: LegCause, outcome: OfferOutcome
) -> None:
    """Rejected and unanswered calls were mixed in a report (OMniLeads merges 2185 and 2187)."""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert only(centre.leg_ends(ANNA, cause), OfferEnded).outcome is outcome


def test_a_telephone_that_hangs_up_while_ringing_refuses() -> None:
    centre = Centre()
    centre.signs_in(ANNA, device=DeviceKind.PHONE)
    centre.calls("c1")
    events = centre.leg_ends(ANNA, LegCause.NORMAL)
    assert only(events, OfferEnded).outcome is OfferOutcome.REFUSED


def test_a_browser_whose_leg_ends_while_ringing_is_unreachable() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    events = centre.leg_ends(ANNA, LegCause.NORMAL)
    assert only(events, OfferEnded).outcome is OfferOutcome.UNREACHABLE


def test_refusing_makes_the_agent_not_ready_and_the_caller_goes_on() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.calls("c1")
    # When the first agent declines
    events = centre.refuses(ANNA)
    # Then she is not ready, and the next agent rings
    assert kinds(events) == ["OfferEnded", "AgentIntentChanged", "OfferMade"]
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).reason) == (Intent.NOT_READY, "refused")
    assert only(events, OfferMade).agent == BEN


def test_refusing_changes_nothing_where_the_queue_does_not_allow_it() -> None:
    centre = Centre(a_routing(a_queue(SALES, agent_may_refuse=False)))
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert centre.refuses(ANNA) == []
    assert centre.phase("c1") is Phase.OFFERED


def test_refusing_twice_changes_nothing_the_second_time() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.refuses(ANNA)
    refused = centre.inputs[-1]
    assert centre.say(refused) == []


def test_asking_for_a_break_while_ringing_takes_the_offer_back() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    events = centre.wants(ANNA, Intent.NOT_READY, "break")
    assert only(events, OfferEnded).outcome is OfferOutcome.REFUSED
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).reason) == (Intent.NOT_READY, "break")


def test_asking_for_a_break_while_ringing_waits_where_refusing_is_not_allowed() -> None:
    centre = Centre(a_routing(a_queue(SALES, agent_may_refuse=False)))
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert only(centre.wants(ANNA, Intent.NOT_READY, "break"), AgentNextAsked).reason == "break"
    assert centre.phase("c1") is Phase.OFFERED


def test_asking_for_a_break_after_picking_up_does_not_break_the_call() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    # Given she picked up and the media is being joined
    centre.picks_up(ANNA)
    # When she asks for a break in that moment
    events = centre.wants(ANNA, Intent.NOT_READY, "break")
    # Then it is kept for after the call
    assert kinds(events) == ["AgentNextAsked"]
    assert centre.phase("c1") is Phase.JOINING


def test_a_break_asked_for_while_ringing_holds_when_the_caller_gives_up() -> None:
    centre = Centre(a_routing(a_queue(SALES, agent_may_refuse=False)))
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    changed = only(centre.hangs_up("c1"), AgentIntentChanged)
    assert (changed.intent, changed.reason) == (Intent.NOT_READY, "break")


def test_ready_takes_back_a_break_asked_for_while_ringing() -> None:
    centre = Centre(a_routing(a_queue(SALES, agent_may_refuse=False)))
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.wants(ANNA, Intent.READY)
    centre.hangs_up("c1")
    assert centre.agent(ANNA).intent is Intent.READY


def test_a_refused_device_is_silenced() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    leg = centre.offer_to(ANNA).leg
    centre.refuses(ANNA)
    assert centre.commands[-1] == DropLeg(leg=leg)


def test_a_caller_whose_joining_failed_hears_music_again() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.picks_up(ANNA)
    # Given the music was stopped for the joining
    accepted = only(centre.journal, OfferAccepted)
    # When the bridge refuses
    centre.say(JoinFailed(at=at(1), contact=accepted.contact, leg=accepted.leg))
    # Then the agent's leg ends, and the caller is back on music
    assert centre.commands[-2:] == [
        DropLeg(leg=accepted.leg),
        HoldCustomer(contact=accepted.contact, leg=accepted.customer_leg),
    ]


def test_the_end_of_a_leg_told_twice_counts_once() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    leg = centre.offer_to(ANNA).leg
    centre.leg_ends(ANNA, LegCause.REJECTED)
    assert centre.say(LegEnded(at=at(0), leg=leg, cause=LegCause.REJECTED)) == []


def test_acd_13_a_device_that_registers_anew_while_ringing_has_missed_nothing() -> None:
    """https://github.com/OpenACD/OpenACD/issues/6
    https://github.com/versatica/JsSIP/issues/929
    """
    centre = Centre()
    centre.signs_in(ANNA, device=DeviceKind.PHONE)
    centre.calls("c1")
    centre.device(ANNA, registered=False)
    centre.device(ANNA, registered=True)
    assert centre.agent(ANNA).intent is Intent.READY
    assert kinds(centre.answers(ANNA))[-1] == "ContactConnected"


def test_acd_10_a_deadline_of_the_caller_does_not_cut_a_ringing_offer() -> None:
    """The maximum wait ended while an agent rang: done, undone, done (FreeSWITCH ticket 10237)."""
    centre = Centre(a_routing(a_queue(SALES, ring=Millis(60_000))))
    centre.signs_in(ANNA)
    centre.calls("c1")
    offer = centre.offer_to(ANNA).offer
    # When announcements fall due while the device rings
    centre.wait(59)
    # Then the same offer still stands
    assert centre.agent(ANNA).offer == offer


def test_a_browser_that_loses_its_connection_while_ringing_rings_anew_when_it_is_back() -> None:
    centre = Centre()
    # Given a browser that rings: its SIP goes over one connection, and an answer would too
    centre.signs_in(ANNA)
    first = only(centre.calls("c1"), OfferMade)
    # When that connection is lost
    ended = only(centre.device(ANNA, registered=False), OfferEnded)
    # Then the caller waits on, and it is no miss: back again, the agent is offered the call
    assert (ended.offer, ended.outcome) == (first.offer, OfferOutcome.AGENT_LEFT)
    assert centre.phase("c1") is Phase.WAITING
    assert only(centre.device(ANNA, registered=True), OfferMade).agent == ANNA
