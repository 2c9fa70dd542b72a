"""What the rest of the system may know about routing, beyond the engine's own snapshot."""

import datetime
from dataclasses import dataclass, field
from typing import Protocol

from lianxi.engine.messages.base import Input
from lianxi.journal.contracts import Outcome
from lianxi.kernel.ids import CalendarId

Minutes = int
"""Minutes of wall-clock time since the day's midnight, 0..2880; above 1440 is the next day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of open time on a day, by the wall clock: [opens, closes)."""

    opens: Minutes
    closes: Minutes

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= 2880 or self.opens >= 1440:
            raise ValueError("hours open before midnight and close later, within the next day")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Opening hours as people set them."""

    id: CalendarId
    name: str
    name_en: str
    always: bool = False
    weekly: dict[int, tuple[Hours, ...]] = field(default_factory=dict)
    """By weekday, Monday = 0. A missing day is closed."""
    special: dict[datetime.date, tuple[Hours, ...]] = field(default_factory=dict)
    """Days that do not follow the week: holidays (no hours) and make-up working days."""


class Asks(Protocol):
    """Whoever asks the switchboard (`journal.inbox.Inbox`)."""

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask and wait for what became of it.

        Raises:
            SwitchboardSilent, DatabaseAway.
        """
        ...


class Publishes(Protocol):
    """Brings the configuration in the tables into force (`publishing.Publisher`)."""

    async def publish(self) -> int:
        """Ask for what was committed; return its number once it is in force.

        Raises:
            SwitchboardSilent: it is stored, and will be asked for again.
            DatabaseAway.
        """
        ...
