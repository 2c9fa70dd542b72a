"""The window of a question, its buckets, and how a moment finds its bucket.

Both stand in tables of their own, so that a statement is compiled once and asked with different
windows: `report_window` has one row, `report_edges` one per bucket. A bucket is known by a number
that rises with time: the instant it begins at (up to an hour), the day's, week's or month's number
in the centre's zone. A zone whose clocks change gives other shifts from its turns on; one window
has two turns at most, a longer question is cut.
"""

from typing import Any

import ibis

from lianxi.reports.asked import Key, Width

MINUTE_MS = 60_000
DAY_MS = 86_400_000

WINDOW = ibis.table(
    {
        "begins_at": "int64",
        "ends_at": "int64",
        "as_of": "int64",
        "shift_0": "int64",
        "turn_1": "int64",
        "shift_1": "int64",
        "turn_2": "int64",
        "shift_2": "int64",
        **{f"only_{key.value}": "string" for key in Key},
    },
    name="report_window",
)
"""`only_…`: the wanted values, each between separators; null where all are."""

EDGES = ibis.table(
    {"bucket": "int64", "edge_begins_at": "int64", "edge_ends_at": "int64"}, name="report_edges"
)

SEPARATOR = "\x1f"
"""Stands in no id, number or code."""

LENGTH_MS = {
    Width.QUARTER: 15 * MINUTE_MS,
    Width.HALF_HOUR: 30 * MINUTE_MS,
    Width.HOUR: 60 * MINUTE_MS,
}


def bucket_of(at: Any, width: Width, window: Any) -> Any:
    """The number of the bucket that a moment lies in.

    Args:
        at: UTC milliseconds, inside the window.
        window: the table that has the columns of `WINDOW`.
    """
    if width is Width.WHOLE:
        return at * 0
    shift = (at < window.turn_1).ifelse(
        window.shift_0, (at < window.turn_2).ifelse(window.shift_1, window.shift_2)
    )
    local = at + shift
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
    return ((number - number % by) / by).cast("int64")


def is_wanted(value: Any, only: Any) -> Any:
    """Whether a value is among the wanted ones."""
    return only.isnull() | only.contains(SEPARATOR + value.fill_null("") + SEPARATOR)
