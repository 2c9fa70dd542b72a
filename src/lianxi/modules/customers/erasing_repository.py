"""SQL that forgets what hangs on a customer beside the profile."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CustomerId
from lianxi.modules.customers.models import CustomerCodeRow, CustomerMergeRow


class ErasingRepository:
    """Forgets codes, and what merges remember of people."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def forget(self, customer: CustomerId) -> None:
        """The code by which the customer was known on the telephone."""
        table = CustomerCodeRow
        await self._session.execute(delete(table).where(table.customer == customer))

    async def forget_merges(self, customers: Sequence[CustomerId]) -> None:
        """Merges stay as facts; what the customers were like before and after does not."""
        table = CustomerMergeRow
        await self._session.execute(
            update(table)
            .where(or_(table.one.in_(customers), table.into.in_(customers)))
            .values(before={}, after={}, reason="", undone_reason="")
        )
