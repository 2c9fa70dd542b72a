"""What others may ask of the customers module. The caller owns the transaction."""

from collections.abc import Callable, Iterable

import psycopg
import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import HashesCodes
from lianxi.modules.customers.errors import CodeInvalid, CustomerNotFound
from lianxi.modules.customers.repository import CustomerRepository, NameLookup

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


async def set_code(
    session: AsyncSession, number: str, code: str, *, hashes: HashesCodes, at: Instant
) -> None:
    """Give the customer with this number a new code for the telephone.

    Raises:
        CustomerNotFound, CodeInvalid.
    """
    if not rules.is_code(code):
        raise CodeInvalid
    customers = CustomerRepository(session)
    found = await customers.find(rules.normal(number))
    if found is None:
        raise CustomerNotFound
    await customers.put_code(found[0], await hashes.hash(code), at=at)


class TelephoneCustomers:
    """Customers as flows ask for them (the runtime's `KnowsCustomers`)."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        hashes: HashesCodes,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._hashes = hashes
        self._now = now

    async def find(self, number: str) -> dict[str, bool | int | float | str] | None:
        """Id and name of the customer with this number; None when there is none."""
        async with self._sessions() as session:
            found = await CustomerRepository(session).find(rules.normal(number))
        return None if found is None else {"id": found[0], "name": found[1]}

    async def is_code(self, number: str, code: str) -> bool:
        """Whether it is the customer's code. Too many wrong ones in a row lock it for a while; who
        is unknown, has no code or is locked cannot be told from who is wrong."""
        at = self._now()
        async with self._sessions.begin() as session:
            customers = CustomerRepository(session)
            found = await customers.find(rules.normal(number))
            row = None if found is None else await customers.code(found[0])
            hashed = None if row is None else row.hash
            right = await self._hashes.verify(hashed, code)
            if row is None or row.locked_until > at:
                return False
            wrong, until = rules.after_a_try(row.wrong, row.locked_until, right=right, at=at)
            await customers.note_tries(row.customer, wrong=wrong, locked_until=Instant(until))
            return right


class CallerNames:
    """Names for the telephone channel: a call is never refused because a name is not to be had."""

    def __init__(self, url: str) -> None:
        self._names = NameLookup(url)

    async def close(self) -> None:
        """Close what is open."""
        await self._names.close()

    async def caller_name(self, number: str) -> str:
        """The customer's name; empty if unknown or while the database is away."""
        if not number:
            return ""
        try:
            return await self._names.name_for(rules.normal(number))
        except (psycopg.OperationalError, OSError):
            log.warning("customers.database_away")
            return ""
