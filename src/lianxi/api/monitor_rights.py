"""Who listens goes on listening only with the rights with which it began.

That an agent is of another team, or a customer with one, the switchboard sees by itself. What it
cannot see are the rights of people: they are looked at while anybody listens.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.monitoring import MonitorForbidden
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 2.0
NEEDED = (Permission.LIVE_FORCE, Permission.DESK_USE)


class Asks(Protocol):
    """The way to the switchboard."""

    async def ask(self, given: Input) -> object:
        """Say it, and wait for what follows."""
        ...


def teams_of(caller: Caller) -> tuple[TeamId, ...]:
    """Whose agents the caller may hear; empty = everybody's."""
    sight = sight_of(caller)
    return () if sight.team is None else (sight.team,)


class MonitorRights:
    """Looks again and again while anybody listens.

    Args:
        hub: knows who does.
        sessions: the database.
        inbox: the way to the switchboard.
        now: the clock.
    """

    def __init__(
        self,
        hub: Hub,
        sessions: async_sessionmaker[AsyncSession],
        inbox: Asks,
        now: Callable[[], Instant],
    ) -> None:
        self._hub = hub
        self._sessions = sessions
        self._inbox = inbox
        self._now = now

    async def run(self) -> None:
        """Until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        await self._hub.is_ready.wait()
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)  # poll: rights change in the database, without a word

    async def look(self) -> None:
        """End what is not allowed any more."""
        monitors = list(self._hub.centre.state.monitors.values())
        if not monitors:
            return
        async with self._sessions() as session:
            over = [one.by for one in monitors if not await _may(session, one.by, one.teams)]
        for desk in over:
            log.info("monitor.forbidden", agent=desk)
            try:
                await self._inbox.ask(MonitorForbidden(at=self._now(), by=desk))
            except Rejection as refused:
                log.warning("monitor.still_listens", agent=desk, error=refused.code)


async def _may(session: AsyncSession, desk: AgentId, teams: tuple[TeamId, ...]) -> bool:
    person = await identity.person_at_desk(session, desk)
    if person is None or not all(person.may(permission) for permission in NEEDED):
        return False
    return teams_of(person) == teams
