"""All SQL about customers."""

import secrets
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.customers.models import CustomerNumberRow, CustomerRow


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
