"""Figures that are no sums of one window: the mean of agents, and a window that rolls."""

import asyncio
from dataclasses import replace

import duckdb
import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.beyond.agents import mean_of, occupancy_of_agents
from lianxi.reports.beyond.rolling import rolled, rolling
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.measures import Mart
from lianxi.reports.questions import Answer, Key, Question, Row, Width
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of_day
from tests.builders.control_days import ZONE, MadeInquiries, day
from tests.builders.marts import answered, ready_for
from tests.builders.story import NOON, Story

pytestmark = pytest.mark.unit

HOUR = Window(begins_at=NOON, ends_at=Instant(NOON + 3_600_000))
OCCUPANCY = Question(metrics=("K13",), window=HOUR)
ready_for(OCCUPANCY, replace(OCCUPANCY, by=(Key.AGENT,)))


class Played:
    """Answers questions about a story."""

    zone = ZONE

    def __init__(self, story: Story) -> None:
        self.story = story

    async def answer(self, question: Question) -> Answer:
        return await asyncio.to_thread(answered, self.story, question)


async def test_each_agent_counts_once_in_the_agents_mean() -> None:
    """Given a1, 3000 s there and 2400 s of them busy (80 %), and a2, 500 s there and 100 s busy
    (20 %), and a3, never ready; then all together were busy for 2500 of 3500 s (71.43 %), and the
    agents' mean is (80 + 20) ÷ 2 = 50 %."""
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.agent_comes(0, "a3", ready=False)
    story.caller_queues(600, "c1")
    story.agent_answers(600, "c1", "a1")
    story.ends(3000, "c1")
    story.agent_goes(3000, "a1")
    story.caller_queues(400, "c2")
    story.agent_answers(400, "c2", "a2")
    story.ends(500, "c2")
    story.agent_goes(500, "a2")
    inquiries: Inquiries = Played(story)  # type: ignore[assignment]
    found = await occupancy_of_agents(inquiries, replace(OCCUPANCY, by=(Key.AGENT,)))
    assert found.formula.id == "K13.b"
    assert found.value == pytest.approx(0.5)
    assert found.of_sums == pytest.approx(2500 / 3500)
    assert found.agents == 2


def test_of_nobody_there_is_no_mean() -> None:
    row = Row(begins_at=NOON, ends_at=NOON, keys={}, sums={}, values={"occupancy": None})
    assert mean_of([row], "occupancy") == (None, 0)


DIALLED = Question(
    metrics=("L22",),
    window=Window(
        begins_at=window_of_day(day(40), ZONE).begins_at,
        ends_at=window_of_day(day(-1), ZONE).begins_at,
    ),
    width=Width.DAY,
)


def dialled(*days: tuple[int, int, int]) -> list[Row]:
    """Rows by day of `fact_dial` as DuckDB sums them: (days back, live answers, dropped)."""
    facts = duckdb.connect()
    facts.execute(
        'CREATE TABLE fact_dial ("at" BIGINT, campaign TEXT, is_live BOOLEAN, is_dropped BOOLEAN)'
    )
    for back, live, dropped in days:
        at = window_of_day(day(back), ZONE).begins_at + 36_000_000
        facts.execute(
            "INSERT INTO fact_dial SELECT ?, 'spring', true, range < ? FROM range(?)",
            [at, dropped, live],
        )
    with facts:
        engine = Duck(facts, frozenset({Mart.CAMPAIGN}))
        answer = asyncio.run(ask(engine, DIALLED, as_of=DIALLED.window.ends_at, zone=ZONE))
    return list(answer.rows)


@pytest.mark.timeout(10)  # the statement of campaigns is compiled here
def test_l22_rolls_over_thirty_days() -> None:
    """Given 90 live answers with 1 dropped 30 days ago, and 10 with 2 yesterday; then yesterday has
    (1 + 2) ÷ (90 + 10) = 3 %, over the 30 days from the first of them on; today, when the first
    day is out of the window, 2 ÷ 10 = 20 %."""
    rows = dialled((30, 90, 1), (1, 10, 2))
    found = rolled(rows, DIALLED, days=30, first=day(2), zone=ZONE)
    assert [(one.day, one.begins_on) for one in found] == [
        (day(2), day(31)), (day(1), day(30)), (day(0), day(29)),
    ]  # fmt: skip
    assert [one.value for one in found] == pytest.approx([1 / 90, 0.03, 0.2])


async def test_the_days_before_the_first_one_are_asked_for_too() -> None:
    """Given one abandon among 100 calls two days ago and three among 100 yesterday; then yesterday,
    over two days, has 4 ÷ 200 = 2 %."""
    made = {
        "": {
            day(2): {"offered": 100.0, "long_abandoned": 1.0},
            day(1): {"offered": 100.0, "long_abandoned": 3.0},
        }
    }
    inquiries = MadeInquiries(made, now=Instant(NOON))
    asked = Question(metrics=("K14",), window=window_of_day(day(1), ZONE))
    found, answer = await rolling(inquiries, asked, days=2, first=day(1))  # type: ignore[arg-type]
    assert [(one.day, one.value) for one in found] == [(day(1), 0.02)]
    assert answer.question.window.begins_at == window_of_day(day(2), ZONE).begins_at
