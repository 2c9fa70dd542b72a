"""HTTP for the ledger of costs."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.reports.costs import booking as ledger
from lianxi.reports.costs.contracts import Booking, CostCategory, CostEntry
from lianxi.reports.costs.errors import CostCurrencyDiffers, CostInvalid, CostNotFound
from lianxi.reports.errors import WindowInvalid

router = APIRouter(prefix="/reports/costs", tags=["reports"])

Bookkeeper = Annotated[Caller, needs(Permission.COSTS_EDIT)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
MOST = 10**15


class CostIn(BaseModel):
    """A cost and the period it is for; both days belong to it."""

    category: CostCategory
    first_day: date
    last_day: date
    amount_minor: Annotated[int, Field(ge=1, le=MOST)]
    """In hundredths of the currency (fen, cents)."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    note: Annotated[str, Field(max_length=200)] = ""


class CancelIn(BaseModel):
    """Why a cost is cancelled; it is shown with the entry."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class CostOut(BaseModel):
    """A cost that was booked; a cancelled one counts no more."""

    id: int
    category: CostCategory
    first_day: date
    last_day: date
    amount_minor: int
    currency: str
    note: str
    booked_at: int
    booked_by: str
    cancelled_at: int | None
    cancelled_by: str
    cancel_reason: str


@router.get(
    "",
    operation_id="list_costs",
    response_model=list[CostOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_costs(
    caller: Bookkeeper,
    uow: UnitOfWork,
    begins: Annotated[date, Query(alias="from")],
    ends: Annotated[date, Query(alias="to")],
) -> object:
    """List what is booked for a period, the newest first."""
    return [_shown(entry) for entry in await ledger.entries(uow, begins, ends)]


@router.post(
    "",
    operation_id="book_cost",
    status_code=201,
    response_model=CostOut,
    responses=refusals(NotSignedIn, Forbidden, CostInvalid, CostCurrencyDiffers, WindowInvalid),
)
async def book_cost(
    body: CostIn, caller: Bookkeeper, uow: UnitOfWork, now: Now, zone: Zone
) -> object:
    """Book a cost; cost per call counts it on each day of its period."""
    wish = Booking(**body.model_dump())
    return _shown(await ledger.book(uow, wish, by=caller, at=now, zone=zone))


@router.post(
    "/{entry}/cancel",
    operation_id="cancel_cost",
    response_model=CostOut,
    responses=refusals(NotSignedIn, Forbidden, CostNotFound),
)
async def cancel_cost(
    entry: Annotated[int, Field(ge=1, lt=2**63)],
    body: CancelIn,
    caller: Bookkeeper,
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Cancel a cost that was booked wrongly; it stays in the list."""
    return _shown(await ledger.cancel(uow, entry, reason=body.reason, by=caller, at=now))


def _shown(entry: CostEntry) -> CostOut:
    booking = entry.booking
    return CostOut(
        id=entry.id,
        category=booking.category,
        first_day=booking.first_day,
        last_day=booking.last_day,
        amount_minor=booking.amount_minor,
        currency=booking.currency,
        note=booking.note,
        booked_at=entry.booked_at,
        booked_by=entry.booked_by_name,
        cancelled_at=entry.cancelled_at,
        cancelled_by=entry.cancelled_by_name,
        cancel_reason=entry.cancel_reason,
    )
