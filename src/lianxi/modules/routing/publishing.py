"""A configuration comes into force: the whole snapshot is asked of the switchboard."""

from collections.abc import Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.kernel.time import Instant
from lianxi.modules.routing import facade
from lianxi.modules.routing.contracts import Asks

log = structlog.get_logger(__name__)


class Publisher:
    """Asks for the configuration in the tables. Call it after the change was committed.

    Args:
        sessions: the database.
        inbox: the way to the switchboard.
        now: the clock; opening hours are laid out from now on.
        zone: the centre's time zone, by its IANA name.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        inbox: Asks,
        *,
        now: Callable[[], Instant],
        zone: str,
    ) -> None:
        self._sessions = sessions
        self._inbox = inbox
        self._now = now
        self._zone = zone

    async def publish(self) -> int:
        """Ask for what is in the tables; return its number once it is in force.

        Raises:
            SwitchboardSilent: it is stored, and will be asked for again.
            DatabaseAway.
        """
        at = self._now()
        async with self._sessions() as session:
            routing = await facade.current_routing(session, at=at, zone=self._zone)
        await self._inbox.ask(RoutingPublished(at=at, routing=routing))
        log.info("routing.published", version=routing.version)
        return routing.version

    async def publish_if_behind(self, in_force: int) -> None:
        """Ask again when the tables are ahead of the switchboard.

        Args:
            in_force: `State.routing.version` of the switchboard.
        """
        async with self._sessions() as session:
            stored = await facade.version(session)
        if stored != in_force:
            await self.publish()
