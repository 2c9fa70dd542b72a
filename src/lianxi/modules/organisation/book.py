"""What the centre is called, at hand for every request of every page."""

from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.organisation import facade
from lianxi.modules.organisation.contracts import Organisation

BELIEVED_MS = 10_000
"""For so long the name is not asked for again: another process may have changed it."""


class OrganisationBook:
    """The organisation as it was read last; while the database is away, that is good enough."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], now: Callable[[], Instant]
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._known = facade.UNNAMED
        self._read_at: Instant | None = None

    def forget(self) -> None:
        """It was changed: ask at the next request."""
        self._read_at = None

    async def current(self) -> Organisation:
        """The organisation."""
        at = self._now()
        if self._read_at is None or at - self._read_at > BELIEVED_MS:
            try:
                async with self._sessions() as session:
                    self._known = await facade.organisation(session)
                self._read_at = at
            except (SQLAlchemyError, OSError):
                pass  # the desk goes on under the name that is known
        return self._known
