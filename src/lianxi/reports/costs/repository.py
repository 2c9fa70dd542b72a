"""All SQL about costs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.reports.costs.contracts import Booking, CostCategory, CostEntry
from lianxi.reports.costs.models import CostEntryRow, FactCostRow

MINOR = 100
"""Hundredths of a currency."""


class Costs:
    """The ledger."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self) -> None:
        """Nobody else books until the transaction ends: the currency is that of all entries."""
        await self._session.execute(text("LOCK TABLE cost_entry IN SHARE ROW EXCLUSIVE MODE"))

    async def currency(self) -> str | None:
        """The currency of the ledger; None while nothing is booked."""
        found: str | None = await self._session.scalar(
            select(CostEntryRow.currency).where(CostEntryRow.cancelled_at.is_(None)).limit(1)
        )
        return found

    async def add(self, row: CostEntryRow) -> CostEntry:
        """Book an entry."""
        self._session.add(row)
        await self._session.flush()
        return _to_contract(row)

    async def accrue(
        self, entry: int, category: CostCategory, parts: Sequence[tuple[Instant, int]]
    ) -> None:
        """Write what an entry comes to on each day.

        Args:
            parts: when the day begins, and hundredths of the currency.
        """
        rows = [
            {"entry": entry, "category": category, "day_begins_at": at, "amount": minor / MINOR}
            for at, minor in parts
        ]
        await self._session.execute(insert(FactCostRow), rows)

    async def cancel(
        self, entry: int, *, at: Instant, by_name: str, reason: str
    ) -> CostEntry | None:
        """Cancel an entry and take back its days; None when it is not there or cancelled."""
        row = await self._session.scalar(
            update(CostEntryRow)
            .where(CostEntryRow.id == entry, CostEntryRow.cancelled_at.is_(None))
            .values(cancelled_at=at, cancelled_by_name=by_name, cancel_reason=reason)
            .returning(CostEntryRow)
        )
        if row is None:
            return None
        await self._session.execute(delete(FactCostRow).where(FactCostRow.entry == entry))
        return _to_contract(row)

    async def touching(self, first: date, last: date, *, limit: int) -> list[CostEntry]:
        """Entries whose period touches these days, the newest first; cancelled ones too."""
        rows = await self._session.scalars(
            select(CostEntryRow)
            .where(CostEntryRow.first_day <= last, CostEntryRow.last_day >= first)
            .order_by(CostEntryRow.id.desc())
            .limit(limit)
        )
        return [_to_contract(row) for row in rows]


def _to_contract(row: CostEntryRow) -> CostEntry:
    return CostEntry(
        id=row.id,
        booking=Booking(
            category=row.category,
            first_day=row.first_day,
            last_day=row.last_day,
            amount_minor=row.amount_minor,
            currency=row.currency,
            note=row.note,
        ),
        booked_at=row.booked_at,
        booked_by=row.booked_by,
        booked_by_name=row.booked_by_name,
        cancelled_at=row.cancelled_at,
        cancelled_by_name=row.cancelled_by_name,
        cancel_reason=row.cancel_reason,
    )
