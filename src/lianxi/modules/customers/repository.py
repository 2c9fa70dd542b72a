"""All SQL about who is known on the telephone: names by number, and codes."""

import asyncio
from collections.abc import Iterable

import psycopg
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.journal.inbox import Asking
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import Eyes
from lianxi.modules.customers.models import CustomerCodeRow, CustomerNumberRow, CustomerRow

_NAMES = (
    "SELECT customer_number.number, min(customer.name) FROM customer_number JOIN customer "
    "ON customer.id = customer_number.customer WHERE customer_number.number = ANY(%s) "
    "AND customer.merged_into IS NULL GROUP BY customer_number.number HAVING count(*) = 1"
)
"""A number that several customers have tells nobody's name."""


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


class CodeRepository:
    """Who is known on the telephone by a number, and by which code."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def known(self, number: str) -> list[tuple[CustomerId, str]]:
        """Id and name of the customers with that number (in its normal form), two at most: one is
        the customer, more are nobody in particular."""
        query = (
            select(CustomerRow.id, CustomerRow.name)
            .join(CustomerNumberRow, CustomerNumberRow.customer == CustomerRow.id)
            .where(CustomerNumberRow.number == number, CustomerRow.merged_into.is_(None))
            .limit(2)
        )
        return [(id, name) for id, name in await self._session.execute(query)]

    async def segment(self, customer: CustomerId) -> dict[str, str]:
        """By what a flow may serve this customer in another way: level, tags (separated by commas)
        and language. Nothing else of the profile: what a flow takes stands in the journal."""
        query = select(CustomerRow.level, CustomerRow.tags, CustomerRow.language)
        level, tags, language = (
            await self._session.execute(query.where(CustomerRow.id == customer))
        ).one()
        return {"level": level, "tags": ",".join(tags), "language": language}

    async def names(self, ids: Iterable[CustomerId], eyes: Eyes) -> dict[CustomerId, str]:
        """How these are called, merged or not; confidential ones for who may see them."""
        query = select(CustomerRow.id, CustomerRow.name).where(CustomerRow.id.in_(list(ids)))
        if not eyes.confidential:
            own = CustomerRow.created_by == eyes.user
            query = query.where(or_(CustomerRow.confidential.is_(False), own))
        return {id: name for id, name in await self._session.execute(query)}

    async def code(self, customer: CustomerId) -> CustomerCodeRow | None:
        """The customer's code, locked until the transaction ends."""
        query = select(CustomerCodeRow).where(CustomerCodeRow.customer == customer)
        return await self._session.scalar(query.with_for_update())

    async def put_code(self, customer: CustomerId, hashed: str, *, at: Instant) -> None:
        """A new code; wrong ones are forgotten."""
        facts = {"hash": hashed, "wrong": 0, "locked_until": 0, "changed_at": at}
        await self._session.execute(
            upsert(CustomerCodeRow)
            .values(customer=customer, **facts)
            .on_conflict_do_update(index_elements=[CustomerCodeRow.customer], set_=facts)
        )

    async def note_tries(self, customer: CustomerId, *, wrong: int, locked_until: Instant) -> None:
        """How many wrong codes in a row there were."""
        await self._session.execute(
            update(CustomerCodeRow)
            .where(CustomerCodeRow.customer == customer)
            .values(wrong=wrong, locked_until=locked_until)
        )
