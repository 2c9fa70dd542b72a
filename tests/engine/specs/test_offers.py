"""Who is offered whom, and when a contact counts as answered."""

import pytest

from lianxi.engine.messages.commands import DropLeg, JoinLegs, RingAgent
from lianxi.engine.messages.events import (
    ContactConnected,
    OfferEnded,
    OfferMade,
    OfferRang,
)
from lianxi.engine.messages.inputs import LegAnswered, LegJoined
from lianxi.engine.messages.values import Activity, Intent, OfferOutcome, Phase
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Millis
from tests.builders.centre import (
    ANNA,
    BEN,
    CLEO,
    OPERATOR,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)

pytestmark = pytest.mark.unit


def test_a_waiting_caller_is_offered_to_an_agent_who_becomes_ready() -> None:
    centre = Centre()
    # Given a waiting caller and an agent at the desk
    centre.calls("c1")
    centre.signs_in(ANNA, ready=False)
    # When the agent becomes ready
    offer = only(centre.wants(ANNA, Intent.READY), OfferMade)
    # Then the offer is hers for twenty seconds
    assert (offer.contact, offer.agent, offer.expires_at) == ("c1", ANNA, at(20))


def test_a_caller_is_offered_to_a_ready_agent_in_the_step_of_the_arrival() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert only(centre.calls("c1"), OfferMade).agent == ANNA


def test_the_queue_says_how_long_a_device_rings() -> None:
    centre = Centre(a_routing(a_queue(SALES, ring=Millis(35_000))))
    centre.signs_in(ANNA)
    assert only(centre.calls("c1"), OfferMade).expires_at == at(35)


def test_acd_01_an_agent_of_two_queues_holds_one_offer() -> None:
    """https://github.com/OpenACD/OpenACD/issues/5"""
    centre = Centre()
    # Given callers in two queues that the same agent serves
    for name, digit in (("c1", "1"), ("c2", "2")):
        centre.calls(name, "4001")
        centre.presses_after_greeting(name, digit)
    assert [centre.contact(name).queue for name in ("c1", "c2")] == [SALES, SERVICE]
    # When the agent becomes ready
    centre.signs_in(ANNA)
    # Then one of them rings and the other waits on
    assert [offer.contact for offer in centre.state.offers.values()] == ["c1"]
    assert centre.phase("c2") is Phase.WAITING


def test_acd_02_every_way_an_offer_ends_releases_the_agent() -> None:
    """https://github.com/signalwire/freeswitch/issues/2540"""
    centre = Centre()
    centre.signs_in(ANNA)
    for name in ("c1", "c2", "c3"):
        # Given an offer that comes to nothing
        centre.calls(name)
        centre.hangs_up(name)
        # Then the agent is free at once and no deadline is left over
        assert centre.agent(ANNA).activity is Activity.IDLE
        assert ANNA in centre.free()
    assert centre.state.timers.as_dict() == {}


def test_acd_02_a_reservation_nobody_ends_is_ended_by_its_deadline() -> None:
    """https://github.com/signalwire/freeswitch/issues/2540"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.wait(20)
    assert (centre.state.offers, centre.agent(ANNA).offer) == ({}, None)


def test_acd_05_the_second_answer_of_one_call_changes_nothing() -> None:
    """https://github.com/asterisk/asterisk/issues/176
    https://github.com/chatwoot/chatwoot/issues/14332
    """
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    # Given a call that rang at one agent without an answer and is answered by the next
    centre.calls("c1")
    late = centre.offer_to(ANNA).leg
    centre.wait(20)
    centre.answers(BEN)
    # When the first device is picked up after all
    events = centre.say(LegAnswered(at=at(20), leg=late))
    # Then the conversation stays where it is, and the late leg was ended before
    assert events == []
    assert centre.contact("c1").agent == BEN
    assert DropLeg(leg=late) in centre.commands


def test_acd_05_an_answer_told_twice_joins_once() -> None:
    """https://github.com/asterisk/asterisk/issues/176"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.picks_up(ANNA)
    assert centre.picks_up(ANNA) == []
    assert len([c for c in centre.commands if isinstance(c, JoinLegs)]) == 1


def test_acd_06_a_call_whose_agent_drops_while_joining_is_first_in_line_again() -> None:
    """https://github.com/asterisk/asterisk/issues/1557"""
    centre = Centre()
    centre.signs_in(ANNA)
    # Given the longest waiting caller was picked up, and another came later
    centre.calls("c1")
    centre.now = 5
    centre.calls("c2")
    centre.picks_up(ANNA)
    # When the agent's leg drops before they hear each other and a colleague becomes ready
    centre.leg_ends(ANNA)
    centre.signs_in(BEN)
    # Then the colleague is offered the one who waited longest
    assert centre.offer_to(BEN).contact == "c1"


def test_acd_07_answered_counts_only_once_the_media_is_joined() -> None:
    """https://github.com/signalwire/freeswitch/issues/1973
    https://github.com/signalwire/freeswitch/issues/1974
    """
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    # When the agent picks up
    assert kinds(centre.picks_up(ANNA)) == ["OfferAccepted"]
    assert centre.phase("c1") is Phase.JOINING
    # Then it is answered only with the joined media
    leg = centre.offer_to(ANNA).leg
    events = centre.say(LegJoined(at=at(2), contact=ContactId("c1"), leg=leg))
    assert kinds(events) == ["ContactConnected"]
    assert only(events, ContactConnected).waited == 2_000


