"""A contact is handled once in all, once in each queue that answered it, once by each agent."""

import pytest

from lianxi.engine.messages.values import Channel, EntryOutcome
from lianxi.projections.models import FactSegment, SegmentKind
from lianxi.projections.outcomes import Direction
from tests.builders.folded import folded
from tests.builders.story import SERVICE, Story

pytestmark = pytest.mark.unit


def handed_about() -> Story:
    """c1: sales with a1 (held once), then service with a2, then service again with a1."""
    story = Story()
    story.centre()
    for agent in ("a1", "a2"):
        story.agent_comes(0, agent)
    story.caller_queues(5, "c1")
    story.agent_answers(10, "c1", "a1")
    story.holds(20, "c1")
    story.resumes(30, "c1")
    story.caller_queues(40, "c1", SERVICE, recovered=True)
    story.agent_answers(50, "c1", "a2")
    story.caller_queues(60, "c1", SERVICE, recovered=True)
    story.agent_answers(70, "c1", "a1")
    story.ends(90, "c1", wrap_up_s=5)
    return story


def flags(story: Story) -> list[tuple[float, str, str, str]]:
    """Of every talk: when, queue, agent, and whose first it is (c, q, a)."""

    def firsts(row: FactSegment) -> str:
        return (
            ("c" if row.first_of_contact else "")
            + ("q" if row.first_of_queue else "")
            + ("a" if row.first_of_agent else "")
        )

    return [
        ((row.began_at - story.start) / 1000, row.queue, row.agent, firsts(row))
        for row in folded(line.event for line in story.lines).segments.values()
        if row.kind is SegmentKind.TALK
    ]


def test_first_talks_are_marked_once_each() -> None:
    assert flags(handed_about()) == [
        (10, "sales", "a1", "cqa"),
        (30, "sales", "a1", ""),
        (50, "service", "a2", "qa"),
        (70, "service", "a1", ""),
    ]


def test_first_holds_and_first_after_call_work_are_marked_for_themselves() -> None:
    memory = folded(line.event for line in handed_about().lines)
    others = [row for row in memory.segments.values() if row.kind is not SegmentKind.TALK]
    assert [row.kind for row in others] == [SegmentKind.HOLD, SegmentKind.WRAP_UP]
    assert all(row.first_of_contact and row.first_of_queue and row.first_of_agent for row in others)


def test_every_row_says_what_its_contact_says() -> None:
    memory = folded(line.event for line in handed_about().lines)
    told = {(row.direction, row.channel, row.number) for row in memory.entries.values()}
    told |= {(row.direction, row.channel, row.number) for row in memory.offers.values()}
    told |= {(row.direction, row.channel, row.number) for row in memory.segments.values()}
    assert told == {(Direction.INBOUND, Channel.VOICE, "4001")}


def test_an_entry_knows_when_its_contact_is_over_and_how_it_ended() -> None:
    story = Story()
    story.centre()
    story.caller_queues(5, "c1")
    story.caller_queues(6, "c2")
    story.leaves(20, "c1", EntryOutcome.ENDED)
    entries = folded(line.event for line in story.lines).entries.values()
    assert [(row.contact, row.contact_ended) for row in entries] == [("c1", True), ("c2", False)]
