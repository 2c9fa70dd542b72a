"""Booking and cancelling carriers' reports. The caller owns the transaction."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.carriers.contracts import CarrierReport, Reported
from lianxi.reports.carriers.errors import CarrierReportInvalid, CarrierReportNotFound
from lianxi.reports.carriers.models import CarrierReportRow
from lianxi.reports.carriers.repository import CarrierReports
from lianxi.reports.windows import day as window_of_day
from lianxi.reports.windows import local_day

SHOWN = 1_000
"""Reports of a list at most."""


async def book(
    session: AsyncSession, reported: Reported, *, by: Caller, at: Instant, zone: ZoneInfo
) -> CarrierReport:
    """Book what a carrier reported of a number and a day.

    Args:
        zone: the centre's: where days begin.

    Raises:
        CarrierReportInvalid, CarrierReportTwice.
        WindowInvalid: the day lies in no year that can be asked about.
    """
    if reported.day > local_day(at, zone):
        raise CarrierReportInvalid(field="day")
    begins_at = window_of_day(reported.day, zone).begins_at
    reports = CarrierReports(session)
    report = await reports.add(
        CarrierReportRow(
            day=reported.day,
            number=reported.number,
            calls=reported.calls,
            note=reported.note,
            booked_at=at,
            booked_by=by.user,
            booked_by_name=by.name,
            cancelled_at=None,
        )
    )
    await reports.count(report, at=begins_at)
    await _record(session, Act.CARRIER_REPORT_BOOKED, report, by=by, at=at)
    return report


async def cancel(session: AsyncSession, report: int, *, by: Caller, at: Instant) -> CarrierReport:
    """Cancel a report: it counts no more, and stays in the list.

    Raises:
        CarrierReportNotFound.
    """
    found = await CarrierReports(session).cancel(report, at=at)
    if found is None:
        raise CarrierReportNotFound(report=report)
    await _record(session, Act.CARRIER_REPORT_CANCELLED, found, by=by, at=at)
    return found


async def reports_of(session: AsyncSession, first: date, last: date) -> list[CarrierReport]:
    """What was booked for these days, the newest first, cancelled reports too."""
    return await CarrierReports(session).between(first, last, limit=SHOWN)


async def _record(
    session: AsyncSession, act: Act, report: CarrierReport, *, by: Caller, at: Instant
) -> None:
    reported = report.reported
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"carrier_report:{report.id}",
        facts={
            "day": reported.day.isoformat(),
            "number": reported.number,
            "calls": reported.calls,
        },
    )
