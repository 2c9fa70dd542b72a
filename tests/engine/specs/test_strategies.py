"""Whom of the free agents a queue rings, and what follows where all ring."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import OfferRefused
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.events import ContactConnected, OfferEnded, OfferMade
from lianxi.engine.messages.floor_events import AgentRests
from lianxi.engine.messages.inputs import LegAnswered, LegJoined
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import (
    Activity,
    Channel,
    Intent,
    LegCause,
    OfferOutcome,
    Phase,
    RingStrategy,
)
from lianxi.kernel.ids import AgentId, ContactId
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import VOICE_OR_CHATS, BusyCentre, a_floor, an_agent, at_level, everybody

pytestmark = pytest.mark.unit

LONGEST_IDLE, ROUND_ROBIN = RingStrategy.LONGEST_IDLE, RingStrategy.ROUND_ROBIN
RING_ALL = RingStrategy.RING_ALL


def rings_by(strategy: RingStrategy, **rules: object) -> Queue:
    return a_queue(SALES, strategy=strategy, **rules)


def staffed_by_three(queue: Queue) -> BusyCentre:
    """Cleo became ready first, then Anna, then Ben."""
    centre = BusyCentre(a_floor([queue], everybody(queue.id)))
    for agent in (CLEO, ANNA, BEN):
        centre.signs_in(agent)
        centre.now += 1
    return centre


def serves(centre: BusyCentre, name: str, seconds: float) -> AgentId:
    """One call from beginning to end of wrap-up; returns who had it."""
    agent = only(centre.comes(name), OfferMade).agent
    centre.joins(agent)
    centre.wait(seconds)
    centre.hangs_up(name)
    centre.completes(agent, name)
    return agent


def test_the_longest_idle_is_rung_and_then_stands_behind_the_others() -> None:
    centre = staffed_by_three(rings_by(LONGEST_IDLE))
    assert [serves(centre, f"c{n}", 10) for n in range(4)] == [CLEO, ANNA, BEN, CLEO]


def test_the_least_occupied_is_who_spent_the_smallest_share_of_the_time_on_calls() -> None:
    centre = staffed_by_three(rings_by(RingStrategy.LEAST_OCCUPIED))
    # Given nobody had a call: by number. Anna talks for 60 of her first 62 seconds
    assert serves(centre, "c0", 60) == ANNA
    # Then Ben, for 30 s of 91 at the desk; then Cleo, for 40 s of 133
    assert serves(centre, "c1", 30) == BEN
    assert serves(centre, "c2", 40) == CLEO
    # Then, as last set free: Cleo 40/133 = 0.30, Ben 30/91 = 0.33, Anna 60/62 = 0.97
    assert serves(centre, "c3", 1) == CLEO


def test_round_robin_goes_by_the_last_offer_taken_or_not() -> None:
    centre = staffed_by_three(rings_by(ROUND_ROBIN))
    # Given nobody was rung yet: by number
    assert only(centre.comes("c0"), OfferMade).agent == ANNA
    # When Anna's caller gives up at once, she had her turn nevertheless
    centre.hangs_up("c0")
    assert [serves(centre, f"c{n}", 5) for n in range(1, 5)] == [BEN, CLEO, ANNA, BEN]


def test_top_down_always_begins_with_the_first_of_the_list() -> None:
    centre = staffed_by_three(rings_by(RingStrategy.TOP_DOWN))
    assert [serves(centre, f"c{n}", 5) for n in range(2)] == [ANNA, ANNA]
    # Given Anna is busy, then the second of the list
    centre.comes("c2")
    assert only(centre.comes("c3"), OfferMade).agent == BEN


def test_the_most_skilled_is_rung_the_longest_idle_among_equals() -> None:
    staff = (at_level(ANNA, 5), at_level(BEN, 9), at_level(CLEO, 9))
    centre = BusyCentre(a_floor([rings_by(RingStrategy.MOST_SKILLED)], staff))
    for agent in (ANNA, CLEO, BEN):
        centre.signs_in(agent)
        centre.now += 1
    assert [serves(centre, f"c{n}", 5) for n in range(3)] == [CLEO, BEN, CLEO]
    # Given both of the high level are busy, then the other
    centre.comes("c3")
    centre.comes("c4")
    assert only(centre.comes("c5"), OfferMade).agent == ANNA


# --- ring all


def test_all_free_agents_are_rung_at_once_up_to_the_most_allowed() -> None:
    centre = staffed_by_three(rings_by(RING_ALL, ring_most=2))
    centre.comes("c1")
    # Then the two who are idle the longest, and the third is free for the next caller
    assert centre.rung("c1") == [CLEO, ANNA]
    assert only(centre.comes("c2"), OfferMade).agent == BEN


def test_the_first_to_answer_has_it_and_the_others_stop_ringing() -> None:
    centre = staffed_by_three(rings_by(RING_ALL))
    centre.comes("c1")
    legs = {a: centre.offer_to(a).leg for a in (ANNA, BEN, CLEO)}
    # When Ben answers
    centre.answers(BEN)
    # Then the others are free and ready, without a miss
    assert centre.contact("c1").agent == BEN
    for other in (ANNA, CLEO):
        assert DropLeg(leg=legs[other]) in centre.commands
        known = centre.agent(other)
        assert (known.intent, known.misses, known.is_resting) == (Intent.READY, 0, False)
        assert known.activity is Activity.IDLE
    outcomes = [(e.agent, e.outcome) for e in centre.facts(OfferEnded)]
    assert outcomes == [(CLEO, OfferOutcome.TAKEN), (ANNA, OfferOutcome.TAKEN)]


def test_acd_05_two_answers_at_one_moment_are_one_conversation_and_no_miss() -> None:
    """https://github.com/asterisk/asterisk/issues/176
    https://github.com/chatwoot/chatwoot/issues/14332
    """
    centre = staffed_by_three(rings_by(RING_ALL))
    centre.comes("c1")
    late = centre.offer_to(ANNA)
    centre.picks_up(BEN)
    # When the second device was picked up at the same moment, and its media even came about
    assert centre.say(LegAnswered(at=at(centre.now), leg=late.leg)) == []
    joined = LegJoined(at=at(centre.now), contact=ContactId("c1"), leg=late.leg)
    assert centre.say(joined) == []
    # Then it is one conversation, and the second hears why nothing came of the answer
    centre.joins(BEN)
    assert only(centre.journal, ContactConnected).agent == BEN
    asked = OfferRefused(at=at(centre.now), agent=ANNA, offer=late.offer)
    assert refusal(asked, centre.state) == "offer_over"
    assert centre.facts(AgentRests) == []
    assert centre.agent(ANNA).is_available()


def test_who_declines_where_all_ring_leaves_the_others_ringing() -> None:
    centre = staffed_by_three(rings_by(RING_ALL))
    centre.comes("c1")
    centre.refuses(ANNA)
    assert centre.rung("c1") == [CLEO, BEN]
    assert centre.phase("c1") is Phase.OFFERED
    # When nobody of the rest answers, the caller waits on where all have missed it
    centre.wait(20)
    assert centre.rung("c1") == []
    assert centre.phase("c1") is Phase.WAITING


def test_acd_06_the_winner_drops_and_everybody_is_rung_again() -> None:
    """https://github.com/asterisk/asterisk/issues/1557"""
    centre = staffed_by_three(rings_by(RING_ALL))
    centre.comes("c1")
    centre.comes("c2")
    centre.picks_up(BEN)
    # Given the others went on to the next caller
    assert centre.rung("c2") == [CLEO, ANNA]
    # When Ben's leg drops before they hear each other
    centre.leg_ends(BEN, LegCause.FAILED)
    centre.hangs_up("c2")
    # Then the first caller is offered at once to all who are free
    assert centre.rung("c1") == [CLEO, ANNA]


def test_ring_all_does_not_ring_one_who_becomes_free_meanwhile() -> None:
    """Rung are those who were free when the offer began; the others take the next caller."""
    centre = BusyCentre(a_floor([rings_by(RING_ALL)], everybody(SALES)))
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.signs_in(BEN)
    assert centre.rung("c1") == [ANNA]
    assert only(centre.comes("c2"), OfferMade).agent == BEN


def test_a_text_is_rung_at_all_and_taken_once() -> None:
    staff = tuple(an_agent(a, SERVICE, capacity=VOICE_OR_CHATS) for a in (ANNA, BEN))
    centre = BusyCentre(a_floor([a_queue(SERVICE, strategy=RING_ALL)], staff))
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.comes("chat", SERVICE, channel=Channel.CHAT)
    assert set(centre.rung("chat")) == {ANNA, BEN}
    centre.takes(BEN, "chat")
    # When Anna takes it a moment later
    late = centre.offered(ANNA, "chat")
    assert centre.takes(ANNA, "chat") == []
    assert refusal(centre.inputs[-1], centre.state) == "offer_over"
    assert late.offer not in centre.state.offers
    assert centre.contact("chat").agent == BEN
    assert centre.agent(ANNA).texts == {}
