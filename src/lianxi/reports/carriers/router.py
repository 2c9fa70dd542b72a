"""HTTP for carriers' reports of calls that they turned away."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.reports.carriers import booking
from lianxi.reports.carriers.contracts import CarrierReport, Reported
from lianxi.reports.carriers.errors import (
    CarrierReportInvalid,
    CarrierReportNotFound,
    CarrierReportTwice,
)
from lianxi.reports.errors import WindowInvalid

router = APIRouter(prefix="/reports/carrier-blocks", tags=["reports"])

# Who looks after the trunks gets what the carriers of these trunks report.
Keeper = Annotated[Caller, needs(Permission.TRUNKS_EDIT)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
MOST = 10**9
Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9]{1,30}$")]


class CarrierReportIn(BaseModel):
    """Calls to one of our numbers that the carrier's network turned away on one day."""

    model_config = ConfigDict(extra="forbid")

    day: date
    number: Number
    calls: Annotated[int, Field(ge=0, le=MOST)]
    note: Annotated[str, Field(max_length=200)] = ""


class CarrierReportOut(BaseModel):
    """A report that was booked; a cancelled one counts no more."""

    id: int
    day: date
    number: str
    calls: int
    note: str
    booked_at: int
    booked_by: str
    cancelled_at: int | None


@router.get(
    "",
    operation_id="list_carrier_reports",
    response_model=list[CarrierReportOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_carrier_reports(
    caller: Keeper,
    uow: UnitOfWork,
    begins: Annotated[date, Query(alias="from")],
    ends: Annotated[date, Query(alias="to", description="The last day, included.")],
) -> object:
    """List what was booked for some days, the newest first."""
    return [_shown(report) for report in await booking.reports_of(uow, begins, ends)]


@router.post(
    "",
    operation_id="book_carrier_report",
    status_code=201,
    response_model=CarrierReportOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, CarrierReportInvalid, CarrierReportTwice,
        WindowInvalid,
    ),
)  # fmt: skip
async def book_carrier_report(
    body: CarrierReportIn, caller: Keeper, uow: UnitOfWork, now: Now, zone: Zone
) -> object:
    """Book a carrier's report; K16.b counts its calls on that day."""
    reported = Reported(**body.model_dump())
    return _shown(await booking.book(uow, reported, by=caller, at=now, zone=zone))


@router.post(
    "/{report}/cancel",
    operation_id="cancel_carrier_report",
    response_model=CarrierReportOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, CarrierReportNotFound),
)
async def cancel_carrier_report(
    report: Annotated[int, Field(ge=1, lt=2**63)], caller: Keeper, uow: UnitOfWork, now: Now
) -> object:
    """Cancel a report that was booked wrongly; it stays in the list."""
    return _shown(await booking.cancel(uow, report, by=caller, at=now))


def _shown(report: CarrierReport) -> CarrierReportOut:
    reported = report.reported
    return CarrierReportOut(
        id=report.id,
        day=reported.day,
        number=reported.number,
        calls=reported.calls,
        note=reported.note,
        booked_at=report.booked_at,
        booked_by=report.booked_by_name,
        cancelled_at=report.cancelled_at,
    )
