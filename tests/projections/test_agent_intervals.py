"""The interval table: no gaps, no overlaps, a cut at each change of state or reason."""

from itertools import pairwise

import pytest

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages.values import Activity, Intent, OfferOutcome
from lianxi.kernel.ids import AgentId
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactAgentInterval
from lianxi.projections.presence import Conversation, ShownState, shown_state
from tests.builders.story import Story

pytestmark = pytest.mark.unit


def intervals(story: Story) -> list[FactAgentInterval]:
    memory = Memory()
    for line in story.lines:
        fold(line.event, line.position, memory)
    return [row for row in memory.added if isinstance(row, FactAgentInterval)]


def shown(story: Story) -> list[tuple[str, str, float, float | None]]:
    return [
        (
            row.state.value,
            row.reason,
            (row.began_at - story.start) / 1000,
            None if row.ended_at is None else (row.ended_at - story.start) / 1000,
        )
        for row in intervals(story)
    ]


def test_a_day_of_one_agent() -> None:
    story = Story()
    story.agent_comes(0, "a1", ready=False)
    story.intent(10, "a1", Intent.READY)
    story.caller_queues(20, "c1")
    story.offered(20, "c1", "a1")
    story.agent_answers(25, "c1", "a1")
    story.holds(40, "c1")
    story.resumes(50, "c1")
    story.ends(60, "c1", wrap_up_s=15)
    story.intent(75, "a1", Intent.NOT_READY, "break")
    story.intent(90, "a1", Intent.NOT_READY, "meeting")
    story.agent_goes(100, "a1")
    assert shown(story) == [
        ("not_ready", "signed_in", 0, 10),
        ("ready", "", 10, 20),
        ("ringing", "", 20, 25),
        ("talking", "", 25, 40),
        ("hold", "", 40, 50),
        ("talking", "", 50, 60),
        ("acw", "", 60, 75),
        ("not_ready", "break", 75, 90),
        ("not_ready", "meeting", 90, 100),
    ]


def test_the_intervals_sum_to_the_time_signed_in_and_touch_each_other() -> None:
    story = Story()
    story.agent_comes(0, "a1")
    story.caller_queues(3, "c1")
    story.agent_answers(3, "c1", "a1")
    story.ends(9, "c1")
    story.agent_goes(20, "a1")
    rows = intervals(story)
    lengths = [row.ended_at - row.began_at for row in rows if row.ended_at is not None]
    assert sum(lengths) == 20_000
    assert all(before.ended_at == after.began_at for before, after in pairwise(rows))


def test_an_offer_refused_leaves_ringing_and_then_not_responding_or_ready() -> None:
    story = Story()
    story.agent_comes(0, "a1")
    story.caller_queues(5, "c1")
    story.offered(5, "c1", "a1")
    story.offer_ends(25, "c1", OfferOutcome.NO_ANSWER)
    story.intent(25, "a1", Intent.NOT_RESPONDING)
    assert shown(story) == [
        ("ready", "", 0, 5),
        ("ringing", "", 5, 25),
        ("not_responding", "", 25, None),
    ]


def test_signing_out_and_in_at_one_instant_leaves_no_empty_interval() -> None:
    story = Story()
    story.agent_comes(0, "a1", ready=False)
    story.agent_goes(0, "a1")
    story.agent_comes(0, "a1", ready=False)
    story.agent_goes(10, "a1")
    assert shown(story) == [("not_ready", "signed_in", 0, 10)]


def test_a_clock_set_back_never_makes_an_interval_negative() -> None:
    memory, story = Memory(), Story()
    story.agent_comes(10, "a1")
    for event in story.events:
        fold(event, 1, memory)
    early = a.AgentIntentChanged(
        at=story.at(4), agent=AgentId("a1"), intent=Intent.NOT_READY, reason="break"
    )
    fold(early, 9, memory)
    (row,) = [row for row in memory.added if isinstance(row, FactAgentInterval)]
    assert (row.began_at, row.reason) == (story.at(10), "break")


class Layers:
    def __init__(
        self, intent: Intent, activity: Activity, *, registered: bool = True, linked: bool = True
    ) -> None:
        self.intent = intent
        self.activity = activity
        self.registered = registered
        self.linked = linked


@pytest.mark.parametrize(
    ("layers", "conversation", "state"),
    [
        (None, Conversation.TALK, ShownState.SIGNED_OUT),
        (Layers(Intent.READY, Activity.IDLE), Conversation.TALK, ShownState.READY),
        (
            Layers(Intent.READY, Activity.IDLE, registered=False),
            Conversation.TALK,
            ShownState.UNREGISTERED,
        ),
        (
            Layers(Intent.NOT_READY, Activity.IDLE, registered=False),
            Conversation.TALK,
            ShownState.NOT_READY,
        ),
        (Layers(Intent.READY, Activity.IDLE, linked=False), Conversation.TALK, ShownState.LOST),
        (
            Layers(Intent.READY, Activity.TALKING, linked=False),
            Conversation.HOLD,
            ShownState.HOLD,
        ),
        (Layers(Intent.NOT_READY, Activity.WRAPPING), Conversation.TALK, ShownState.ACW),
        (
            Layers(Intent.NOT_RESPONDING, Activity.IDLE),
            Conversation.TALK,
            ShownState.NOT_RESPONDING,
        ),
    ],
)
def test_three_layers_become_one_word(
    layers: Layers | None, conversation: Conversation, state: ShownState
) -> None:
    assert shown_state(layers, conversation) is state
