"""Arithmetic on open time. The law: `elapsed(c, a, add(c, a, d)) == d`."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import (
    DAY_MS,
    MINUTES_A_DAY,
    Deadline,
    TimeUnit,
    Window,
    WorkCalendar,
)
from lianxi.office.calendar.errors import CalendarNeverOpens
from lianxi.office.calendar.wall_clock import instant

HORIZON_DAYS = 3660
"""A calendar that does not open within ten years is taken for one that never does."""

WHOLE_DAY: tuple[Window, ...] = ((0, MINUTES_A_DAY),)


def add(calendar: WorkCalendar, start: Instant, wait: Millis) -> Instant:
    """The moment at which `wait` milliseconds of open time have passed since `start`.

    Args:
        calendar: whose open time counts.
        start: from when; it need not be open.
        wait: >= 0. Zero is `start` itself.

    Raises:
        CalendarNeverOpens: there is not so much open time within ten years.
    """
    if calendar.always or wait <= 0:
        return Instant(start + max(0, wait))
    left = int(wait)
    for opens, closes in stretches(calendar, start):
        if closes - opens >= left:
            return Instant(opens + left)
        left -= closes - opens
    raise CalendarNeverOpens(calendar=calendar.id)


def elapsed(calendar: WorkCalendar, start: Instant, end: Instant) -> Millis:
    """How much open time lies between two moments; 0 when they are the wrong way round."""
    if calendar.always:
        return Millis(max(0, end - start))
    passed = 0
    for opens, closes in stretches(calendar, start):
        if opens >= end:
            break
        passed += min(closes, end) - opens
    return Millis(passed)


def stretches(calendar: WorkCalendar, since: Instant) -> Iterator[tuple[Instant, Instant]]:
    """Open stretches that end after `since`, the first one cut to begin there; in order, without
    overlap, for ten years ahead."""
    zone = ZoneInfo(calendar.zone)
    today = dt.datetime.fromtimestamp(since / 1000, tz=zone).date()
    seen = since
    for ahead in range(-1, HORIZON_DAYS):
        day = today + dt.timedelta(days=ahead)
        for opens, closes in calendar.windows(day):
            begin = Instant(max(seen, instant(day, opens, zone)))
            end = instant(day, closes, zone, last=True)
            if begin < end:
                yield begin, end
                seen = end


def day_of(calendar: WorkCalendar, at: Instant) -> dt.date:
    """The day of the calendar's zone."""
    return dt.datetime.fromtimestamp(at / 1000, tz=ZoneInfo(calendar.zone)).date()


def start_of(calendar: WorkCalendar, day: dt.date) -> Instant:
    """Midnight at which a day of the calendar's zone begins."""
    return instant(day, 0, ZoneInfo(calendar.zone))


def whole_days(calendar: WorkCalendar) -> WorkCalendar:
    """The same calendar counted in whole days: each day it opens on, from 00:00 to 24:00."""
    return replace(
        calendar,
        weekly={day: WHOLE_DAY for day, windows in calendar.weekly.items() if windows},
        special={day: WHOLE_DAY if windows else () for day, windows in calendar.special.items()},
    )


def due(deadline: Deadline, start: Instant, used: Millis = Millis(0)) -> Instant:
    """When a deadline falls that began, or goes on, at `start`.

    Args:
        deadline: target, unit and calendar.
        start: when it began, or was taken up again.
        used: how much of the target was used before `start`. Milliseconds of the unit.

    Raises:
        CalendarNeverOpens.
    """
    left = Millis(max(0, deadline.target - used))
    match deadline.unit:
        case TimeUnit.WALL:
            return Instant(start + left)
        case TimeUnit.WORK_TIME:
            return add(deadline.calendar, start, left)
        case TimeUnit.WORK_DAYS:
            return add(whole_days(deadline.calendar), start, left)
        case TimeUnit.NATURAL_DAY:
            days = max(1, -(-deadline.target // DAY_MS))
            ends = day_of(deadline.calendar, start) + dt.timedelta(days=days)
            return start_of(deadline.calendar, ends)


def used(deadline: Deadline, start: Instant, end: Instant) -> Millis:
    """How much of a deadline's unit lies between two moments. Milliseconds of the unit."""
    match deadline.unit:
        case TimeUnit.WORK_TIME:
            return elapsed(deadline.calendar, start, end)
        case TimeUnit.WORK_DAYS:
            return elapsed(whole_days(deadline.calendar), start, end)
        case _:
            return Millis(max(0, end - start))


def is_provisional(deadline: Deadline, at: Instant) -> bool:
    """Whether a deadline that falls at this moment depends on holidays nobody has published."""
    known = deadline.calendar.known_until
    counts_days = deadline.unit in (TimeUnit.WORK_TIME, TimeUnit.WORK_DAYS)
    if known is None or deadline.calendar.always or not counts_days:
        return False
    return day_of(deadline.calendar, Instant(at - 1)) > known


def require_open(calendar: WorkCalendar, at: Instant) -> None:
    """Refuse a calendar that never opens.

    Raises:
        CalendarNeverOpens.
    """
    if not calendar.always and next(stretches(calendar, at), None) is None:
        raise CalendarNeverOpens(calendar=calendar.id)
