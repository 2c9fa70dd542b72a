"""An agent who is moved to another team takes no past with her."""

import pytest

from lianxi.engine.messages.routing import AgentSetup
from lianxi.kernel.ids import AgentId, EntryId, TeamId
from lianxi.projections.models import FactAgentInterval, FactSegment, SegmentKind
from lianxi.projections.presence import ShownState
from tests.builders.folded import folded
from tests.builders.story import SALES, Story

pytestmark = pytest.mark.unit

A1 = AgentId("a1")


def in_team(team: str) -> tuple[AgentSetup, ...]:
    return (AgentSetup(id=A1, no="8001", name="坐席1", team=TeamId(team), queues=(SALES,)),)


def moved_in_mid_call() -> Story:
    """In team t1 until second 40, then in t2; a call is answered at 17 and ends at 70."""
    story = Story()
    story.centre(agents=in_team("t1"))
    story.agent_comes(0, "a1")
    story.caller_queues(10, "c1")
    story.agent_answers(17, "c1", "a1")
    story.centre(agents=in_team("t2"), second=40)
    story.ends(70, "c1", wrap_up_s=12)
    story.caller_queues(90, "c2")
    story.agent_answers(95, "c2", "a1")
    return story


def test_the_time_before_stays_with_the_former_team() -> None:
    story = moved_in_mid_call()
    rows = [
        row
        for row in folded(line.event for line in story.lines).added
        if isinstance(row, FactAgentInterval)
    ]
    # Then the conversation is two intervals of one state, and nothing lies between them
    seconds = [((row.began_at - story.start) / 1000, row.state, row.team) for row in rows]
    assert seconds == [
        (0, ShownState.READY, "t1"),
        (17, ShownState.TALKING, "t1"),
        (40, ShownState.TALKING, "t2"),
        (70, ShownState.ACW, "t2"),
        (82, ShownState.READY, "t2"),
        (95, ShownState.TALKING, "t2"),
    ]
    assert [row.ended_at for row in rows[:-1]] == [row.began_at for row in rows[1:]]


def test_work_and_answers_belong_to_the_team_they_began_in() -> None:
    memory = folded(line.event for line in moved_in_mid_call().lines)
    work = [row for row in memory.added if isinstance(row, FactSegment)]
    assert [(row.contact, row.kind, row.team) for row in work] == [
        ("c1", SegmentKind.TALK, "t1"),
        ("c1", SegmentKind.WRAP_UP, "t2"),
        ("c2", SegmentKind.TALK, "t2"),
    ]
    assert [row.team for row in memory.entries.values()] == ["t1", "t2"]
    assert [row.team for row in memory.offers.values()] == ["t1", "t2"]


def test_nobody_who_answered_is_in_no_team() -> None:
    story = Story()
    story.centre(agents=in_team("t1"))
    story.caller_queues(10, "c1")
    story.abandons(30, "c1")
    (entry,) = folded(line.event for line in story.lines).entries.values()
    assert (entry.agent, entry.team, entry.contact_ended) == (None, None, True)
    assert entry.entry == EntryId("entry-1")
