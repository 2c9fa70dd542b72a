"""The worker's side of versions that come into force at a set time."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import planning
from lianxi.modules.ivr.contracts import PlanState
from lianxi.modules.ivr.prompts import Prompts

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0


class Publishes(Protocol):
    """Brings the configuration in the tables into force."""

    async def publish(self) -> int:
        """Ask for it; returns its number."""
        ...


class Planner:
    """Publishes planned versions when their time comes, also when it came while nobody ran.

    Args:
        sessions: the database.
        prompts: what can be played.
        publisher: asks the switchboard for the configuration once it is stored.
        now: the clock.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        prompts: Prompts,
        publisher: Publishes,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._prompts = prompts
        self._publisher = publisher
        self._now = now
        self._is_owed = False
        """Stored, but not in force yet. (A worker that begins asks for everything anyway.)"""

    async def run(self) -> None:
        """Publish what is due, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        while True:
            await self.once()
            await asyncio.sleep(LOOK_EVERY_S)  # poll: versions become due because time passes

    async def once(self) -> int:
        """Publish everything that is due now; return how many versions were made."""
        now, made = self._now(), 0
        async with self._sessions() as session:
            is_any = await planning.is_any_due(session, at=now)
        while is_any:
            async with self._sessions.begin() as session:
                done = await planning.publish_next_due(session, prompts=self._prompts, at=now)
            if done is None:
                break
            made += done.state is PlanState.DONE
            log.info("flow.plan_due", flow=done.flow.id, plan=done.id, state=done.state.value)
        if made or self._is_owed:
            await self._bring_into_force()
        return made

    async def _bring_into_force(self) -> None:
        self._is_owed = True
        try:
            await self._publisher.publish()
        except Rejection as refused:
            log.warning("flow.plan_not_in_force", why=refused.code)
        else:
            self._is_owed = False