def test_acd_07_a_join_that_never_happens_gives_the_caller_back_to_the_line() -> None:
    """https://github.com/signalwire/freeswitch/issues/1973"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.picks_up(ANNA)
    # When the switch does not say "joined" within five seconds
    ended = only(centre.wait(5), OfferEnded)
    # Then the caller waits again
    assert ended.outcome is OfferOutcome.JOIN_FAILED
    assert centre.phase("c1") is Phase.WAITING


def test_acd_16_a_device_that_rings_is_not_shown_as_free() -> None:
    """https://github.com/asterisk/asterisk/issues/1377"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert centre.agent(ANNA).activity is Activity.OFFERED
    assert centre.free() == set()


def test_acd_23_one_order_over_all_queues() -> None:
    """https://github.com/asterisk/asterisk/issues/108
    https://github.com/asterisk/asterisk/issues/1637
    """
    queues = (a_queue(SALES), a_queue(SERVICE, priority=1), a_queue(OPERATOR))
    centre = Centre(a_routing(*queues))
    # Given three callers in three queues, one queue with a higher priority
    for seconds, name, digit in ((0, "c1", "1"), (1, "c2", "0"), (2, "c3", "2")):
        centre.now = seconds
        centre.calls(name, "4001")
        centre.presses_after_greeting(name, digit)
    # When one agent after the other becomes ready
    for agent in (ANNA, BEN, CLEO):
        centre.signs_in(agent)
    # Then priority goes first, age decides the rest
    assert [offer.contact for offer in centre.facts(OfferMade)] == ["c3", "c1", "c2"]


def test_acd_24_a_queue_the_agent_does_not_serve_is_no_competitor() -> None:
    """https://github.com/asterisk/asterisk/issues/1561"""
    centre = Centre(
        a_routing(
            a_queue(SALES),
            a_queue(SERVICE, priority=9),
            a_queue(OPERATOR),
            agents={ANNA: (SALES,), BEN: (SERVICE,)},
        )
    )
    # Given a caller of a weightier queue waits before a caller of hers
    centre.calls("c1", "4001")
    centre.presses_after_greeting("c1", "2")
    centre.calls("c2")
    # When an agent who serves only the lighter queue becomes ready
    centre.signs_in(ANNA)
    # Then she is offered the caller she can serve
    assert centre.offer_to(ANNA).contact == "c2"


def test_acd_26_an_agent_who_cannot_be_reached_does_not_stop_the_others() -> None:
    """https://github.com/signalwire/freeswitch/issues/1216
    https://github.com/signalwire/freeswitch/issues/1221
    """
    centre = Centre()
    # Given the agent idle the longest has no registered device
    centre.signs_in(ANNA)
    centre.device(ANNA, registered=False)
    centre.now = 1
    centre.signs_in(BEN)
    # Then a call goes to the next one at once
    assert only(centre.calls("c1"), OfferMade).agent == BEN


def test_acd_27_the_agent_idle_the_longest_is_offered_first() -> None:
    """https://github.com/OpenSIPS/opensips/issues/2974"""
    centre = Centre()
    for seconds, agent in ((0, CLEO), (1, ANNA), (2, BEN)):
        centre.now = seconds
        centre.signs_in(agent)
    offered = [only(centre.calls(f"c{n}"), OfferMade).agent for n in range(3)]
    assert offered == [CLEO, ANNA, BEN]


def test_acd_27_idle_time_begins_at_the_end_of_wrap_up() -> None:
    """https://github.com/asterisk/asterisk/issues/1736"""
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.now = 10
    centre.talk(BEN, "c2")
    # Given Anna's talk ended first, Ben's wrap-up ended first
    centre.now = 20
    centre.hangs_up("c1")
    centre.now = 25
    centre.hangs_up("c2")
    centre.completes(BEN, "c2")
    centre.now = 40
    centre.completes(ANNA, "c1")
    # Then Ben is the one idle the longest
    assert only(centre.calls("c3"), OfferMade).agent == BEN


def test_an_offer_the_caller_ended_does_not_cost_the_agent_her_place() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.now = 1
    centre.signs_in(BEN)
    # Given the first offer ended because the caller hung up
    centre.calls("c1")
    centre.now = 5
    centre.hangs_up("c1")
    # Then the same agent is still the one idle the longest
    assert only(centre.calls("c2"), OfferMade).agent == ANNA


def test_ringing_is_noted_once() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert kinds(centre.rings(ANNA)) == ["OfferRang"]
    assert centre.rings(ANNA) == []
    assert len(centre.facts(OfferRang)) == 1


def test_the_device_is_told_who_calls() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    ring = next(c for c in centre.commands if isinstance(c, RingAgent))
    assert (ring.caller, ring.endpoint, ring.ring) == ("13800138000", "ag-8001", 20_000)


def test_acd_55_a_renamed_queue_keeps_its_agents_and_its_callers() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/2712
    https://github.com/fusionpbx/fusionpbx/issues/2736
    """
    centre = Centre()
    centre.calls("c1")
    # When the queue gets another name while a caller waits
    renamed = (a_queue(SALES, name="销售", name_en="Sell"), a_queue(SERVICE), a_queue(OPERATOR))
    centre.publishes(a_routing(*renamed))
    # Then an agent who serves it is offered that caller
    centre.signs_in(ANNA)
    assert centre.offer_to(ANNA).contact == "c1"


def test_acd_54_new_configuration_is_in_force_at_once_and_as_a_whole() -> None:
    """One queue of many vanished while a reload was half done (ticket 26755 of Asterisk)."""
    centre = Centre(a_routing(a_queue(SALES), agents={ANNA: (SERVICE,)}))
    # Given a caller whom the only agent does not serve
    centre.signs_in(ANNA)
    centre.calls("c1")
    assert centre.phase("c1") is Phase.WAITING
    # When the agent is set up for that queue
    events = centre.publishes(a_routing(a_queue(SALES), agents={ANNA: (SALES,)}))
    # Then the same step makes the offer
    assert kinds(events) == ["RoutingChanged", "OfferMade"]
