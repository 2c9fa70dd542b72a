"""Formulas that stand on what a single row knows: a hang-up on hold, a pick-up, a late callback."""

from dataclasses import replace
from itertools import pairwise

import duckdb
import msgspec
import pytest

from lianxi.engine.messages import events as e
from lianxi.engine.messages.base import Event
from lianxi.kernel.time import Instant
from lianxi.reports.histograms import Class, Median
from lianxi.reports.metrics.waiting import ASA
from lianxi.reports.questions import Question, Width
from lianxi.reports.spread import Mean, spread_of
from lianxi.reports.sums.delays import EDGES_S
from lianxi.reports.terms import Sum
from lianxi.reports.windows import Window
from tests.builders.marts import LATER, answered, ready_for
from tests.builders.story import NOON, Story

pytestmark = pytest.mark.unit

HOUR = Window(begins_at=NOON, ends_at=LATER)
WHISPERED = Question(metrics=("K09",), window=HOUR, formulas={"K09": "K09.c"})
ON_HOLD = Question(
    metrics=("left_on_hold", "left_on_hold_share"), window=HOUR, width=Width.HALF_HOUR
)
ready_for(WHISPERED, ON_HOLD)


def whispered_to(seconds: float) -> Story:
    """c1 queues at 5 s, a1 picks up at 15 s and hears something for so long before they are joined;
    c2 is joined at once after 30 s."""
    story = Story()
    story.centre()
    for agent in ("a1", "a2"):
        story.agent_comes(0, agent)
    story.caller_queues(5, "c1")
    story.agent_answers(15, "c1", "a1")
    story.caller_queues(10, "c2")
    story.agent_answers(40, "c2", "a2")
    story.events = [
        replace_at(event, Instant(event.at + round(seconds * 1000)))
        if isinstance(event, e.EntryEnded | e.ContactConnected) and event.contact == "c1"
        else event
        for event in story.events
    ]
    return story


def replace_at(event: e.EntryEnded | e.ContactConnected, at: Instant) -> Event:
    return msgspec.structs.replace(event, at=at)


def value(story: Story, question: Question) -> float | int | None:
    return answered(story, question).rows[0].values["asa"]


def test_whisper_counts_in_one_formula_and_not_in_the_other() -> None:
    """Waits of 10 s until the pick-up and 30 s; 4 s of whisper. K09.a = (14 + 30) ÷ 2 = 22 s;
    K09.c = (10 + 30) ÷ 2 = 20 s."""
    assert value(whispered_to(4), replace(WHISPERED, formulas={})) == 22
    assert value(whispered_to(4), WHISPERED) == 20
    assert value(whispered_to(0), WHISPERED) == 20


def test_an_abandon_on_hold_counts_once_where_the_hold_began() -> None:
    """Given two calls with a hold, one of which goes over the half-hour and ends with the
    customer's hang-up; then it counts in the half-hour in which it began: 1 of 2."""
    story = Story()
    story.centre()
    for agent in ("a1", "a2"):
        story.agent_comes(0, agent)
    for contact, agent in (("c1", "a1"), ("c2", "a2")):
        story.caller_queues(5, contact)
        story.agent_answers(10, contact, agent)
        story.holds(1_700, contact)
    story.resumes(1_750, "c2")
    story.ends(1_900, "c1", wrap_up_s=5)
    story.ends(1_900, "c2", wrap_up_s=5)
    rows = answered(story, ON_HOLD).rows
    assert [dict(row.values) for row in rows] == [
        {"left_on_hold": 1, "left_on_hold_share": 0.5},
        {"left_on_hold": 0, "left_on_hold_share": None},
    ]


CLASSES = Median(
    (Class(0, 15, Sum("a")), Class(15, 30, Sum("b")), Class(30, 60, Sum("c")),
     Class(60, None, Sum("d")))
)  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "median"),
    [
        ({"a": 4, "b": 4}, 15.0),  # half of 8 is the end of the first class
        ({"a": 1, "b": 4, "c": 1}, 22.5),  # 3 - 1 = 2 of 4: the middle of the second
        ({"c": 1}, 45.0),
        ({"a": 2, "c": 6}, 40.0),  # 4 - 2 = 2 of 6: a third of 30 s above 30 s
        ({"d": 3}, 60.0),  # whatever is more: its beginning
        ({}, None),
    ],
)
def test_a_median_is_read_from_counts_of_classes(
    counts: dict[str, float], median: float | None
) -> None:
    assert CLASSES.value(counts) == median
    columns = ", ".join(f"{counts.get(name, 0)} AS {name}" for name in "abcd")
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT {CLASSES.sql} FROM (SELECT {columns})").fetchone()
    assert found == (median,)


def test_the_scale_of_delays_is_as_fine_as_it_says() -> None:
    """From one minute to twelve hours no class is wider than half of the values in it."""
    pairs = [(least, below) for least, below in pairwise(EDGES_S) if 60 <= least < 43_200]
    assert pairs[0] == (60, 90)
    assert all(below - least <= least / 2 for least, below in pairs)


def test_a_mean_knows_the_spread_of_its_values() -> None:
    """10, 20 and 60: mean 30; squares 100 + 400 + 3600 = 4100; (4100 - 90²/3) / 2 = 700."""
    mean = Mean(Sum("total"), Sum("squares"), Sum("count"))
    sums = {"total": 90.0, "squares": 4100.0, "count": 3.0}
    assert mean.value(sums) == 30
    assert mean.deviation(sums) == pytest.approx(700**0.5)
    assert mean.deviation({"total": 5.0, "squares": 25.0, "count": 1.0}) is None
    assert mean.value({}) is None


def test_squares_of_waits_come_with_their_sum() -> None:
    """Waits of 10 s and 30 s: 100 + 900 = 1000 s², deviation sqrt((1000 - 1600/2) / 1) = 14.14."""
    [row] = answered(whispered_to(0), replace(WHISPERED, formulas={})).rows
    assert row.sums["wait_of_answered_s2"] == pytest.approx(1000)
    assert spread_of(ASA.default.expression, row.sums) == pytest.approx(200**0.5)
