"""The customer hangs up: in the flow, waiting, ringing, joining, talking, on hold, recovering."""

import pytest

from lianxi.engine.messages.agent_events import WrapUpBegan
from lianxi.engine.messages.commands import CloseContact, DropLeg, RingAgent
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
    EntryEnded,
    OfferEnded,
    StepLeft,
)
from lianxi.engine.messages.inputs import ContactGone, LegAnswered
from lianxi.engine.messages.values import (
    Activity,
    EntryOutcome,
    Intent,
    LegCause,
    OfferOutcome,
    Party,
    Phase,
    StepOutcome,
)
from lianxi.kernel.ids import ContactId, LegId
from tests.builders.centre import ANNA, BEN, Centre, at, kinds, only

pytestmark = pytest.mark.unit


def test_gone_in_the_flow_leaves_the_step_and_ends_the_contact() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    events = centre.hangs_up("c1")
    assert kinds(events) == ["StepLeft", "ContactEnded"]
    assert only(events, StepLeft).outcome is StepOutcome.CALLER_GONE
    assert only(events, ContactEnded).by is Party.CUSTOMER


def test_gone_in_the_menu_leaves_no_deadline_behind() -> None:
    centre = Centre()
    centre.calls("c1", "4001")
    centre.hears_all("c1")
    centre.hears_all("c1")
    assert centre.engine.next_deadline() is not None
    centre.hangs_up("c1")
    assert centre.engine.next_deadline() is None


def test_acd_39_gone_while_waiting_is_an_abandon_with_its_wait() -> None:
    """https://github.com/IssabelFoundation/callcenter/issues/41"""
    centre = Centre()
    centre.signs_in(ANNA, ready=False)
    centre.calls("c1")
    centre.now = 12
    events = centre.hangs_up("c1")
    assert kinds(events) == ["EntryEnded", "ContactEnded"]
    left = only(events, EntryEnded)
    assert (left.outcome, left.waited, left.ringing) == (EntryOutcome.ABANDONED, 12_000, False)


def test_acd_03_gone_while_ringing_cancels_the_leg_and_is_no_miss() -> None:
    """https://github.com/signalwire/freeswitch/issues/2529
    https://github.com/jambonz/jambonz-feature-server/issues/737
    """
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    leg = centre.offer_to(ANNA).leg
    # When the caller hangs up while the device rings
    events = centre.hangs_up("c1")
    # Then the offer says why, the leg is ended, and the agent is still ready
    assert only(events, OfferEnded).outcome is OfferOutcome.CALLER_GONE
    assert only(events, EntryEnded).ringing is True
    assert DropLeg(leg=leg) in centre.commands
    assert centre.agent(ANNA).intent is Intent.READY


def test_acd_04_a_caller_who_gave_up_is_offered_to_nobody() -> None:
    """An agent who signed in later got the ghost of an abandoned call (Kazoo, acdc to-do list)."""
    centre = Centre()
    centre.calls("c1")
    centre.hangs_up("c1")
    centre.signs_in(ANNA)
    assert not any(isinstance(command, RingAgent) for command in centre.commands)


def test_gone_while_joining_is_an_abandon() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.picks_up(ANNA)
    events = centre.hangs_up("c1")
    assert kinds(events) == ["OfferEnded", "EntryEnded", "ContactEnded"]
    assert only(events, EntryEnded).outcome is EntryOutcome.ABANDONED


def test_gone_while_talking_begins_wrap_up_in_the_same_step() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    events = centre.hangs_up("c1")
    assert kinds(events) == ["ContactEnded", "WrapUpBegan"]
    assert only(events, WrapUpBegan).agent == ANNA


def test_gone_on_hold_ends_the_hold() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centre.now = 30
    centre.hangs_up("c1")
    assert (centre.contact("c1").held, centre.contact("c1").held_since) == (30_000, None)


def test_gone_while_recovering_begins_wrap_up_for_the_agent_who_is_away() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.leg_ends(ANNA)
    assert centre.phase("c1") is Phase.RECOVERING
    assert kinds(centre.hangs_up("c1")) == ["ContactEnded", "WrapUpBegan"]
    assert centre.agent(ANNA).activity is Activity.WRAPPING


def test_gone_while_a_new_leg_is_made_ends_that_leg_too() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.reloads(ANNA)
    centre.asks_leg(ANNA)
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    centre.hangs_up("c1")
    assert centre.commands[-1] == DropLeg(leg=leg)


def test_what_is_left_at_the_switch_is_closed() -> None:
    centre = Centre()
    centre.calls("c1")
    centre.hangs_up("c1")
    assert centre.commands[-1] == CloseContact(contact=ContactId("c1"), leg=LegId("c1-leg"))


def test_acd_38_the_end_told_twice_counts_once() -> None:
    """https://github.com/asterisk/asterisk/issues/1736"""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    assert centre.hangs_up("c1", LegCause.GONE) == []


def test_acd_38_an_arrival_told_twice_counts_once() -> None:
    """https://github.com/asterisk/asterisk/issues/1736"""
    centre = Centre()
    centre.calls("c1")
    assert centre.calls("c1") == []


def test_acd_38_an_arrival_told_again_after_the_end_is_no_new_caller() -> None:
    """https://github.com/asterisk/asterisk/issues/1736"""
    centre = Centre()
    centre.calls("c1")
    centre.hangs_up("c1")
    assert centre.calls("c1") == []
    assert len(centre.facts(ContactBegan)) == 1


def test_a_stranger_who_is_gone_changes_nothing() -> None:
    centre = Centre()
    stranger = ContactGone(at=at(0), contact=ContactId("nobody"), cause=LegCause.NORMAL)
    assert centre.say(stranger) == []


def test_an_answer_after_the_caller_is_gone_changes_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    leg = centre.offer_to(ANNA).leg
    centre.hangs_up("c1")
    assert centre.say(LegAnswered(at=at(0), leg=leg)) == []


def test_acd_40_contact_stay_and_offer_are_counted_apart() -> None:
    """One record per attempt made one call look like two (documentation of a vendor)."""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    # Given a call that one agent missed and another answered
    centre.calls("c1")
    centre.wait(20)
    centre.answers(BEN)
    # Then it is one contact, one stay in the queue and two offers
    assert len(centre.facts(ContactBegan)) == 1
    assert len(centre.facts(ContactQueued)) == len(centre.facts(ContactConnected)) == 1
    assert [e.outcome for e in centre.facts(OfferEnded)] == [OfferOutcome.NO_ANSWER]
    assert only(centre.journal, ContactConnected).agent == BEN


def test_acd_39_every_stay_in_a_queue_has_exactly_one_outcome() -> None:
    """https://github.com/microsoftgraph/microsoft-graph-docs/issues/17984"""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.calls("c2")
    centre.calls("c3")
    centre.hangs_up("c2")
    # Then entered = answered + abandoned + still waiting
    assert only(centre.journal, ContactConnected).contact == "c1"
    assert only(centre.journal, EntryEnded).outcome is EntryOutcome.ABANDONED
    assert len(centre.facts(ContactQueued)) == 2 + len(centre.state.entries)
