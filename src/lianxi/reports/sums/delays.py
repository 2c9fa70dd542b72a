"""How late callbacks were, as counts by classes of a fixed scale, so that they can be added up.

From the moment that was promised to the customer's answer: a moment that was agreed, or the turn of
the place in line, which is when an agent had the callback in hand first.
"""

from itertools import pairwise
from typing import Any, Final

from lianxi.reports.histograms import Class
from lianxi.reports.measures import Mart, counted, measure

EDGES_S: Final = (
    0, 15, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1_200, 1_800, 2_700, 3_600, 5_400,
    7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
)  # fmt: skip
"""Where classes begin, in seconds; never changed: counts of former days stand on them. From one
minute to twelve hours a class is at most half as wide as the values in it."""


def _delay_ms(t: Any) -> Any:
    """Who is reached before the moment that was agreed was not late at all."""
    return (t.reached_at - t.due_at.coalesce(t.taken_at, t.registered_at)).clip(lower=0)


def _of_class(least_s: int, below_s: int | None) -> Class:
    def is_in(t: Any) -> Any:
        is_enough = t.reached_at.notnull() & (_delay_ms(t) >= least_s * 1_000)
        return is_enough if below_s is None else is_enough & (_delay_ms(t) < below_s * 1_000)

    least, below = float(least_s), None if below_s is None else float(below_s)
    upper = "more" if below_s is None else f"below {below_s} s"
    name = f"callback_delay_{least_s}"
    meaning = f"callbacks reached with a delay of {least_s} s to {upper}"
    return Class(least, below, measure(name, Mart.CALLBACK, meaning, counted(is_in)))


DELAYS: Final = tuple(
    _of_class(least, below) for least, below in pairwise((*EDGES_S, None)) if least is not None
)
