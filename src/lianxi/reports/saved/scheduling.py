"""When a saved report goes out, and which time it then tells about. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.forms.declaring import Period
from lianxi.reports.saved.contracts import Cadence
from lianxi.reports.windows import local_day

PERIODS = {
    Cadence.NONE: Period.DAY,
    Cadence.DAILY: Period.DAY,
    Cadence.WEEKLY: Period.WEEK,
    Cadence.MONTHLY: Period.MONTH,
}
"""The time that a question of one's own is asked about."""


def next_due(
    cadence: Cadence, on_day: int, at_minute: int, zone: ZoneInfo, *, after: Instant
) -> Instant | None:
    """The first moment after `after` at which it goes out; None without a cadence.

    Args:
        on_day: of a weekly one 1 (Monday) to 7, of a monthly one 1 to 28.
        at_minute: minutes after midnight by the centre's clocks, 0 to 1439. Where the clocks jump
            over that minute it is as many minutes later as they jump.
    """
    if cadence is Cadence.NONE:
        return None
    today = local_day(after, zone)
    for days in range(-1, 33):
        when = today + timedelta(days=days)
        if not _is_day(cadence, on_day, when):
            continue
        at = _moment(when, at_minute, zone)
        if at > after:
            return at
    raise AssertionError("a month has every one of its first 28 days")


def latest_due(
    cadence: Cadence, on_day: int, at_minute: int, zone: ZoneInfo, *, due: Instant, now: Instant
) -> Instant:
    """The last moment until `now` at which it was due: after a long stop one report goes out, about
    the newest period, and not one for every day that was missed."""
    while True:
        following = next_due(cadence, on_day, at_minute, zone, after=due)
        if following is None or following > now:
            return due
        due = following


def told_day(cadence: Cadence, due_at: Instant, zone: ZoneInfo) -> date:
    """The last day of the period that a report tells about: the one that has ended."""
    today = local_day(due_at, zone)
    match cadence:
        case Cadence.WEEKLY:
            return today - timedelta(days=today.weekday() + 1)
        case Cadence.MONTHLY:
            return today.replace(day=1) - timedelta(days=1)
        case _:
            return today - timedelta(days=1)


def _is_day(cadence: Cadence, on_day: int, when: date) -> bool:
    match cadence:
        case Cadence.WEEKLY:
            return when.isoweekday() == on_day
        case Cadence.MONTHLY:
            return when.day == on_day
        case _:
            return True


def _moment(when: date, at_minute: int, zone: ZoneInfo) -> Instant:
    clock = time(at_minute // 60, at_minute % 60)
    return Instant(round(datetime.combine(when, clock, tzinfo=zone).timestamp() * 1000))
