"""The worker's side of work orders: what is to be called back finds somebody by the rule."""

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.cases import callbacks

LOOK_EVERY_S = 30.0


class CallbackGiver:
    """Gives to people what the rule says. Any number may run."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], now: Callable[[], Instant]
    ) -> None:
        self._sessions = sessions
        self._now = now

    async def run(self) -> None:
        """Look twice a minute, until cancelled."""
        while True:
            if await self.round() < callbacks.AT_ONCE:
                await asyncio.sleep(LOOK_EVERY_S)  # pace: nothing waits

    async def round(self) -> int:
        """Give out what is nobody's now; how many."""
        async with self._sessions.begin() as session:
            return await callbacks.give_by_rule(session, self._now())
