"""Opening hours as absolute stretches of time."""

from lianxi.engine.messages.routing import Calendar
from lianxi.kernel.time import Instant


def is_open(calendar: Calendar, at: Instant) -> bool:
    """Whether `at` lies in one of the calendar's stretches, opening included, closing not."""
    return calendar.always or any(o.opens <= at < o.closes for o in calendar.openings)
