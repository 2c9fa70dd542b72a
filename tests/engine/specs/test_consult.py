"""Consulting: a word aside while the customer hears music, and what it may lead to."""

import pytest

from lianxi.engine.messages.agent_events import AgentReleased, WrapUpBegan
from lianxi.engine.messages.agent_inputs import HangUpAsked, HoldAsked, TransferAsked
from lianxi.engine.messages.commands import CloseContact, DropLeg, RingAgent
from lianxi.engine.messages.events import AgentLegLost, ContactEnded, ContactQueued, OfferMade
from lianxi.engine.messages.parties import (
    CallParty,
    ConsultCompleted,
    ConsultSwapAsked,
    ContactHandedOver,
    PartyAsked,
    PartyLeft,
    PartyRang,
)
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import Activity, DeviceKind, Intent, LegCause, Phase, Talk
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, at, only
from tests.builders.parties import C1, FRIEND, anna_talks

pytestmark = pytest.mark.unit


def test_the_customer_hears_music_while_a_colleague_is_rung() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    # Then Ben is rung, with the customer's number, and not as an offer
    ring = [c for c in centre.commands if isinstance(c, RingAgent)][-1]
    assert (ring.agent, ring.offer, ring.is_party) == (BEN, None, True)
    assert ring.caller == "13800138000"
    assert centre.hears() == (set(), {ANNA}, {"customer"})


def test_both_speak_aside_once_the_colleague_answers() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    assert len([e for e in centre.party_rings() if isinstance(e, PartyRang)]) == 1
    assert centre.party_rings() == []
    centre.party_answers()
    assert centre.hears() == (set(), {ANNA, BEN}, {"customer"})
    assert centre.contact("c1").talk is Talk.ASIDE
    # And nothing changes by hearing it again
    assert centre.party_answers() == []


def test_who_is_rung_for_a_word_gets_no_offer_meanwhile() -> None:
    centre = anna_talks()
    centre.signs_out(CLEO)
    centre.consults(BEN)
    centre.comes("c2")
    assert centre.rung("c2") == []
    assert centre.agent(BEN).activity is Activity.OFFERED
    centre.party_answers()
    assert centre.agent(BEN).activity is Activity.TALKING
    # When the consult is over he is free at once, without after-call work, and gets the call
    events = centre.goes_back()
    assert not [e for e in events if isinstance(e, WrapUpBegan | AgentReleased)]
    assert only(events, OfferMade).agent == BEN


def test_swapping_goes_to_and_fro() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    assert centre.refused(ConsultSwapAsked(at=at(20), agent=ANNA, contact=C1)) == "party_not_there"
    centre.party_answers()
    centre.swaps()
    assert centre.hears() == ({"customer", ANNA}, set(), {BEN})
    centre.swaps()
    assert centre.hears() == (set(), {ANNA, BEN}, {"customer"})


@pytest.mark.parametrize(
    "cause", [LegCause.BUSY, LegCause.REJECTED, LegCause.UNREACHABLE, LegCause.NO_ANSWER]
)
def test_a_target_that_does_not_come_brings_the_customer_back(cause: LegCause) -> None:
    centre = anna_talks()
    centre.consults(BEN)
    assert only(centre.party_ends(cause), PartyLeft).cause is cause
    assert centre.hears() == ({"customer", ANNA}, set(), set())
    assert centre.contact("c1").talk is Talk.PLAIN
    assert centre.agent(BEN).activity is Activity.IDLE


def test_a_target_that_never_answers_is_given_up_after_the_ring_time() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.wait(19.9)
    assert centre.contact("c1").parties
    left = only(centre.wait(0.1), PartyLeft)
    assert left.cause is LegCause.NO_ANSWER
    assert DropLeg(leg=left.leg) in centre.commands
    assert centre.hears() == ({"customer", ANNA}, set(), set())


def test_completing_hands_the_customer_over() -> None:
    centre = anna_talks()
    anna_leg = centre.contact("c1").agent_leg
    assert anna_leg is not None
    centre.consults(BEN)
    centre.party_answers()
    events = centre.hands_over(reason="knows more")
    # Then Ben has the customer, Anna has after-call work, and her leg is gone
    over = only(events, ContactHandedOver)
    assert (over.agent, over.to_agent, over.reason, over.hops) == (ANNA, BEN, "knows more", 1)
    assert centre.hears() == ({"customer", BEN}, set(), set())
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    assert DropLeg(leg=anna_leg) in centre.commands
    # And Ben has after-call work of his own when it ends
    ended = centre.hangs_up("c1")
    assert only(ended, WrapUpBegan).agent == BEN
    assert only(ended, ContactEnded).contact == "c1"


def test_completing_waits_until_somebody_is_there() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    wish = ConsultCompleted(at=at(20), agent=ANNA, contact=C1)
    assert centre.refused(wish) == "party_not_there"
    centre.goes_back()
    assert centre.refused(wish) == "no_consult"


