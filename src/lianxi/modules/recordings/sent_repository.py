"""All SQL about faxes that are sent."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import FaxId
from lianxi.projections.fax_models import FactFax


class SentFaxRepository:
    """What became of documents that were sent."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(self, *, by: str | None, limit: int) -> list[FactFax]:
        """The newest first, of one person or (`None`) of everybody."""
        query = select(FactFax).order_by(FactFax.asked_at.desc(), FactFax.fax).limit(limit)
        if by is not None:
            query = query.where(FactFax.by == by)
        return list(await self._session.scalars(query))

    async def row(self, fax: FaxId) -> FactFax | None:
        """One of them."""
        return await self._session.get(FactFax, fax)
