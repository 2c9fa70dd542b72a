"""Booking and cancelling costs. The caller owns the transaction."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.costs.accrual import LONGEST_DAYS, days_of, spread
from lianxi.reports.costs.contracts import Booking, CostEntry
from lianxi.reports.costs.errors import CostCurrencyDiffers, CostInvalid, CostNotFound
from lianxi.reports.costs.models import CostEntryRow
from lianxi.reports.costs.repository import Costs
from lianxi.reports.windows import day

SHOWN = 1_000
"""Entries of a list at most."""


async def book(
    session: AsyncSession, booking: Booking, *, by: Caller, at: Instant, zone: ZoneInfo
) -> CostEntry:
    """Book a cost and spread it over the days of its period.

    Args:
        zone: the centre's: where days begin.

    Raises:
        CostInvalid, CostCurrencyDiffers, WindowInvalid.
    """
    days = days_of(booking.first_day, booking.last_day)
    if not 0 < len(days) <= LONGEST_DAYS:
        raise CostInvalid(field="last_day")
    if booking.amount_minor < 1:
        raise CostInvalid(field="amount_minor")
    costs = Costs(session)
    await costs.lock()
    currency = await costs.currency()
    if currency not in {None, booking.currency}:
        raise CostCurrencyDiffers(currency=currency)
    entry = await costs.add(
        CostEntryRow(
            category=booking.category,
            first_day=booking.first_day,
            last_day=booking.last_day,
            amount_minor=booking.amount_minor,
            currency=booking.currency,
            note=booking.note,
            booked_at=at,
            booked_by=by.user,
            booked_by_name=by.name,
            cancelled_at=None,
            cancelled_by_name="",
            cancel_reason="",
        )
    )
    begins = [day(one, zone).begins_at for one in days]
    parts = spread(booking.amount_minor, len(days))
    await costs.accrue(entry.id, booking.category, list(zip(begins, parts, strict=True)))
    await _record(session, Act.COST_BOOKED, entry, by=by, at=at)
    return entry


async def cancel(
    session: AsyncSession, entry: int, *, reason: str, by: Caller, at: Instant
) -> CostEntry:
    """Cancel a cost: it counts on no day any more, and stays in the ledger.

    Args:
        reason: why it was wrong; it is shown with the entry.

    Raises:
        CostNotFound.
    """
    found = await Costs(session).cancel(entry, at=at, by_name=by.name, reason=reason)
    if found is None:
        raise CostNotFound(entry=entry)
    await _record(session, Act.COST_CANCELLED, found, by=by, at=at)
    return found


async def entries(session: AsyncSession, first: date, last: date) -> list[CostEntry]:
    """What is booked for a period, the newest first, cancelled entries too."""
    return await Costs(session).touching(first, last, limit=SHOWN)


async def _record(
    session: AsyncSession, act: Act, entry: CostEntry, *, by: Caller, at: Instant
) -> None:
    booking = entry.booking
    why = {"reason": entry.cancel_reason} if entry.cancel_reason else {}
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"cost:{entry.id}",
        facts={
            "category": booking.category.value,
            "first_day": booking.first_day.isoformat(),
            "last_day": booking.last_day.isoformat(),
            "amount_minor": booking.amount_minor,
            "currency": booking.currency,
            **why,
        },
    )
