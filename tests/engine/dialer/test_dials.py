"""From a record to a conversation, and every other way a dial ends."""

import pytest

from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.campaigns import DialMode, DialOutcome, DialProgress
from lianxi.engine.messages.commands import PlayPrompts
from lianxi.engine.messages.dialing import (
    DialAnswered,
    DialConnected,
    DialDropped,
    DialEnded,
    DialHandled,
    DialNumber,
    DialReassigned,
    DialStarted,
    DropDial,
)
from lianxi.engine.messages.events import ContactBegan, ContactConnected, ContactEnded, OfferMade
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.values import Channel, Intent
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, CLEO, at, kinds, only
from tests.engine.dialer.floor import Floor, a_campaign, a_record, earned

pytestmark = pytest.mark.unit


def test_a_free_agent_is_reserved_and_a_number_is_dialled() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    started = only(floor.loads(a_record(1)), DialStarted)
    assert (started.record, started.agent, started.attempt) == ("r1", ANNA, 1)
    assert floor.commands[-1] == DialNumber(
        dial=started.dial,
        contact=started.contact,
        leg=started.leg,
        number="13800000001",
        caller_number="4001",
        ring=Millis(25_000),
    )


def test_who_answers_becomes_a_contact_and_is_offered_to_the_agent_reserved_for_it() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.signs_in(BEN)
    # When the person picks up
    events = floor.answers_phone(1)
    # Then an outbound contact is offered to Anna in the same step
    began = only(events, ContactBegan)
    assert (began.channel, began.dialled, began.caller) == (Channel.OUTBOUND, "4001", "13800000001")
    assert only(events, OfferMade).agent == ANNA
    assert only(events, DialAnswered).connect_by == at(2)


def test_a_reserved_agent_gets_no_other_contact() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    # When a caller comes while the number rings
    floor.calls("c1")
    # Then the caller waits, and has Anna once the dial is over
    assert not floor.facts(OfferMade)
    assert only(floor.hears(1, DialProgress.BUSY), OfferMade).contact == "c1"


def test_a_caller_in_line_goes_before_a_record() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.calls("c1")
    floor.hears(1, DialProgress.NO_ANSWER)
    floor.loads(a_record(2))
    floor.wait(5)
    assert floor.started() == ["r1"]


def test_a_caller_has_the_agent_who_became_free_in_the_step_in_which_a_campaign_is_paced() -> None:
    floor = Floor()
    # Given an agent whose after-call work ends at 45 s, a caller in line, a record due at 50 s
    floor.signs_in(ANNA)
    floor.talk(ANNA, "c1")
    floor.hangs_up("c1")
    floor.loads(a_record(1, due=at(50)))
    floor.calls("c2")
    # When both moments are seen in one step
    floor.now = 60
    events = floor.say(Tick(at=at(60)))
    # Then the caller has the agent
    assert only(events, OfferMade).contact == "c2"
    assert floor.started() == []


def test_the_dial_lives_until_the_conversation_ends_and_the_agent_until_wrap_up_does() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    contact = floor.dial_of(1).contact
    floor.wait(10)
    assert only(floor.reaches(1, ANNA), DialConnected).agent == ANNA
    floor.wait(60)
    ended = only(floor.hangs_up(contact), DialEnded)
    assert (ended.outcome, ended.next_at) == (DialOutcome.CONNECTED, None)
    assert not floor.dials
    floor.wait(20)
    assert only(floor.completes(ANNA, contact), DialHandled).wrapped == 20_000


@pytest.mark.parametrize(
    ("progress", "outcome", "gap"),
    [
        (DialProgress.BUSY, DialOutcome.BUSY, 300),
        (DialProgress.NO_ANSWER, DialOutcome.NO_ANSWER, 7_200),
        (DialProgress.MACHINE, DialOutcome.MACHINE, 14_400),
        (DialProgress.FAILED, DialOutcome.FAILED, 3_600),
    ],
)
def test_what_was_not_answered_may_be_tried_again_after_the_gap_of_its_outcome(
    progress: DialProgress, outcome: DialOutcome, gap: int
) -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.wait(8)
    ended = only(floor.hears(1, progress), DialEnded)
    assert (ended.outcome, ended.next_at, ended.attempts) == (outcome, at(8 + gap), 1)
    assert not floor.dials
    assert floor.state.floor.is_free(ANNA)
    # And a machine on the line is hung up
    assert ended.hang_up == (progress is DialProgress.MACHINE)


def test_acd_58_a_line_the_switch_forgot_is_taken_back() -> None:
    """https://github.com/dograh-hq/dograh/issues/737"""
    floor = Floor()
    floor.signs_in(ANNA)
    leg = only(floor.loads(a_record(1)), DialStarted).leg
    # When the switch never says how the call went
    ended = only(floor.wait(60), DialEnded)
    # Then the line is free after ringing time and five seconds, and the leg is dropped
    assert (ended.at, ended.outcome) == (at(30), DialOutcome.NO_ANSWER)
    assert [c.leg for c in floor.commands if isinstance(c, DropDial)] == [leg]
    assert not floor.dials
    assert floor.state.floor.is_free(ANNA)
    # And what it says later is no news
    assert floor.say_late(DialProgress.ANSWERED) == []


