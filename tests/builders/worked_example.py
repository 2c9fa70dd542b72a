"""Groups of like calls, as in a worked example: so many, answered or not after so many seconds."""

from dataclasses import dataclass

from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import EntryOutcome
from lianxi.kernel.time import Millis
from tests.builders.story import SALES, Story


@dataclass(frozen=True, kw_only=True)
class Calls:
    """`calls` times the same call. `how` is an outcome of the queue, or "waiting"."""

    calls: int
    how: str
    waited_s: float = 0
    talk_s: float = 0
    hold_s: float = 0
    wrap_up_s: float = 0


def example(*groups: Calls, answer_within_s: int = 20, short_abandon_s: int = 20) -> Story:
    """A story in which the groups happen one call a second, with one agent per call."""
    story = Story()
    story.centre(
        Queue(
            id=SALES,
            name="售前",
            name_en="Sales",
            answer_within=Millis(answer_within_s * 1000),
            short_abandon=Millis(short_abandon_s * 1000),
        )
    )
    second = 0
    for group in groups:
        for _ in range(group.calls):
            second += 1
            _call(story, second, f"c{second}", group)
    return story


def _call(story: Story, second: float, contact: str, group: Calls) -> None:
    story.caller_queues(second, contact)
    left = second + group.waited_s
    match group.how:
        case "waiting":
            return
        case "answered":
            story.agent_comes(second, f"a-{contact}")
            story.agent_answers(left, contact, f"a-{contact}")
            if group.hold_s:
                story.holds(left + group.talk_s, contact)
                story.resumes(left + group.talk_s + group.hold_s, contact)
            ended = left + group.talk_s + group.hold_s
            story.ends(ended, contact, wrap_up_s=group.wrap_up_s or None)
        case "abandoned":
            story.abandons(left, contact)
        case other:
            story.leaves(left, contact, EntryOutcome(other))


ORACLE = (
    Calls(calls=200, how="answered", waited_s=12, talk_s=60),
    Calls(calls=100, how="answered", waited_s=45, talk_s=60),
    Calls(calls=50, how="abandoned", waited_s=8),
    Calls(calls=50, how="abandoned", waited_s=30),
)
"""The published example of the field; its cut-off for short abandons is 10 s."""

ORACLE_RATIOS = {
    "K21.SL1": 250 / 400,
    "K21.SL2": 200 / 300,
    "K21.SL3": 200 / 400,
    "K21.SL4": 200 / 350,
    "K21.SL5": 200 / 350,
    "K21.SL5F": 200 / 350,
    "K21.SL7": 300 / 400,
    "K21.SL6": 250 / 400,
}
