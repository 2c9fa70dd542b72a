"""In which stretch the customer hung up, and when an agent picked up."""

import pytest

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages.values import Party
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, OfferId
from lianxi.kernel.time import Instant
from lianxi.projections.memory import Memory
from lianxi.projections.models import SegmentKind
from tests.builders.folded import folded
from tests.builders.story import SALES, Story

pytestmark = pytest.mark.unit


def on_hold(*, by: Party = Party.CUSTOMER, resumed: bool = False) -> Story:
    """c1 talks from 10 s, is on hold from 20 s; the call ends at 50 s."""
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.caller_queues(5, "c1")
    story.agent_answers(10, "c1", "a1")
    story.holds(20, "c1")
    if resumed:
        story.resumes(40, "c1")
    story.ends(50, "c1", by=by, wrap_up_s=5)
    return story


def hung_up(memory: Memory) -> list[SegmentKind]:
    return [row.kind for row in memory.segments.values() if row.hung_up]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (on_hold(), [SegmentKind.HOLD]),
        (on_hold(resumed=True), [SegmentKind.TALK]),
        (on_hold(by=Party.AGENT), []),
        (on_hold(by=Party.SYSTEM), []),
    ],
    ids=["on hold", "after it", "the agent did", "we did"],
)
def test_the_stretch_in_which_the_customer_hung_up_is_marked(
    story: Story, found: list[SegmentKind]
) -> None:
    assert hung_up(folded(line.event for line in story.lines)) == found


def test_the_order_of_one_moment_makes_no_difference() -> None:
    """Given after-call work that is told before the end of the call, both at 50 s; then the hold is
    marked all the same."""
    lines = [line.event for line in on_hold().lines]
    ended = next(one for one in lines if isinstance(one, e.ContactEnded))
    lines.remove(ended)
    began = next(at for at, one in enumerate(lines) if isinstance(one, a.WrapUpBegan))
    lines.insert(began + 1, ended)
    assert hung_up(folded(lines)) == [SegmentKind.HOLD]


def test_the_last_pick_up_counts() -> None:
    """Given a first agent who picks up at 12 s and cannot be joined, and a second at 20 s; then the
    stay was picked up at 20 s."""
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(5, "c1")
    story.tell(
        e.OfferMade(
            at=story.at(10), offer=OfferId("first"), contact=ContactId("c1"),
            entry=story.waiting["c1"].entry, queue=SALES, agent=AgentId("a1"),
            endpoint=Endpoint("ag-a1"), leg=LegId("l1"), customer_leg=LegId("leg-c1"),
            caller="", caller_name="", expires_at=story.at(30),
        ),
        e.OfferAccepted(
            at=story.at(12), offer=OfferId("first"), contact=ContactId("c1"), agent=AgentId("a1"),
            leg=LegId("l1"), customer_leg=LegId("leg-c1"), join_by=Instant(story.at(17)),
        ),
    )  # fmt: skip
    story.agent_answers(20, "c1", "a2")
    [entry] = folded(line.event for line in story.lines).entries.values()
    assert entry.picked_up_at == story.at(20)