def test_who_is_not_connected_within_two_seconds_is_told_and_counted_as_dropped() -> None:
    floor = Floor(a_campaign(DialMode.RATIO, ratio=2.0))
    earned(floor, 400)
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2))
    assert [dial.agent for dial in floor.dials] == [None, None]
    floor.wait(10)
    floor.reaches(1, ANNA)
    # When a second person answers and nobody is free
    second = floor.dial_of(2).contact
    floor.answers_phone(2)
    events = floor.wait(2.5)
    # Then the person hears why after two seconds
    dropped = only(events, DialDropped)
    assert (dropped.at, dropped.contact) == (at(12), second)
    said = [c for c in floor.commands if isinstance(c, PlayPrompts)][-1]
    assert said.prompts == ("sorry_all_lines", "goodbye")
    assert floor.campaign.account.drops == 1
    # And is let go after it, not to be dialled for three days
    events = floor.hears_all(second)
    assert only(events, DialEnded).outcome is DialOutcome.DROPPED
    assert only(events, DialEnded).next_at == at(12.5 + 3 * 86_400)
    assert floor.state.dialing.resting == {"13800000002": at(12 + 3 * 86_400)}


def test_who_answers_while_everybody_talks_gets_the_agent_who_is_free_a_second_later() -> None:
    floor = Floor(a_campaign(DialMode.RATIO, ratio=2.0))
    earned(floor, 400)
    floor.signs_in(ANNA)
    floor.loads(a_record(1), a_record(2))
    first = floor.dial_of(1).contact
    floor.reaches(1, ANNA)
    floor.answers_phone(2)
    floor.hangs_up(first)
    floor.wait(1)
    assert only(floor.completes(ANNA, first), OfferMade).contact == floor.dial_of(2).contact
    floor.answers(ANNA)
    floor.wait(10)
    assert not floor.facts(DialDropped)


def test_a_person_whose_agent_is_on_the_way_is_kept_but_counted() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.answers_phone(1)
    # When the agent's device takes three seconds
    floor.wait(3)
    assert floor.campaign.account.drops == 1
    # Then the two still speak
    events = floor.answers(ANNA)
    assert kinds(events).count("ContactConnected") == 1
    assert only(events, DialConnected).agent == ANNA


def test_a_person_whose_agent_never_picks_up_is_let_go_and_counted_once() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    contact = floor.dial_of(1).contact
    floor.answers_phone(1)
    floor.wait(10)
    floor.hears_all(contact)
    assert floor.campaign.account.drops == 1
    assert only(floor.journal, DialEnded).outcome is DialOutcome.DROPPED
    assert floor.agent(ANNA).intent is Intent.NOT_RESPONDING


def test_who_hangs_up_before_an_agent_was_due_is_no_drop() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    contact = floor.dial_of(1).contact
    floor.answers_phone(1)
    assert only(floor.hangs_up(contact), DialEnded).outcome is DialOutcome.HUNG_UP
    floor.wait(10)
    assert not floor.facts(DialDropped)


def test_the_line_of_an_agent_who_goes_is_another_agents() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.signs_in(BEN)
    changed = only(floor.loses_link(ANNA), DialReassigned)
    assert (changed.former, changed.agent) == (ANNA, BEN)
    assert only(floor.answers_phone(1), OfferMade).agent == BEN


def test_the_line_of_an_agent_who_goes_is_taken_back_when_an_answer_could_break_the_cap() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    ended = only(floor.loses_link(ANNA), DialEnded)
    assert (ended.outcome, ended.hang_up) == (DialOutcome.WITHDRAWN, True)


def test_the_line_of_an_agent_who_goes_rings_on_where_the_cap_has_room() -> None:
    floor = Floor()
    earned(floor, 400)
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    assert only(floor.loses_link(ANNA), DialReassigned).agent is None
    floor.signs_in(CLEO)
    assert only(floor.answers_phone(1), OfferMade).agent == CLEO


def test_an_agent_may_not_stop_while_a_number_rings_for_her_but_stops_after_it() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.wants(ANNA, Intent.NOT_READY, "meal")
    assert floor.dial_of(1).agent == ANNA
    changed = only(floor.hears(1, DialProgress.BUSY), AgentIntentChanged)
    assert (changed.agent, changed.intent, changed.reason) == (ANNA, Intent.NOT_READY, "meal")


def test_dials_end_with_the_switch() -> None:
    floor = Floor()
    for agent in (ANNA, BEN):
        floor.signs_in(agent)
    floor.loads(a_record(1), a_record(2))
    floor.reaches(1, ANNA)
    floor.restarts("second life")
    outcomes = {event.record: event.outcome for event in floor.facts(DialEnded)}
    assert outcomes == {"r1": DialOutcome.CONNECTED, "r2": DialOutcome.SWITCH_LOST}
    assert not floor.dials
    assert not floor.state.dialing.contacts


def test_what_is_said_twice_happens_once() -> None:
    floor = Floor()
    floor.signs_in(ANNA)
    floor.loads(a_record(1))
    floor.answers_phone(1)
    assert floor.answers_phone(1) == []
    assert floor.hears(1, DialProgress.NO_ANSWER) == []
    floor.answers(ANNA)
    assert len(floor.facts(ContactConnected)) == 1
    assert not floor.facts(ContactEnded)
