"""Figures over a window that rolls: of each day and the days before it, so many in all.

A limit that is not to be passed "in thirty days" holds on every day, not at the end of months. The
figure is computed from the sums of all these days, never from their rates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.computing import added, choose, value_of
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.measures import Mart
from lianxi.reports.questions import Answer, Question, Row, Width
from lianxi.reports.windows import Window, local_day
from lianxi.reports.windows import day as window_of_day

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """One day's figure of a window that ends with it."""

    day: date
    begins_on: date
    """The first day of the window."""
    value: float | int | None


def rolled(
    rows: Sequence[Row], question: Question, *, days: int, first: date, zone: ZoneInfo
) -> list[Rolled]:
    """Of each day from the first on, over so many days.

    Args:
        rows: of days, oldest first, without gaps; so many less one before the first day, too.
        question: about one metric.
        days: of the window, the day itself included. At least 1.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    [chosen] = choose(question, frozenset(Mart))
    found = []
    for place, row in enumerate(rows):
        day = local_day(row.begins_at, zone)
        if day < first:
            continue
        of = rows[max(0, place + 1 - days) : place + 1]
        value = value_of(chosen, added(one.sums for one in of))
        found.append(Rolled(day=day, begins_on=day - timedelta(days=days - 1), value=value))
    return found


async def rolling(
    inquiries: Inquiries, question: Question, *, days: int, first: date
) -> tuple[list[Rolled], Answer]:
    """A metric's rolling figures, and the answer that they were made of.

    Args:
        question: about one metric, from the first day on; it is widened to the days before.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    zone = inquiries.zone
    begins = window_of_day(first - timedelta(days=days - 1), zone).begins_at
    window = Window(begins_at=Instant(begins), ends_at=question.window.ends_at)
    wide = replace(question, window=window, width=Width.DAY, by=())
    answer = await inquiries.answer(wide)
    return rolled(answer.rows, wide, days=days, first=first, zone=zone), answer
