"""The worker's side of announcements: what is announced begins, and news end, by the clock."""

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.announcements import facade
from lianxi.modules.announcements.keeping import Announcements

LOOK_EVERY_S = 5.0


class Beginner:
    """Begins and ends announcements when their time has come. Any number may run."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        zone: str,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._announcements = Announcements(zone)
        self._now = now

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            while await self.step():
                pass
            await asyncio.sleep(LOOK_EVERY_S)  # pace: outages begin by the clock

    async def step(self) -> bool:
        """Begin or end one, in a transaction of its own; False = nothing is due."""
        async with self._sessions.begin() as session:
            return await facade.come(session, self._announcements, self._now())
