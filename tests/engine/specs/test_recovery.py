"""The agent's page reloads or its leg is lost: the customer is kept, and served all the same."""

import pytest

from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.commands import (
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PlayPrompts,
    RingAgent,
    StopPrompts,
)
from lianxi.engine.messages.events import AgentLegAsked, AgentLegLost, ContactQueued, OfferMade
from lianxi.engine.messages.inputs import JoinFailed, LegAnswered, LegEnded, PlaybackEnded
from lianxi.engine.messages.values import Activity, Intent, LegCause, Phase
from lianxi.kernel.ids import ContactId, LegId
from tests.builders.centre import ANNA, BEN, Centre, at, kinds, only

pytestmark = pytest.mark.unit

C1 = ContactId("c1")
CUSTOMER = LegId("c1-leg")


def reloaded() -> Centre:
    """A page reloads in mid-call."""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.reloads(ANNA)
    return centre


def new_leg(centre: Centre) -> LegId:
    """The leg that is being made."""
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    return leg


def answers_new_leg(centre: Centre) -> list[str]:
    """The page picks up the new leg."""
    return kinds(centre.say(LegAnswered(at=at(centre.now), leg=new_leg(centre))))


def test_a_reload_keeps_the_customer_for_fifteen_seconds() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    lost = only(centre.reloads(ANNA), AgentLegLost)
    assert (lost.until, lost.prompts) == (at(15), ("restoring_call",))
    assert centre.phase("c1") is Phase.RECOVERING


def test_the_customer_is_taken_out_and_told() -> None:
    centre = reloaded()
    lost = only(centre.journal, AgentLegLost)
    assert lost.agent_leg is not None
    assert centre.commands[-3:] == [
        DropLeg(leg=lost.agent_leg),
        HoldCustomer(contact=C1, leg=CUSTOMER),
        PlayPrompts(contact=C1, leg=CUSTOMER, playback=lost.playback, prompts=lost.prompts),
    ]


def test_a_lost_leg_and_the_word_of_the_page_are_one_loss() -> None:
    centre = reloaded()
    lost = only(centre.journal, AgentLegLost)
    assert lost.agent_leg is not None
    assert centre.say(LegEnded(at=at(1), leg=lost.agent_leg, cause=LegCause.GONE)) == []


def test_the_page_that_is_back_gets_a_new_leg_to_be_answered_at_once() -> None:
    centre = reloaded()
    centre.device(ANNA, registered=True)
    asked = only(centre.asks_leg(ANNA), AgentLegAsked)
    ring = centre.commands[-1]
    assert isinstance(ring, RingAgent)
    assert (ring.leg, ring.offer) == (asked.leg, None)


def test_the_new_leg_asked_for_twice_is_made_once() -> None:
    centre = reloaded()
    centre.asks_leg(ANNA)
    assert centre.asks_leg(ANNA) == []


def test_the_conversation_goes_on_over_the_new_leg() -> None:
    centre = reloaded()
    assert kinds(centre.comes_back(ANNA)) == [
        "AgentLegAsked",
        "PromptEnded",
        "AgentLegAnswered",
        "AgentLegRestored",
    ]
    assert centre.phase("c1") is Phase.TALKING
    assert centre.wait(60) == []


def test_the_customer_is_spoken_to_no_more_when_the_legs_are_joined() -> None:
    centre = reloaded()
    playing = centre.contact("c1").playback
    assert playing is not None
    centre.asks_leg(ANNA)
    answers_new_leg(centre)
    assert centre.commands[-2:] == [
        StopPrompts(contact=C1, playback=playing),
        JoinLegs(contact=C1, customer_leg=CUSTOMER, leg=new_leg(centre)),
    ]


def test_a_new_leg_answered_twice_is_joined_once() -> None:
    centre = reloaded()
    centre.asks_leg(ANNA)
    answers_new_leg(centre)
    assert answers_new_leg(centre) == []


def test_a_held_customer_is_talked_to_again_after_the_reload() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centre.now = 10
    centre.reloads(ANNA)
    assert (centre.contact("c1").held, centre.contact("c1").held_since) == (10_000, None)
    centre.comes_back(ANNA)
    assert centre.phase("c1") is Phase.TALKING


def test_a_new_leg_that_failed_may_be_asked_for_again() -> None:
    centre = reloaded()
    centre.asks_leg(ANNA)
    failed = new_leg(centre)
    ended = LegEnded(at=at(1), leg=failed, cause=LegCause.UNREACHABLE)
    assert kinds(centre.say(ended)) == ["AgentLegFailed"]
    assert only(centre.asks_leg(ANNA), AgentLegAsked).leg != failed


