"""A calendar as a value, and the units in which deadlines are given."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Window = tuple[int, int]
"""Minutes after midnight by the wall clock: [opens, closes). It may close on the next day."""

MINUTES_A_DAY = 1440
DAY_MS = 86_400_000


class TimeUnit(StrEnum):
    """What a deadline counts."""

    WALL = "wall"
    """Time as it passes."""
    WORK_TIME = "work_time"
    """Open time of the calendar."""
    WORK_DAYS = "work_days"
    """Whole days (00:00 to 24:00) of those on which the calendar opens at all; a target of one
    day is `DAY_MS`. A working day is not twenty-four working hours."""
    NATURAL_DAY = "natural_day"
    """The end of a day of the calendar's zone: one day is the end of the day it begins on. It
    does not pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When work is done.

    Raises:
        ValueError: a window does not open before midnight and close later, within the next day.
    """

    id: str
    zone: str
    """Name of the IANA time zone, e.g. Asia/Shanghai."""
    always: bool = False
    weekly: Mapping[int, tuple[Window, ...]] = field(default_factory=dict)
    """By weekday, Monday = 0. A missing day is closed."""
    special: Mapping[dt.date, tuple[Window, ...]] = field(default_factory=dict)
    """Days that do not follow the week: holidays (no window) and make-up working days."""
    known_until: dt.date | None = None
    """The last day whose holidays are published; None = holidays do not matter. A deadline beyond
    it is provisional."""

    def __post_init__(self) -> None:
        for windows in (*self.weekly.values(), *self.special.values()):
            for opens, closes in windows:
                if not 0 <= opens < closes <= 2 * MINUTES_A_DAY or opens >= MINUTES_A_DAY:
                    raise ValueError(f"not a window of a day: {opens} to {closes}")

    def windows(self, day: dt.date) -> tuple[Window, ...]:
        """Of one day, in order."""
        found = self.special.get(day)
        return tuple(sorted(self.weekly.get(day.weekday(), ()) if found is None else found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """How long something may take."""

    target: int
    """Milliseconds of the unit; > 0. A day of `WORK_DAYS` or `NATURAL_DAY` is `DAY_MS`."""
    unit: TimeUnit
    calendar: WorkCalendar
