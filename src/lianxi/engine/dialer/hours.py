"""May a line ring now? Hours are stretches of absolute time; one that ends where the next begins
(midnight) does not end there."""

from lianxi.engine.messages.routing import Calendar
from lianxi.kernel.time import Instant, Millis


def open_for(calendar: Calendar, at: Instant, lasting: Millis) -> bool:
    """Whether it is open from `at` on for the whole of `lasting`."""
    if calendar.always:
        return True
    until = at
    while until < at + lasting:
        ends = [o.closes for o in calendar.openings if o.opens <= until < o.closes]
        if not ends:
            return False
        until = Instant(max(ends))
    return True


def opens_next(calendar: Calendar, at: Instant, lasting: Millis) -> Instant | None:
    """The first moment from `at` on that is open for `lasting`; `None` = not as far as known."""
    if open_for(calendar, at, lasting):
        return at
    later = sorted(o.opens for o in calendar.openings if o.opens > at)
    return next((Instant(o) for o in later if open_for(calendar, Instant(o), lasting)), None)
