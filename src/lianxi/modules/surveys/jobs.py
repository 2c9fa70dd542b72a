"""The worker's side of surveys: customers are asked, and what became of the letters is noted."""

import asyncio
from collections.abc import Callable
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.surveys import facade

LOOK_EVERY_S = 30.0


class Asker:
    """Asks who is to be asked. Any number may run."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        zone: ZoneInfo,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._zone = zone
        self._now = now

    async def run(self) -> None:
        """Look twice a minute, until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(LOOK_EVERY_S)  # pace: nobody is in a hurry

    async def round(self) -> int:
        """Ask whom it is time for, each survey in its transaction; how many invitations."""
        async with self._sessions.begin() as session:
            made = await facade.invite(session, self._now(), self._zone)
        async with self._sessions.begin() as session:
            await facade.follow(session, self._now())
        return made
