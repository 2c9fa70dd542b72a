"""All SQL about carriers' reports."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.projections.booked_models import FactCarrierBlocked
from lianxi.projections.closed_days import note_changes
from lianxi.projections.projector import lock_cursor
from lianxi.reports.carriers.contracts import CarrierReport, Reported
from lianxi.reports.carriers.errors import CarrierReportTwice
from lianxi.reports.carriers.models import CarrierReportRow


class CarrierReports:
    """What was booked, and the facts that figures are taken from."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: CarrierReportRow) -> CarrierReport:
        """Book a report.

        Raises:
            CarrierReportTwice: there is one for the number and day.
        """
        self._session.add(row)
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise CarrierReportTwice(day=row.day.isoformat(), number=row.number) from error
        return _to_contract(row)

    async def count(self, report: CarrierReport, *, at: Instant) -> None:
        """Let it count. A day that is closed is written anew.

        Args:
            at: when its day begins.
        """
        cursor = await lock_cursor(self._session)
        reported = report.reported
        self._session.add(
            FactCarrierBlocked(
                report=report.id, began_at=at, number=reported.number, calls=reported.calls
            )
        )
        await note_changes(self._session, cursor.position)

    async def cancel(self, report: int, *, at: Instant) -> CarrierReport | None:
        """Cancel a report, so that it counts no more; None when it is not there or cancelled."""
        row = await self._session.scalar(
            update(CarrierReportRow)
            .where(CarrierReportRow.id == report, CarrierReportRow.cancelled_at.is_(None))
            .values(cancelled_at=at)
            .returning(CarrierReportRow)
        )
        if row is None:
            return None
        cursor = await lock_cursor(self._session)
        fact = await self._session.get(FactCarrierBlocked, report)
        if fact is not None:
            await self._session.delete(fact)
        await note_changes(self._session, cursor.position)
        return _to_contract(row)

    async def between(self, first: date, last: date, *, limit: int) -> list[CarrierReport]:
        """Reports of these days, the newest first; cancelled ones too."""
        rows = await self._session.scalars(
            select(CarrierReportRow)
            .where(CarrierReportRow.day >= first, CarrierReportRow.day <= last)
            .order_by(CarrierReportRow.id.desc())
            .limit(limit)
        )
        return [_to_contract(row) for row in rows]


def _to_contract(row: CarrierReportRow) -> CarrierReport:
    return CarrierReport(
        id=row.id,
        reported=Reported(day=row.day, number=row.number, calls=row.calls, note=row.note),
        booked_at=row.booked_at,
        booked_by=row.booked_by,
        booked_by_name=row.booked_by_name,
        cancelled_at=row.cancelled_at,
    )
