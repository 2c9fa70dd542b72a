"""What others may ask of the customers module. The caller owns the transaction."""

from collections.abc import Iterable

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.kernel.time import Instant
from lianxi.modules.customers import rules
from lianxi.modules.customers.repository import CustomerRepository

log = structlog.get_logger(__name__)


async def name_for(session: AsyncSession, number: str) -> str:
    """The name of the customer with that number, however it is written; empty if unknown."""
    if not number:
        return ""
    return await CustomerRepository(session).name_for(rules.normal(number))


async def add(session: AsyncSession, name: str, numbers: Iterable[str], *, at: Instant) -> str:
    """Create a customer; return its id."""
    normal = list(dict.fromkeys(rules.normal(number) for number in numbers))
    return await CustomerRepository(session).add(name, normal, at=at)


class CallerNames:
    """Names for the telephone channel: a call is never refused because a name is not to be had."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def caller_name(self, number: str) -> str:
        """The customer's name; empty if unknown or while the database is away."""
        try:
            async with self._sessions() as session:
                return await name_for(session, number)
        except (SQLAlchemyError, OSError) as error:
            if not is_away(error):
                raise
            log.warning("customers.database_away")
            return ""
