"""The window of a question, its buckets, and how a moment finds its bucket.

A statement is compiled once and asked with different windows: what belongs to one stands in it as
a parameter, and its buckets in a table of their own, `report_edges`. A bucket is known by a number
that rises with time: the instant it begins at (up to an hour), the day's, week's or month's number
in the centre's zone. A zone whose clocks change gives other shifts from its turns on; one window
has two turns at most, a longer question is cut.
"""

from typing import Any

import ibis

from lianxi.reports.questions import DAY_MS, LENGTH_MS, Key, Width
from lianxi.reports.statement import NUMBER_MARKS, SEPARATOR, WORD_MARKS


class Parameters:
    """What a statement is asked with. Each stands in the expression as a number, or a word, that
    occurs nowhere else; `statement.py` puts the parameter into its place. So a database sees plain
    comparisons: it reads only what lies in the window, and sorts nothing.
    """

    def __init__(self) -> None:
        for name, mark in NUMBER_MARKS.items():
            setattr(self, name, ibis.literal(mark, type="int64"))
        for name in WORD_MARKS:
            setattr(self, name, ibis.literal(name))

    begins_at: Any
    ends_at: Any
    as_of: Any
    shift_0: Any
    turn_1: Any
    shift_1: Any
    turn_2: Any
    shift_2: Any

    def only(self, key: Key) -> Any:
        """The wanted values of a key, each between separators; null where all are."""
        return getattr(self, f"only_{key.value}")


WINDOW = Parameters()

EDGES = ibis.table(
    {"bucket": "int64", "edge_begins_at": "int64", "edge_ends_at": "int64"}, name="report_edges"
)


def bucket_of(at: Any, width: Width, *, turns: bool) -> Any:
    """The number of the bucket that a moment lies in.

    Args:
        at: UTC milliseconds, inside the window.
        turns: whether clocks change in the window.
    """
    if width is Width.WHOLE:
        return at * 0
    later = (at < WINDOW.turn_2).ifelse(WINDOW.shift_1, WINDOW.shift_2)
    shift = (at < WINDOW.turn_1).ifelse(WINDOW.shift_0, later)
    local = at + (shift if turns else WINDOW.shift_0)
    if width in LENGTH_MS:
        return at - local % LENGTH_MS[width]
    day = whole(local, DAY_MS)
    match width:
        case Width.DAY:
            return day
        case Width.WEEK:
            return whole(day + 3, 7)  # day 0 was a Thursday
        case _:
            return month_of(day)


def month_of(day: Any) -> Any:
    """Months since the year 0 of a day number.

    Source: the civil-from-days algorithm of H. Hinnant, "chrono-Compatible Low-Level Date
    Algorithms" (public domain); its years begin in March, so that a leap day is the last.
    """
    shifted = day + 719_468
    era = whole(shifted, 146_097)
    of_era = shifted - era * 146_097
    year = whole(
        of_era - whole(of_era, 1_460) + whole(of_era, 36_524) - whole(of_era, 146_096), 365
    )
    of_year = of_era - (year * 365 + whole(year, 4) - whole(year, 100))
    return (era * 400 + year) * 12 + whole(of_year * 5 + 2, 153) + 2


def whole(number: Any, by: int) -> Any:
    """Whole part of a division of integers that are not negative."""
    return (number // by).cast("int64")


def is_wanted(value: Any, only: Any) -> Any:
    """Whether a value is among the wanted ones."""
    return only.isnull() | only.contains(SEPARATOR + value.fill_null("") + SEPARATOR)
