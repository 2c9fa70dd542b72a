"""A call that two queues and two agents had: what counts it once, and what twice."""

import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.questions import Key, Question
from lianxi.reports.windows import Window
from tests.builders.marts import answered, ready_for
from tests.builders.story import NOON, SALES, SERVICE, Story

pytestmark = pytest.mark.unit

WINDOW = Window(begins_at=NOON, ends_at=Instant(NOON + 3_600_000))


def handed_on() -> Story:
    """Given a call that a1 of sales has for 60 s and hands on to service, where a2 has it for
    90 s; in both queues it found nobody free."""
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(10, "c1")
    story.agent_answers(15, "c1", "a1")
    story.caller_queues(75, "c1", SERVICE)
    story.agent_answers(80, "c1", "a2")
    story.ends(170, "c1")
    return story


ONLY: list[dict[Key, tuple[str, ...]]] = [
    {},
    {Key.QUEUE: (SALES,)},
    {Key.QUEUE: (SERVICE,)},
    {Key.AGENT: ("a2",)},
]


def asked(metric: str, formula: str, only: dict[Key, tuple[str, ...]]) -> Question:
    return Question(
        metrics=(metric,), window=WINDOW, only=only, formulas={metric: formula} if formula else {}
    )


def values(metric: str, formula: str, only: dict[Key, tuple[str, ...]]) -> float | int | None:
    return answered(handed_on(), asked(metric, formula, only)).rows[0].values[metric]


ready_for(*(asked(metric, "", only) for metric in ("handled", "talk_time") for only in ONLY))
ready_for(asked("queued_share", "K18.a", {}), asked("queued_share", "K18.b", {}))


@pytest.mark.parametrize(
    ("only", "handled", "talk_s"),
    list(zip(ONLY, (1, 1, 1, 1), (150, 60, 90, 90), strict=True)),
)
def test_each_queue_and_each_agent_handled_it_once_and_so_did_the_centre(
    only: dict[Key, tuple[str, ...]], handled: int, talk_s: float
) -> None:
    assert values("handled", "", only) == handled
    assert values("talk_time", "", only) == talk_s


def test_it_queued_twice_and_is_one_of_the_calls_that_did() -> None:
    """K18.a: one call of one that arrived. K18.b: two stays of two."""
    assert values("queued_share", "K18.a", {}) == 1.0
    assert values("queued_share", "K18.b", {}) == 1.0
    assert values("offered", "", {}) == 2
