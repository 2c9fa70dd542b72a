"""The connection pool, and the one question asked of a database error: is the database away?"""

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from lianxi.db.telling import Tell, TellingSession, telling

CONNECT_WITHIN_S = 5


class Database:
    """One pool per process. `sessions.begin()` is one transaction.

    Args:
        url: an SQLAlchemy address, `postgresql+psycopg://...`; nothing is opened yet.
        pool: connections kept open; as many again may be opened for a burst.
        tell: tells what was changed, after the commit; None = nobody is told.
    """

    def __init__(self, url: str, *, pool: int = 10, tell: Tell | None = None) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool,
            max_overflow=pool,
            pool_timeout=CONNECT_WITHIN_S,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_WITHIN_S, "options": "-c timezone=UTC"},
        )
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(
            self.engine,
            expire_on_commit=False,
            sync_session_class=TellingSession,
            info=telling(tell),
        )

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def is_away(error: BaseException) -> bool:
    """Whether the error says that the database cannot be reached (not that it said no).

    A lost or refused connection carries no SQLSTATE, or one of class 08 (connection) or
    57P (the server is shutting down or starting).
    """
    if isinstance(error, PoolTimeout):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        state = cause.sqlstate
        return state is None or state.startswith(("08", "57P"))
    return isinstance(cause, ConnectionError)
