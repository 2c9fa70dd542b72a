"""SQL about lines of the journal for whoever looks back; the Driver's own is in `store.py`."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.base import Event
from lianxi.journal.codec import decoded_event
from lianxi.journal.models import JournalRow
from lianxi.kernel.time import Instant


class JournalRepository:
    """Looks back; writes nothing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def first_since(self, at: Instant) -> int | None:
        """The position of the first line of this moment or later; `None` = there is none yet."""
        position: int | None = await self._session.scalar(
            select(func.min(JournalRow.position)).where(JournalRow.at >= at)
        )
        return position

    async def of_types(self, types: Sequence[str], *, since: int, until: int) -> list[Event]:
        """Facts of these types, in order.

        Args:
            since: epoch milliseconds.
            until: the last position.
        """
        found = await self._session.execute(
            select(JournalRow.type, JournalRow.payload)
            .where(JournalRow.at >= since, JournalRow.type.in_(types), JournalRow.position <= until)
            .order_by(JournalRow.position)
        )
        return [decoded_event(name, payload) for name, payload in found]

    async def has_before(self, at: Instant, *, behind: int) -> bool:
        """Whether a line behind a position tells of something before a moment."""
        found = select(JournalRow.position).where(JournalRow.position > behind, JournalRow.at < at)
        return await self._session.scalar(found.limit(1)) is not None
