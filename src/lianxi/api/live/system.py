"""The row of the topic `system`: are database, switchboard and switch there, and what is wrong."""

from dataclasses import dataclass

from typing_extensions import TypedDict

from lianxi.journal.signals import Life
from lianxi.kernel.time import Instant

SILENT_AFTER_MS = 3_500
"""The Driver gives a sign of life each second."""


class SystemRow(TypedDict):
    """What every page shows at its edge."""

    database: bool
    switch: bool
    driver: bool
    problem: str | None
    build: str


@dataclass(slots=True)
class Vitals:
    """What was last heard of the parts."""

    build: str
    database: bool = False
    _life: Life | None = None
    _heard_at: int = 0

    def hear(self, life: Life, at: Instant) -> None:
        """A sign of life of the Driver."""
        self._life = life
        self._heard_at = at

    def row(self, at: Instant) -> SystemRow:
        """The row as of now.

        Signs of life come by way of the database, so while that is away nothing new is known of
        the others: what was last heard is shown.
        """
        is_fresh = at - self._heard_at <= SILENT_AFTER_MS or not self.database
        driver = self._life is not None and is_fresh
        switch = self._life is not None and self._life.switch and driver
        problem: str | None = None
        if not self.database:
            problem = "database_away"
        elif not driver:
            problem = "switchboard_silent"
        elif not switch:
            problem = "switch_away"
        elif self._life is not None and self._life.alarm:
            problem = self._life.alarm
        return SystemRow(
            database=self.database, switch=switch, driver=driver, problem=problem, build=self.build
        )
