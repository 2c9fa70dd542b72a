"""The stretch of time a report is about. Storage is UTC; days follow the centre's zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.errors import WindowInvalid

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Days are asked about within these years; beyond them calendars and databases give out."""

REACH_MS = 7 * 86_400_000
"""No stretch lasts longer: a window looks no further back for those that reach into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """[begins_at, ends_at): what happens at the end belongs to the next window."""

    begins_at: Instant
    ends_at: Instant


def local(at: int, zone: ZoneInfo) -> datetime:
    """A moment by the centre's clocks."""
    return datetime.fromtimestamp(at / 1000, tz=zone)


def local_day(at: int, zone: ZoneInfo) -> date:
    """The civil day that a moment lies in."""
    return local(at, zone).date()


def day(when: date, zone: ZoneInfo) -> Window:
    """A civil day: from midnight to midnight, 23 or 25 hours long when clocks change.

    Raises:
        WindowInvalid: it lies in no year that can be asked about.
    """
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise WindowInvalid
    return Window(
        begins_at=_midnight(when, zone), ends_at=_midnight(when + timedelta(days=1), zone)
    )


def moments(begins_at: int, ends_at: int, zone: ZoneInfo) -> Window:
    """A window by its moments, in UTC milliseconds.

    Raises:
        WindowInvalid: one lies in no year that can be asked about.
    """
    earliest = day(date(FIRST_YEAR, 1, 1), zone).begins_at
    latest = day(date(LAST_YEAR, 12, 31), zone).ends_at
    if not earliest <= begins_at <= ends_at <= latest:
        raise WindowInvalid
    return Window(begins_at=Instant(begins_at), ends_at=Instant(ends_at))


def day_of(now: Instant, zone: ZoneInfo) -> Window:
    """The civil day that a moment lies in."""
    return day(local_day(now, zone), zone)


def _midnight(when: date, zone: ZoneInfo) -> Instant:
    # Where the clock jumps over midnight (some zones do), this is the first moment of the day.
    return Instant(round(datetime.combine(when, time(), tzinfo=zone).timestamp() * 1000))
