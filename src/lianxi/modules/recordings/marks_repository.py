"""All SQL about marks in recordings. Returns contracts, never rows."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId
from lianxi.modules.recordings.contracts import Mark
from lianxi.modules.recordings.models import MarkRow


class MarksRepository:
    """Reads and writes marks."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, contact: ContactId) -> list[Mark]:
        """Those of one recording, by their place in it."""
        found = await self._session.scalars(
            select(MarkRow)
            .where(MarkRow.contact == contact)
            .order_by(MarkRow.offset_ms, MarkRow.at, MarkRow.id)
        )
        return [_mark(row) for row in found]

    async def one(self, contact: ContactId, mark: str) -> Mark | None:
        """A mark of this recording."""
        row = await self._session.get(MarkRow, mark)
        return None if row is None or row.contact != contact else _mark(row)

    async def add(self, mark: Mark) -> None:
        """Store a new one."""
        self._session.add(
            MarkRow(
                id=mark.id, contact=mark.contact, offset_ms=mark.offset_ms, text=mark.text,
                by=mark.by, by_id=mark.by_id, at=mark.at,
            )
        )  # fmt: skip
        await self._session.flush()

    async def remove(self, mark: str) -> None:
        """Delete one."""
        await self._session.execute(delete(MarkRow).where(MarkRow.id == mark))


def _mark(row: MarkRow) -> Mark:
    return Mark(
        id=row.id, contact=row.contact, offset_ms=row.offset_ms, text=row.text,
        by=row.by, by_id=row.by_id, at=row.at,
    )  # fmt: skip
