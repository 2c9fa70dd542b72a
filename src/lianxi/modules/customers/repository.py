"""All SQL about customers."""

import secrets
from collections.abc import Iterable

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.customers.models import CustomerCodeRow, CustomerNumberRow, CustomerRow


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