def test_a_number_outside_is_shown_ours() -> None:
    centre = anna_talks()
    centre.consults(FRIEND)
    call = [c for c in centre.commands if isinstance(c, CallParty)][-1]
    assert (call.number, call.caller, call.ring) == (FRIEND, "1001", 30_000)
    centre.party_answers()
    assert centre.hears() == (set(), {ANNA, FRIEND}, {"customer"})


def test_handed_over_to_a_number_the_customer_talks_on_without_us() -> None:
    centre = anna_talks()
    centre.consults(FRIEND)
    centre.party_answers()
    centre.hands_over()
    assert centre.phase("c1") is Phase.OUTSIDE
    assert centre.hears() == ({"customer", FRIEND}, set(), set())
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    # When the party outside hangs up, the contact is over
    only(centre.party_ends(), ContactEnded)
    assert [c for c in centre.commands if isinstance(c, CloseContact)]


def test_the_best_free_agent_of_a_queue_is_rung() -> None:
    centre = anna_talks()
    # Given Ben has been idle for longer than Cleo
    assert only(centre.consults(SERVICE), PartyAsked).agent == BEN


def test_what_cannot_be_called_is_refused() -> None:
    centre = anna_talks()
    assert centre.refused(centre.consult(ANNA)) == "transfer_to_self"
    assert centre.refused(centre.consult("")) == "number_invalid"
    assert centre.refused(centre.consult("139@evil/x")) == "number_invalid"
    centre.comes("c2")
    centre.joins(BEN)
    assert centre.refused(centre.consult(BEN)) == "agent_not_free"
    centre.wants(CLEO, Intent.NOT_READY, "break")
    assert centre.refused(centre.consult(SERVICE)) == "nobody_free"
    # But who is on a break may be asked for by name
    assert centre.refused(centre.consult(CLEO)) is None
    centre.signs_out(CLEO)
    assert centre.refused(centre.consult(CLEO)) == "transfer_target_unknown"
    assert centre.refused(centre.consult(FRIEND, BEN)) == "not_your_contact"


def test_what_would_leave_somebody_on_music_is_refused() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    now = at(20)
    hand_on = TransferAsked(at=now, agent=ANNA, contact=C1, to=Destination(queue=SALES))
    assert centre.refused(HangUpAsked(at=now, agent=ANNA, contact=C1)) == "consult_open"
    assert centre.refused(HoldAsked(at=now, agent=ANNA, contact=C1)) == "parties_there"
    assert centre.refused(hand_on) == "parties_there"
    assert centre.refused(centre.consult(CLEO)) == "parties_there"


def test_a_consult_may_begin_on_hold_and_ends_in_the_conversation() -> None:
    centre = anna_talks()
    centre.holds(ANNA, "c1")
    centre.consults(BEN)
    assert centre.phase("c1") is Phase.TALKING
    assert centre.state.timers.armed("recall:c1") is None
    centre.goes_back()
    assert centre.hears() == ({"customer", ANNA}, set(), set())


def test_a_customer_who_hangs_up_frees_both() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    events = centre.hangs_up("c1")
    assert only(events, WrapUpBegan).agent == ANNA
    assert centre.agent(BEN).activity is Activity.IDLE
    assert DropLeg(leg=centre.party()) in centre.commands


def test_the_colleague_hangs_up_and_the_customer_comes_back() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    centre.ends(BEN, "c1")
    assert centre.hears() == ({"customer", ANNA}, set(), set())
    assert centre.agent(BEN).activity is Activity.IDLE


def test_a_page_that_vanishes_in_a_consult_keeps_the_customer() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    events = centre.reloads(ANNA)
    assert only(events, PartyLeft).agent == BEN
    only(events, AgentLegLost)
    centre.signs_in(ANNA, ready=False)
    centre.comes_back(ANNA)
    assert centre.phase("c1") is Phase.TALKING


def test_the_colleague_s_page_vanishes_and_the_customer_is_untouched() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    events = centre.reloads(BEN)
    assert not [e for e in events if isinstance(e, AgentLegLost)]
    assert centre.hears() == ({"customer", ANNA}, set(), set())


def test_a_colleague_who_signs_out_while_being_rung_is_let_go() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.signs_out(BEN)
    assert BEN not in centre.state.agents
    assert centre.hears() == ({"customer", ANNA}, set(), set())


def test_a_desk_phone_hung_up_hands_over_to_who_talks() -> None:
    centre = anna_talks(device=DeviceKind.PHONE)
    centre.consults(BEN)
    centre.party_answers()
    events = centre.leg_ends(ANNA)
    assert only(events, ContactHandedOver).to_agent == BEN
    assert centre.hears() == ({"customer", BEN}, set(), set())


def test_a_desk_phone_hung_up_while_it_rings_loses_nobody() -> None:
    centre = anna_talks(device=DeviceKind.PHONE)
    centre.consults(BEN)
    queued = only(centre.leg_ends(ANNA), ContactQueued)
    # Then the customer is first in line, with the age kept, and the party is rung no more
    assert (queued.recovered, queued.since) == (True, at(0))
    assert DropLeg(leg=centre.party()) in centre.commands
    assert len(centre.rung("c1")) == 1
