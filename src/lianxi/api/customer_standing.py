"""HTTP of how it stands with customers of a list: when they were last in contact, and how many of
their work orders are open. Only what the reader may see elsewhere counts."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import looking as cases
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers import looking
from lianxi.modules.customers.contracts import Customer

router = APIRouter(tags=["customers"])

MOST = 200
Keys = Annotated[
    list[Annotated[str, StringConstraints(max_length=40)]],
    Query(alias="id", min_length=1, max_length=MOST),
]


class CustomerStandingOut(BaseModel):
    """How it stands with a customer; a work order that is late has missed its nearest deadline."""

    customer: str
    last_contact_at: int | None
    open_cases: int
    late_cases: int


@router.get(
    "/customers/standing",
    operation_id="list_customer_standing",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_customer_standing(
    ids: Keys,
    caller: Annotated[Caller, needs(Permission.CUSTOMERS_READ)],
    uow: UnitOfWork,
    now: Now,
) -> list[CustomerStandingOut]:
    """Tell how it stands with customers, also through those who were merged into them; ids of
    nobody, and of customers that are not to be seen, are left out."""
    found = await looking.some(uow, ids, looking.eyes_of(caller))
    spoke = await _last_contacts(uow, found, caller)
    matters = await _open_cases(uow, found, caller, now)
    return [
        CustomerStandingOut(
            customer=one.id,
            last_contact_at=spoke.get(one.id),
            open_cases=matters.get(one.id, (0, 0))[0],
            late_cases=matters.get(one.id, (0, 0))[1],
        )
        for one in found
    ]


async def _last_contacts(
    uow: UnitOfWork, found: list[Customer], caller: Caller
) -> dict[CustomerId, Instant]:
    if not caller.may(Permission.RECORDS_READ):
        return {}
    written = {one.id: customers.written_numbers(one) for one in found}
    numbers = [number for each in written.values() for number in each]
    last = await contacts.last_of_numbers(uow, numbers, contacts.reach_of(caller))
    spoke = {
        id: max((last[number] for number in each if number in last), default=None)
        for id, each in written.items()
    }
    return {id: at for id, at in spoke.items() if at is not None}


async def _open_cases(
    uow: UnitOfWork, found: list[Customer], caller: Caller, now: Instant
) -> dict[CustomerId, tuple[int, int]]:
    if not caller.may(Permission.CASES_READ):
        return {}
    families = await customers.families(uow, [one.id for one in found])
    members = [member for family in families.values() for member in family]
    open_of = await cases.open_of(uow, members, await cases.sight(uow, caller), at=now)
    return {
        id: (
            sum(open_of.get(member, (0, 0))[0] for member in family),
            sum(open_of.get(member, (0, 0))[1] for member in family),
        )
        for id, family in families.items()
    }
