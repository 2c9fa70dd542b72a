"""From events to fact rows about contacts, queues, offers and segments."""

import pytest

from lianxi.engine.messages import events as e
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import (
    EntryOutcome,
    FlowEnd,
    LegCause,
    OfferOutcome,
    Party,
    StepOutcome,
)
from lianxi.kernel.ids import AgentId, ContactId, LegId, NodeId, PlaybackId
from lianxi.kernel.time import Millis
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactSegment, SegmentKind
from lianxi.projections.outcomes import ContactOutcome
from tests.builders.story import SALES, Story

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def a_queue(*, answer_within_s: int) -> Queue:
    return Queue(
        id=SALES, name="售前", name_en="Sales", answer_within=Millis(answer_within_s * 1000)
    )


def folded(story: Story) -> Memory:
    memory = Memory()
    for line in story.lines:
        fold(line.event, line.position, memory)
    return memory


def stretches(memory: Memory, story: Story) -> list[tuple[SegmentKind, float, float]]:
    def seconds(segment: FactSegment) -> tuple[SegmentKind, float, float]:
        assert segment.ended_at is not None
        return (
            segment.kind,
            (segment.began_at - story.start) / 1000,
            (segment.ended_at - story.start) / 1000,
        )

    return [seconds(segment) for segment in memory.segments.values()]


def a_served_call() -> Story:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.caller_arrives(5, "c1")
    story.caller_queues(10, "c1")
    story.agent_answers(17, "c1", "a1")
    story.holds(30, "c1")
    story.resumes(40, "c1")
    story.ends(70, "c1", wrap_up_s=12)
    return story


def test_a_served_call_leaves_one_contact_answered_when_media_was_joined() -> None:
    story = a_served_call()
    contact = folded(story).contacts[C1]
    assert contact.outcome is ContactOutcome.ANSWERED
    assert contact.answered_at == story.at(17)
    assert contact.ended_at == story.at(70)
    assert (contact.disposition, contact.offers, contact.last_agent) == ("order", 1, "a1")


