"""Questions and answers: buckets, keys, cuts at edges, and what a group is."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports.duck import in_memory
from lianxi.reports.engines import HERE
from lianxi.reports.marts.summing import SHAPES
from lianxi.reports.marts.window import EDGES
from lianxi.reports.offers import OFFERED_KEYS
from lianxi.reports.questions import Answer, Key, Question, Width
from lianxi.reports.windows import Window, day
from tests.builders.marts import ZONE, answered
from tests.builders.story import NOON, SALES, SERVICE, Story
from tests.builders.worked_example import Calls, example

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3_600_000


def window(story: Story, begins_s: float, ends_s: float) -> Window:
    return Window(begins_at=story.at(begins_s), ends_at=story.at(ends_s))


def column(answer: Answer, metric: str) -> list[float | None]:
    return [row.values[metric] for row in answer.rows]


def test_half_hours_without_a_call_stand_there_with_nothing() -> None:
    story = example(Calls(calls=2, how="answered", waited_s=10, talk_s=60))
    found = answered(
        story,
        Question(
            metrics=("offered", "asa"),
            window=window(story, -1800, 3600),
            width=Width.HALF_HOUR,
        ),
    )
    assert column(found, "offered") == [0, 2, 0]
    assert column(found, "asa") == [None, 10, None]
    assert [row.begins_at for row in found.rows] == [story.at(s) for s in (-1800, 0, 1800)]
    assert found.identities == {"I1": 0}


@pytest.mark.parametrize("width", [Width.QUARTER, Width.HALF_HOUR, Width.HOUR, Width.DAY])
def test_i5_the_seconds_of_all_buckets_are_those_of_the_call(width: Width) -> None:
    """Given a call of 100 minutes with music in the middle, however it is cut, nothing is lost."""
    story = example(
        Calls(calls=1, how="answered", waited_s=60, talk_s=3000, hold_s=2940, wrap_up_s=60)
    )
    whole = Window(begins_at=Instant(NOON - 24 * HOUR), ends_at=Instant(NOON + 24 * HOUR))
    later = Instant(NOON + 23 * HOUR)
    found = answered(story, Question(metrics=("aht",), window=whole, width=width), as_of=later)
    total: dict[str, float] = {}
    for row in found.rows:
        for name, value in row.sums.items():
            total[name] = total.get(name, 0) + value
    assert (total["talk_ms"], total["hold_ms"], total["acw_ms"]) == (3000e3, 2940e3, 60e3)
    assert total["handled"] == 1


def test_a_call_over_the_edge_gives_both_half_hours_seconds_and_is_handled_once() -> None:
    story = example(Calls(calls=1, how="answered", waited_s=1699, talk_s=200))
    found = answered(
        story,
        Question(metrics=("aht",), window=window(story, 0, 3600), width=Width.HALF_HOUR),
    )
    # Talk from 1,700 s to 1,900 s: 100 s before the edge at 1,800 s, 100 s behind it.
    assert [row.sums["talk_ms"] for row in found.rows] == [100_000, 100_000]
    assert [row.sums["handled"] for row in found.rows] == [1, 0]


def test_queues_are_told_apart_and_chosen() -> None:
    story = example(Calls(calls=3, how="abandoned", waited_s=30))
    story.caller_queues(100, "other", SERVICE)
    story.abandons(160, "other")
    asked = Question(metrics=("abandoned",), window=window(story, 0, 3600), by=(Key.QUEUE,))
    found = answered(story, asked)
    assert [(row.keys[Key.QUEUE], row.values["abandoned"]) for row in found.rows] == [
        (SALES, 3),
        (SERVICE, 1),
    ]
    only = Question(
        metrics=("abandoned",),
        window=window(story, 0, 3600),
        only={Key.QUEUE: (SERVICE, QueueId("nobody's"))},
    )
    assert column(answered(story, only), "abandoned") == [1]


def test_a_call_of_two_agents_is_handled_by_both_and_once_by_the_centre() -> None:
    """Given an agent who vanishes and a second one who goes on, then the centre handled one call,
    and each agent one."""
    story = Story()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(0, "c1")
    story.agent_answers(5, "c1", "a1")
    story.caller_queues(20, "c1", recovered=True)
    story.agent_answers(22, "c1", "a2")
    story.ends(40, "c1")
    asked = Question(metrics=("aht",), window=window(story, 0, 3600))
    each = answered(story, replace(asked, by=(Key.AGENT,)))
    assert [(row.keys[Key.AGENT], row.sums["handled"]) for row in each.rows] == [
        ("a1", 1),
        ("a2", 1),
    ]
    (centre,) = answered(story, asked).rows
    assert centre.sums["handled"] == 1


@pytest.mark.parametrize(
    ("when", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2028, 2, 29), 24)],
)
def test_days_with_a_changed_clock_count_each_call_once(when: date, hours: int) -> None:
    whole = day(when, BERLIN)
    story = Story(start=whole.begins_at)
    for hour in range(-1, hours + 1):
        story.caller_queues(hour * 3600 + 60, f"c{hour}")
        story.abandons(hour * 3600 + 120, f"c{hour}")
    around = Window(
        begins_at=Instant(whole.begins_at - HOUR), ends_at=Instant(whole.ends_at + HOUR)
    )
    ask = Question(metrics=("offered",), window=around)
    days = answered(
        story,
        replace(ask, width=Width.DAY),
        as_of=around.ends_at,
        zone=BERLIN,
    )
    assert column(days, "offered") == [1, hours, 1]
    by_hour = answered(
        story,
        replace(ask, width=Width.HOUR),
        as_of=around.ends_at,
        zone=BERLIN,
    )
    assert column(by_hour, "offered") == [1] * (hours + 2)


def test_weeks_begin_on_monday_and_months_end_with_their_last_day() -> None:
    """Given a call on each day from Thursday 27 February 2028 on, a leap year, then weeks and
    months have the calls of their days."""
    begin = day(date(2028, 2, 24), ZONE).begins_at
    story = Story(start=begin)
    for number in range(10):
        story.caller_queues(number * 86_400 + 60, f"c{number}")
        story.abandons(number * 86_400 + 90, f"c{number}")
    ask = Question(metrics=("offered",), window=window(story, 0, 10 * 86_400))
    later = story.at(10 * 86_400)
    weeks = answered(story, replace(ask, width=Width.WEEK), as_of=later)
    # 24 February 2028 is a Thursday: four days of the first week, six of the second.
    assert column(weeks, "offered") == [4, 6]
    months = answered(story, replace(ask, width=Width.MONTH), as_of=later)
    # 24 to 29 February are six days, 1 to 4 March four.
    assert column(months, "offered") == [6, 4]


def test_what_cannot_be_told_apart_like_this_is_not_known() -> None:
    """Given calls that were turned away, of which no agent is known, then an agent has no blocked
    rate, and not one of zero."""
    story = example(Calls(calls=1, how="answered", waited_s=5))
    found = answered(
        story,
        Question(
            metrics=("service_level",),
            window=window(story, 0, 3600),
            by=(Key.AGENT,),
            formulas={"K21": "K21.SL7"},
        ),
    )
    assert column(found, "service_level") in ([], [None])


def test_marts_say_what_they_can_be_told_apart_by() -> None:
    offered = {mart: shape.offers for mart, shape in SHAPES.items() if shape.offers}
    assert offered == {mart: keys for mart, keys in OFFERED_KEYS.items() if keys}


def test_marts_of_our_own_facts_name_columns_that_exist() -> None:
    with in_memory([]) as facts:
        for mart in HERE:
            table = SHAPES[mart].table
            columns = facts.table(table.get_name()).columns
            assert set(table.columns) <= set(columns), mart


def test_no_fact_is_called_like_a_column_of_the_buckets() -> None:
    taken = set(EDGES.columns)
    for mart, shape in SHAPES.items():
        assert not taken & set(shape.table.columns), mart
