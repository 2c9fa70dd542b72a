"""Opening hours as the calendar of deadlines."""

import datetime

from lianxi.modules.routing.contracts import Hours, OpeningHours
from lianxi.office.calendar.contracts import Window, WorkCalendar


def work_calendar(hours: OpeningHours, zone: str) -> WorkCalendar:
    """The same hours, for deadlines.

    Holidays count as known until the end of the last year that has special days; a calendar
    without any does not depend on them.
    """
    last = max((day.year for day in hours.special), default=None)
    return WorkCalendar(
        id=hours.id,
        zone=zone,
        always=hours.always,
        weekly={day: _windows(found) for day, found in hours.weekly.items()},
        special={day: _windows(found) for day, found in hours.special.items()},
        known_until=None if last is None else datetime.date(last, 12, 31),
    )


def _windows(found: tuple[Hours, ...]) -> tuple[Window, ...]:
    return tuple((span.opens, span.closes) for span in found)
