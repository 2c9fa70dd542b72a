"""The buckets of a window, computed by the centre's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.questions import DAY_MS, LENGTH_MS, Width
from lianxi.reports.windows import Window, day, local, local_day

EPOCH = date(1970, 1, 1)
FAR = 1 << 62
"""A moment that never comes."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One stretch of a window: number, begin and end, UTC milliseconds, cut at the window."""

    number: int
    window: Window


@dataclass(frozen=True, slots=True)
class Shifts:
    """What a zone adds to UTC: at first, and from its turns on. Milliseconds."""

    shift_0: int
    turn_1: int = FAR
    shift_1: int = 0
    turn_2: int = FAR
    shift_2: int = 0


def buckets(window: Window, width: Width, zone: ZoneInfo) -> list[Bucket]:
    """All buckets that the window touches, oldest first; none of an empty window."""
    if window.ends_at <= window.begins_at:
        return []
    if width is Width.WHOLE:
        return [Bucket(0, window)]
    found, at = [], int(window.begins_at)
    while at < window.ends_at:
        number, ends = _bucket_at(at, width, zone)
        end = min(ends, int(window.ends_at))
        found.append(Bucket(number, Window(begins_at=Instant(at), ends_at=Instant(end))))
        at = end
    return found


def shifts(window: Window, zone: ZoneInfo) -> list[tuple[Window, Shifts]]:
    """The window in parts with two turns of the clocks at most, and the shifts of each."""
    turns = _turns(window, zone)
    cuts = [window.begins_at, *turns[2::3], window.ends_at]
    parts = []
    for begins, ends in pairwise(cuts):
        own = [turn for turn in turns if begins < turn < ends]
        values = [_shift(begins, zone)]
        for turn in own:
            values += [turn, _shift(turn, zone)]
        parts.append((Window(begins_at=Instant(begins), ends_at=Instant(ends)), Shifts(*values)))
    return parts


def turns(parts: Sequence[tuple[Window, Shifts]]) -> bool:
    """Whether clocks change in one of the parts."""
    return any(shift.turn_1 != FAR for _, shift in parts)


def _bucket_at(at: int, width: Width, zone: ZoneInfo) -> tuple[int, int]:
    """The number of the bucket around a moment, and its end."""
    if length := LENGTH_MS.get(width):
        begins = at - (at + _shift(at, zone)) % length
        return begins, begins + length
    when = local_day(at, zone)
    match width:
        case Width.DAY:
            return (when - EPOCH).days, int(day(when, zone).ends_at)
        case Width.WEEK:
            sunday = when + timedelta(days=6 - when.weekday())
            return ((when - EPOCH).days + 3) // 7, int(day(sunday, zone).ends_at)
        case _:
            after = date(when.year + when.month // 12, when.month % 12 + 1, 1)
            return when.year * 12 + when.month - 1, int(day(after, zone).begins_at)


def _shift(at: int, zone: ZoneInfo) -> int:
    offset = local(at, zone).utcoffset()
    assert offset is not None, "a zone knows its shift"
    return round(offset.total_seconds() * 1000)


def _turns(window: Window, zone: ZoneInfo) -> list[int]:
    """When the clocks change inside the window, to the minute."""
    found, step = [], 7 * DAY_MS
    at, ends = int(window.begins_at), int(window.ends_at)
    while at < ends:
        later = min(at + step, ends)
        if _shift(at, zone) != _shift(later, zone):
            low, high = at, later
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (
                    (middle, high) if _shift(middle, zone) == _shift(at, zone) else (low, middle)
                )
            if high < ends:
                found.append(high)
        at = later
    return found
