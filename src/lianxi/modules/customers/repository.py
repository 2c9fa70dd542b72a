"""All SQL about customers."""

import asyncio
import secrets
from collections.abc import Iterable

import psycopg
from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.journal.inbox import Asking
from lianxi.kernel.time import Instant
from lianxi.modules.customers.models import CustomerCodeRow, CustomerNumberRow, CustomerRow

_NAMES = (
    "SELECT customer_number.number, customer.name FROM customer_number JOIN customer "
    "ON customer.id = customer_number.customer WHERE customer_number.number = ANY(%s)"
)


class NameLookup:
    """Names by number, asked with each call: by a connection of its own and one statement. Numbers
    that come while an answer is awaited are asked for together, so that none waits for many.

    Args:
        url: the database's SQLAlchemy address; opened when first needed.
    """

    def __init__(self, url: str) -> None:
        self._asking = Asking(url)
        self._wanted: dict[str, asyncio.Future[str]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def name_for(self, number: str) -> str:
        """The name of the customer with that number (in its normal form); empty if unknown.

        Raises:
            psycopg.OperationalError: the database cannot be reached.
        """
        wanted = self._wanted.get(number)
        if wanted is None:
            wanted = self._wanted[number] = asyncio.get_running_loop().create_future()
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(wanted)

    async def close(self) -> None:
        """Close what is open; the next name opens again."""
        await self._asking.close()

    async def _look(self) -> None:
        while self._wanted:
            wanted, self._wanted = self._wanted, {}
            try:
                rows = await self._asking.rows(_NAMES, (list(wanted),))
            except (psycopg.Error, OSError) as error:
                for each in wanted.values():
                    each.set_exception(error)
                    each.exception()  # whoever asked may have stopped waiting
                continue
            names = {str(number): str(name) for number, name in rows}
            for number, each in wanted.items():
                each.set_result(names.get(number, ""))


class CustomerRepository:
    """Customers and their numbers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def name_for(self, number: str) -> str:
        """The name of the customer with that number (in its normal form); empty if unknown."""
        query = (
            select(CustomerRow.name)
            .join(CustomerNumberRow, CustomerNumberRow.customer == CustomerRow.id)
            .where(CustomerNumberRow.number == number)
        )
        return await self._session.scalar(query) or ""

    async def add(self, name: str, numbers: Iterable[str], *, at: Instant) -> str:
        """Store a customer; return its id."""
        identifier = f"cu-{secrets.token_hex(6)}"
        await self._session.execute(
            insert(CustomerRow).values(id=identifier, name=name, created_at=at)
        )
        for number in numbers:
            await self._session.execute(
                insert(CustomerNumberRow).values(number=number, customer=identifier)
            )
        return identifier

    async def find(self, number: str) -> tuple[str, str] | None:
        """Id and name of the customer with that number (in its normal form)."""
        query = (
            select(CustomerRow.id, CustomerRow.name)
            .join(CustomerNumberRow, CustomerNumberRow.customer == CustomerRow.id)
            .where(CustomerNumberRow.number == number)
        )
        found = (await self._session.execute(query)).first()
        return None if found is None else (found[0], found[1])

    async def code(self, customer: str) -> CustomerCodeRow | None:
        """The customer's code, locked until the transaction ends."""
        query = select(CustomerCodeRow).where(CustomerCodeRow.customer == customer)
        return await self._session.scalar(query.with_for_update())

    async def put_code(self, customer: str, hashed: str, *, at: Instant) -> None:
        """A new code; wrong ones are forgotten."""
        facts = {"hash": hashed, "wrong": 0, "locked_until": 0, "changed_at": at}
        await self._session.execute(
            upsert(CustomerCodeRow)
            .values(customer=customer, **facts)
            .on_conflict_do_update(index_elements=[CustomerCodeRow.customer], set_=facts)
        )

    async def note_tries(self, customer: str, *, wrong: int, locked_until: Instant) -> None:
        """How many wrong codes in a row there were."""
        await self._session.execute(
            update(CustomerCodeRow)
            .where(CustomerCodeRow.customer == customer)
            .values(wrong=wrong, locked_until=locked_until)
        )
