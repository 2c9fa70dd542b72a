"""An agent's own figures beside the target and the median of the team."""

import datetime
from dataclasses import replace
from typing import cast

import pytest

from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant
from lianxi.reports.beyond.own import METRICS, own_figures
from lianxi.reports.beyond.own_router import Span, window_of
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Answer, Key, Question
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of_day
from tests.builders.control_days import ZONE, MadeInquiries, day

pytestmark = pytest.mark.unit

HOUR = 3_600_000.0


class OfAgents(MadeInquiries):
    """Rows that are told apart by agent."""

    async def answer(self, question: Question, *, as_of: Instant | None = None) -> Answer:
        found = await super().answer(question, as_of=as_of)
        names = [name for name in self.made if name]
        rows = [
            replace(row, keys={Key.AGENT: name})
            for name, row in zip(names, found.rows, strict=True)
        ]
        return replace(found, rows=tuple(rows))


def made(*occupancies: float) -> OfAgents:
    """Agents a1, a2, … who were busy for these shares of ten hours."""
    days = {
        f"a{number}": {
            day(1): {"in_talk_ms": share * 10 * HOUR, "in_ready_ms": (1 - share) * 10 * HOUR}
        }
        for number, share in enumerate(occupancies, start=1)
    }
    return OfAgents(days, now=window_of_day(day(0), ZONE).begins_at)


async def occupancy(inquiries: OfAgents, agents: int) -> tuple[object, object, int]:
    team = [f"a{number}" for number in range(1, agents + 1)]
    found, _ = await own_figures(
        cast(Inquiries, inquiries),
        agent=AgentId("a1"),
        team=team,
        window=window_of_day(day(1), ZONE),
    )
    figure = found[METRICS.index("occupancy")]
    return figure.value, figure.team_median, figure.team_size


async def test_the_median_of_the_team_stands_beside_ones_own() -> None:
    """80 %, 50 %, 60 %: the median is 60 %."""
    value, middle, size = await occupancy(made(0.8, 0.5, 0.6), 3)
    assert (value, middle, size) == (pytest.approx(0.8), pytest.approx(0.6), 3)


async def test_two_people_have_no_median_because_it_would_tell_on_one() -> None:
    value, middle, size = await occupancy(made(0.8, 0.5), 2)
    assert (value, middle, size) == (pytest.approx(0.8), None, 2)


def test_a_week_begins_on_monday_and_ends_tonight() -> None:
    thursday = datetime.date(2026, 1, 1)
    week = window_of(Span.WEEK, thursday, ZONE)
    month = window_of(Span.MONTH, thursday, ZONE)
    monday = window_of_day(datetime.date(2025, 12, 29), ZONE)
    today = window_of_day(thursday, ZONE)
    assert week == Window(begins_at=monday.begins_at, ends_at=today.ends_at)
    assert month == window_of(Span.TODAY, thursday, ZONE) == today
