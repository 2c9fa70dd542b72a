"""Deadlines as values."""

from dataclasses import dataclass

from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.clock.contracts import Mark

NEVER = Instant(0)
WARNINGS = (Mark(action="warn", percent=50), Mark(action="warn", percent=80))
"""Whom it concerns hears at half and at four fifths, unless a rule says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """How long something may take."""

    code: str
    """Of the clock, e.g. `wo.resolve`."""
    kind: str = ""
    """Of the matter, e.g. `fault_repair`; empty = every kind without a rule of its own."""
    area_class: str = ""
    """Of the area, e.g. `city`; empty = everywhere else."""
    version: int = 0
    """1, 2, ... of this code, kind and class; given when it is set."""
    effective_at: Instant
    target: int
    """Milliseconds of the unit, > 0; a day of day units is 86,400,000. 0 = no deadline."""
    unit: TimeUnit
    calendar: str = ""
    """Id of a calendar; empty = round the clock."""
    marks: tuple[Mark, ...] = WARNINGS
    note: str = ""
    set_by: str = ""
    set_at: Instant = NEVER
