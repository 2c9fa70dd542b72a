"""The stretch of time a report is about. Storage is UTC; days follow the centre's zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant

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
    """A civil day: from midnight to midnight, 23 or 25 hours long when clocks change."""
    return Window(
        begins_at=_midnight(when, zone), ends_at=_midnight(when + timedelta(days=1), zone)
    )


def day_of(now: Instant, zone: ZoneInfo) -> Window:
    """The civil day that a moment lies in."""
    return day(local_day(now, zone), zone)


def _midnight(when: date, zone: ZoneInfo) -> Instant:
    # Where the clock jumps over midnight (some zones do), this is the first moment of the day.
    return Instant(round(datetime.combine(when, time(), tzinfo=zone).timestamp() * 1000))