def test_a_second_reload_while_the_new_leg_rings_may_ask_at_once() -> None:
    centre = reloaded()
    centre.asks_leg(ANNA)
    ringing = new_leg(centre)
    # When the page reloads again before it answered
    assert kinds(centre.reloads(ANNA)) == ["AgentLegFailed"]
    assert centre.commands[-1] == DropLeg(leg=ringing)
    # Then it need not wait for the old leg to end
    assert kinds(centre.asks_leg(ANNA)) == ["AgentLegAsked"]


def test_a_failed_joining_of_the_new_leg_puts_the_customer_back_on_music() -> None:
    centre = reloaded()
    centre.asks_leg(ANNA)
    answers_new_leg(centre)
    leg = new_leg(centre)
    centre.say(JoinFailed(at=at(2), contact=C1, leg=leg))
    assert centre.commands[-2:] == [DropLeg(leg=leg), HoldCustomer(contact=C1, leg=CUSTOMER)]


def test_not_back_in_fifteen_seconds_puts_the_customer_first_in_line() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    centre.reloads(ANNA)
    events = centre.wait(15)
    assert only(events, ContactQueued).recovered is True
    assert centre.in_line()[0] == centre.contact("c1").entry


def test_not_back_in_fifteen_seconds_makes_the_agent_not_ready() -> None:
    centre = reloaded()
    changed = only(centre.wait(15), AgentIntentChanged)
    assert (changed.intent, changed.reason) == (Intent.NOT_READY, "lost")
    assert centre.agent(ANNA).activity is Activity.IDLE


def test_a_recovered_customer_goes_to_the_next_agent_before_all_others() -> None:
    centre = reloaded()
    centre.calls("c2")
    centre.wait(15)
    centre.signs_in(BEN)
    assert centre.offer_to(BEN).contact == "c1"


def test_a_new_leg_still_ringing_when_the_time_is_over_is_ended() -> None:
    centre = reloaded()
    centre.asks_leg(ANNA)
    leg = new_leg(centre)
    centre.wait(15)
    assert DropLeg(leg=leg) in centre.commands
    assert centre.state.legs == {}
    assert centre.say(LegAnswered(at=at(15), leg=leg)) == []


def test_a_recovered_customer_is_told_the_place_although_the_last_words_never_ended() -> None:
    centre = reloaded()
    centre.wait(15)
    assert centre.contact("c1").playback is None


def test_acd_29_a_customer_who_comes_back_to_the_queue_keeps_the_time_of_entering() -> None:
    """https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/issues/9902"""
    centre = Centre()
    centre.now = 7
    centre.talk(ANNA, "c1")
    centre.now = 100
    centre.reloads(ANNA)
    assert only(centre.wait(15), ContactQueued).since == at(7)


def test_acd_19_a_leg_found_missing_ends_the_conversation_for_the_agent() -> None:
    """https://github.com/OpenSIPS/opensips/issues/2530
    https://github.com/OpenSIPS/opensips/issues/3123
    """
    centre = Centre()
    centre.talk(ANNA, "c1")
    # When the reconciler finds both legs gone
    centre.leg_ends(ANNA, LegCause.GONE)
    centre.hangs_up("c1", LegCause.GONE)
    # Then the agent is not in a call for ever
    assert centre.agent(ANNA).activity is Activity.WRAPPING


def test_a_reload_while_ringing_gives_the_caller_to_the_next_agent() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.calls("c1")
    assert only(centre.reloads(ANNA), OfferMade).agent == BEN


def test_a_reload_while_idle_keeps_the_agent_ready_for_the_device_to_come_back() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.reloads(ANNA)
    centre.calls("c1")
    assert only(centre.device(ANNA, registered=True), OfferMade).contact == "c1"
    assert centre.agent(ANNA).intent is Intent.READY


def test_the_agent_may_hang_up_while_the_leg_is_away() -> None:
    centre = reloaded()
    assert kinds(centre.ends(ANNA, "c1")) == ["ContactEnded", "WrapUpBegan"]


def test_the_last_words_told_to_be_over_after_the_end_change_nothing() -> None:
    centre = reloaded()
    playing = centre.contact("c1").playback
    assert playing is not None
    centre.hangs_up("c1")
    assert centre.say(PlaybackEnded(at=at(1), contact=C1, playback=playing)) == []
