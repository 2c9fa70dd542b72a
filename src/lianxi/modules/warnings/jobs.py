"""The worker's side of warnings: days that passed without what was owed."""

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.warnings import facade
from lianxi.modules.warnings.keeping import Warnings

LOOK_EVERY_S = 60.0


class DayRoller:
    """Ends each missed day by itself, and begins the next. Any number may run."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        zone: str,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._warnings = Warnings(zone)
        self._now = now

    async def run(self) -> None:
        """Look once a minute, until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(LOOK_EVERY_S)  # pace: days end at midnight

    async def round(self) -> int:
        """End what is over now, in one transaction; how many days there were."""
        async with self._sessions.begin() as session:
            return await facade.roll_days(session, self._warnings, self._now())
