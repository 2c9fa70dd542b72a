"""Which day a row belongs to, and when a day may be closed.

A row belongs to the day, by the centre's clock, in which its first moment lies: stays in queues by
when they were entered, contacts by when they arrived, stretches of work and agents' states by when
they began (`projections/closed_days.py` names the column). Stretches over midnight stay one row of
the day they began in; marts cut them.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.windows import Window, local_day
from lianxi.reports.windows import day as window_of_day

LATEST = time(4)
"""A day is closed the next morning at this time by the centre's clock, whatever still goes on."""


def days_between(first: date, last: date) -> list[date]:
    """Each day from the first to the last, both included; none when the last is earlier."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def days_touching(window: Window, zone: ZoneInfo) -> list[date]:
    """The days that a window has a part of."""
    if window.ends_at <= window.begins_at:
        return []
    last = Instant(window.ends_at - 1)
    return days_between(local_day(window.begins_at, zone), local_day(last, zone))


def latest_close(day: date, zone: ZoneInfo) -> Instant:
    """When a day is closed at the latest."""
    morning = datetime.combine(day + timedelta(days=1), LATEST, tzinfo=zone)
    return Instant(round(morning.timestamp() * 1000))


def may_close(day: date, zone: ZoneInfo, *, now: Instant, goes_on: bool) -> bool:
    """Whether a day may be closed now.

    Args:
        goes_on: something that began on this day is not over.
    """
    if now < window_of_day(day, zone).ends_at:
        return False
    return not goes_on or now >= latest_close(day, zone)


def spans_without(spans: list[Window], whole: Window) -> list[Window]:
    """What is left of a window when spans, which do not overlap, are taken out of it.

    >>> whole = Window(begins_at=Instant(0), ends_at=Instant(10))
    >>> day = Window(begins_at=Instant(2), ends_at=Instant(4))
    >>> [(left.begins_at, left.ends_at) for left in spans_without([day], whole)]
    [(0, 2), (4, 10)]
    """
    left, at = [], whole.begins_at
    for span in sorted(spans, key=lambda span: span.begins_at):
        if span.begins_at > at:
            left.append(Window(begins_at=at, ends_at=Instant(min(span.begins_at, whole.ends_at))))
        at = Instant(max(at, span.ends_at))
    if at < whole.ends_at:
        left.append(Window(begins_at=at, ends_at=whole.ends_at))
    return [span for span in left if span.begins_at < span.ends_at]
