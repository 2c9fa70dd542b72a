"""What the journal lacks is noted down: lost lines, and contacts whose begin nobody told."""

import pytest

from lianxi.engine.messages.events import ContactBegan
from lianxi.kernel.ids import ContactId
from lianxi.projections.gap_models import FactGap, GapWhy
from lianxi.projections.gaps import note_lines
from lianxi.projections.memory import Memory
from tests.builders.folded import folded
from tests.builders.story import Story

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def a_call() -> Story:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.caller_queues(10, "c1")
    story.agent_answers(17, "c1", "a1")
    story.ends(70, "c1", wrap_up_s=12)
    return story


def gaps(memory: Memory) -> list[FactGap]:
    return [row for row in memory.added if isinstance(row, FactGap)]


def test_a_contact_without_a_begin_is_one_gap_from_its_first_line_to_its_last() -> None:
    story = a_call()
    told = [line.event for line in story.lines]
    known = [event for event in told if not isinstance(event, ContactBegan)]
    memory = folded(known)
    # Then it is in no row, and the gap says so
    assert memory.contacts == {}
    assert memory.entries == {}
    (gap,) = gaps(memory)
    assert (gap.why, gap.contact) == (GapWhy.BEGIN, C1)
    assert (gap.began_at, gap.at) == (story.at(10), story.at(70))
    assert gap.position_from < gap.position_to <= len(known)


def test_a_whole_journal_has_none() -> None:
    assert gaps(folded(line.event for line in a_call().lines)) == []


def test_lost_lines_are_a_gap_between_the_moments_beside_them() -> None:
    story, memory = Story(), Memory()
    note_lines(6, story.at(10), 7, story.at(11), memory)
    assert gaps(memory) == []
    note_lines(7, story.at(11), 12, story.at(30), memory)
    (gap,) = gaps(memory)
    assert (gap.why, gap.position_from, gap.position_to) == (GapWhy.LINES, 8, 11)
    assert (gap.began_at, gap.at) == (story.at(11), story.at(30))