def test_acd_32_segments_follow_what_was_joined_without_gaps() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/124
    https://github.com/asterisk/asterisk/issues/759
    """
    story = a_served_call()
    assert stretches(folded(story), story) == [
        (SegmentKind.TALK, 17, 30),
        (SegmentKind.HOLD, 30, 40),
        (SegmentKind.TALK, 40, 70),
        (SegmentKind.WRAP_UP, 70, 82),
    ]


def test_the_wait_is_counted_from_the_queue_not_from_the_arrival() -> None:
    (entry,) = folded(a_served_call()).entries.values()
    assert (entry.how, entry.waited_ms, entry.agent) == (EntryOutcome.ANSWERED, 7_000, "a1")


def test_a_caller_gone_while_a_device_rings_is_one_abandon_and_no_miss_of_the_agent() -> None:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.caller_queues(10, "c1")
    story.offered(10, "c1", "a1")
    story.abandons(14, "c1")
    memory = folded(story)
    (entry,) = memory.entries.values()
    (offer,) = memory.offers.values()
    assert (entry.how, entry.waited_ms, entry.ringing) == (EntryOutcome.ABANDONED, 4_000, True)
    assert offer.outcome is OfferOutcome.CALLER_GONE
    assert memory.contacts[C1].outcome is ContactOutcome.ABANDONED


def test_missed_by_one_and_answered_by_another_is_two_offers_of_one_entry() -> None:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(10, "c1")
    story.offered(10, "c1", "a1")
    story.offer_ends(30, "c1", OfferOutcome.NO_ANSWER)
    story.agent_answers(33, "c1", "a2")
    memory = folded(story)
    assert [offer.outcome for offer in memory.offers.values()] == [
        OfferOutcome.NO_ANSWER,
        OfferOutcome.ANSWERED,
    ]
    assert [entry.waited_ms for entry in memory.entries.values()] == [23_000]


def test_a_caller_who_hangs_up_in_the_menu_ended_in_the_flow_and_was_never_offered() -> None:
    story = Story()
    story.caller_arrives(0, "c1")
    story.tell(
        e.StepEntered(at=story.at(0), contact=C1, node=NodeId("menu")),
        e.StepLeft(
            at=story.at(9), contact=C1, node=NodeId("menu"), outcome=StepOutcome.CALLER_GONE
        ),
    )
    story.contact_ends(story.at(9), "c1", Party.CUSTOMER)
    memory = folded(story)
    assert memory.contacts[C1].outcome is ContactOutcome.FLOW_ENDED
    assert memory.entries == {}
    assert memory.steps[C1, 1].outcome is StepOutcome.CALLER_GONE


def test_a_number_that_is_not_ours_ended_in_the_flow_too() -> None:
    story = Story()
    story.caller_arrives(0, "c1")
    story.tell(
        e.ContactEnded(
            at=story.at(4),
            contact=C1,
            leg=LegId("leg-c1"),
            agent_leg=None,
            by=Party.SYSTEM,
            cause=LegCause.NORMAL,
            flow_end=FlowEnd.NUMBER_UNKNOWN,
        )
    )
    assert folded(story).contacts[C1].outcome is ContactOutcome.FLOW_ENDED


def test_a_call_taken_by_the_fallback_is_a_contact_ended_by_the_system() -> None:
    story = Story()
    story.tell(
        e.FallbackCounted(
            at=story.at(60), contact=C1, dialled="4001", caller="138", happened_at=story.at(0)
        )
    )
    contact = folded(story).contacts[C1]
    assert (contact.outcome, contact.arrived_at) == (ContactOutcome.SYSTEM, story.at(0))


def test_an_agent_who_vanishes_and_comes_back_leaves_a_recovering_segment() -> None:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(5, "c1", "a1")
    story.tell(
        e.AgentLegLost(
            at=story.at(20),
            contact=C1,
            leg=LegId("leg-c1"),
            agent=AgentId("a1"),
            agent_leg=None,
            until=story.at(35),
            playback=PlaybackId("p1"),
            prompts=(),
        ),
        e.AgentLegRestored(at=story.at(26), contact=C1, agent=AgentId("a1"), leg=LegId("leg-new")),
    )
    story.ends(50, "c1")
    assert stretches(folded(story), story) == [
        (SegmentKind.TALK, 5, 20),
        (SegmentKind.RECOVERING, 20, 26),
        (SegmentKind.TALK, 26, 50),
    ]


def test_a_customer_back_in_line_gets_a_second_entry_marked_recovered() -> None:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(0, "c1")
    story.agent_answers(5, "c1", "a1")
    story.caller_queues(20, "c1", recovered=True)
    story.agent_answers(22, "c1", "a2")
    story.ends(40, "c1")
    memory = folded(story)
    assert [entry.recovered for entry in memory.entries.values()] == [False, True]
    assert stretches(memory, story) == [(SegmentKind.TALK, 5, 20), (SegmentKind.TALK, 22, 40)]
    assert memory.contacts[C1].answered_at == story.at(5)


def test_an_entry_keeps_the_thresholds_that_held_when_it_began() -> None:
    story = Story()
    story.centre(a_queue(answer_within_s=15))
    story.caller_queues(1, "c1")
    story.centre(a_queue(answer_within_s=30), second=2)
    story.caller_queues(3, "c2")
    entries = folded(story).entries.values()
    assert [entry.answer_within_ms for entry in entries] == [15_000, 30_000]


def test_an_event_about_an_unknown_contact_changes_nothing() -> None:
    story = a_served_call()
    memory = Memory()
    for line in story.lines:
        if not isinstance(line.event, e.ContactBegan | e.ContactQueued | e.OfferMade):
            fold(line.event, line.position, memory)
    assert (memory.contacts, memory.entries, memory.segments) == ({}, {}, {})
