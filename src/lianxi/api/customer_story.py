"""HTTP of what was with a customer: contacts and work orders in one line of time, also of those who
were merged into it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import looking as cases
from lianxi.modules.cases.listed import CaseFilter, CaseLine
from lianxi.modules.cases.shapes import CaseLineOut
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.contacts.contracts import Record, RecordFilter
from lianxi.modules.contacts.shapes import RecordOut
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers import looking
from lianxi.modules.customers.contracts import Customer
from lianxi.modules.customers.errors import CustomerNotFound

router = APIRouter(tags=["customers"])

Key = Annotated[str, StringConstraints(max_length=40)]


class CustomerStepOut(BaseModel):
    """Something that was with a customer: a contact or a work order."""

    kind: Literal["contact", "case"]
    at: int
    contact: RecordOut | None = None
    case: CaseLineOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Behind which contact and which work order the next page begins; 0 = from the first."""

    contact: tuple[Instant, ContactId] = (Instant(0), ContactId(""))
    case: tuple[Instant, CaseId] = (Instant(0), CaseId(""))


@router.get(
    "/customers/{customer_id}/timeline",
    operation_id="get_customer_timeline",
    response_model=Page[CustomerStepOut],
    responses=refusals(NotSignedIn, Forbidden, CustomerNotFound, CursorInvalid),
)
async def get_customer_timeline(
    customer_id: Key,
    caller: Annotated[Caller, needs(Permission.CUSTOMERS_READ)],
    uow: UnitOfWork,
    now: Now,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """What was with a customer, newest first: of contacts and work orders those that the caller
    may see; contacts are found by the customer's numbers."""
    customer = await looking.one(uow, customer_id, looking.eyes_of(caller))
    place = _place(cursor)
    found: list[Record | CaseLine] = [
        *await _contacts(uow, customer, caller, place, limit + 1),
        *await _cases(uow, customer, caller, place, limit + 1),
    ]
    found.sort(key=_at, reverse=True)
    page = found[:limit]
    return {
        "items": [_step(each, now) for each in page],
        "next": _cursor(place, page) if len(found) > limit else None,
    }


async def _contacts(
    session: AsyncSession, customer: Customer, caller: Caller, place: _Place, limit: int
) -> list[Record]:
    numbers = customers.written_numbers(customer)
    if not numbers or not caller.may(Permission.RECORDS_READ):
        return []
    before = place.contact if place.contact[0] else None
    return await contacts.find(
        session,
        RecordFilter(numbers=numbers),
        contacts.reach_of(caller),
        before=before,
        limit=limit,
    )


async def _cases(
    session: AsyncSession, customer: Customer, caller: Caller, place: _Place, limit: int
) -> list[CaseLine]:
    if not caller.may(Permission.CASES_READ):
        return []
    wanted = CaseFilter(customers=tuple(await customers.family(session, customer.id)))
    seen = await cases.sight(session, caller)
    after = place.case if place.case[0] else None
    return await cases.find(session, wanted, seen, after=after, limit=limit)


def _at(each: Record | CaseLine) -> Instant:
    return each.arrived_at if isinstance(each, Record) else each.opened_at


def _step(each: Record | CaseLine, now: Instant) -> CustomerStepOut:
    if isinstance(each, Record):
        shown = RecordOut.model_validate(each)
        return CustomerStepOut(kind="contact", at=each.arrived_at, contact=shown)
    return CustomerStepOut(kind="case", at=each.opened_at, case=CaseLineOut.of(each, now))


def _place(cursor: str | None) -> _Place:
    if cursor is None:
        return _Place()
    spoke, contact, opened, case = decode_cursor(cursor, int, str, int, str)
    return _Place(
        contact=(Instant(int(spoke)), ContactId(str(contact))),
        case=(Instant(int(opened)), CaseId(str(case))),
    )


def _cursor(place: _Place, page: list[Record | CaseLine]) -> str:
    contact, case = place.contact, place.case
    for each in page:
        if isinstance(each, Record):
            contact = each.arrived_at, each.id
        else:
            case = each.opened_at, each.id
    return encode_cursor(*contact, *case)
