"""Wall-clock times as moments. On a day with a change of clocks some come twice and some not at
all; nowhere else is that decided."""

import datetime
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant

_UTC = datetime.UTC


def instant(day: datetime.date, minutes: int, zone: ZoneInfo, *, last: bool = False) -> Instant:
    """The moment at which the wall clock shows so many minutes after midnight of a day.

    Args:
        day: of the zone.
        minutes: may reach into the next day.
        zone: whose wall clock.
        last: of a time that is shown twice the second; a skipped one is when the clocks change.
    """
    midnight = datetime.datetime.combine(day, datetime.time())
    wall = midnight + datetime.timedelta(minutes=minutes)
    moment = wall.replace(tzinfo=zone, fold=1 if last else 0).astimezone(_UTC)
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        moment = _change_of_clocks(wall, zone)
    return Instant(round(moment.timestamp() * 1000))


def _change_of_clocks(wall: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The moment at which the clocks jump over a wall-clock time that does not exist."""
    one = wall.replace(tzinfo=zone, fold=0).astimezone(_UTC)
    other = wall.replace(tzinfo=zone, fold=1).astimezone(_UTC)
    before, after = min(one, other), max(one, other)
    offset = before.astimezone(zone).utcoffset()
    while after - before > datetime.timedelta(milliseconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=after.microsecond // 1000 * 1000)
