"""The worker's side of clocks: look for marks whose moment came, and fire them."""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.office.clock import facade
from lianxi.office.clock.facade import AT_ONCE, Tells

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0


class Sweeper:
    """Fires marks. Any number of them may run, on any number of machines."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        now: Callable[[], Instant],
        tell: Tells,
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._tell = tell

    async def run(self) -> None:
        """Fire what comes, until cancelled."""
        while True:
            if await self.round() < AT_ONCE:
                await asyncio.sleep(LOOK_EVERY_S)  # pace: nothing is due

    async def round(self) -> int:
        """Fire what is due now, `AT_ONCE` at most, in one transaction; how many there were."""
        async with self._sessions.begin() as session:
            fired = await facade.sweep(session, self._now(), self._tell)
        if fired:
            late = max(one.fired_at - one.at for one in fired)
            log.info("clocks_fired", marks=len(fired), latest_ms=late)
        return len(fired)
