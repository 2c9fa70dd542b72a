"""HTTP of the desk: which customer it is that rings or talks there. The number is that of the
contact, so that a customer is found, made and given a number that nobody has to see in full."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from lianxi.api.desk import HubPart, SwitchboardPart
from lianxi.api.desk_looking import at_desk
from lianxi.api.errors import NotYourContact
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.kernel.masking import mask
from lianxi.modules.customers import errors, facade, keeping, looking, shapes
from lianxi.modules.customers.asked import CustomerProfileIn, Short
from lianxi.modules.customers.contracts import NewNumber

router = APIRouter(prefix="/desk", tags=["desk"])

Looking = Annotated[Caller, needs(Permission.DESK_USE, Permission.CUSTOMERS_READ)]
Keeping = Annotated[Caller, needs(Permission.DESK_USE, Permission.CUSTOMERS_EDIT)]
Key = Annotated[str, StringConstraints(max_length=40)]

_KEPT = (
    NotSignedIn, Forbidden, CsrfRefused, NotYourContact, errors.CustomerNumberInvalid,
)  # fmt: skip


class DeskCustomersOut(BaseModel):
    """Whoever may be on the line: none = make one, one = open it, more = a person chooses."""

    number: str
    """Masked; empty = withheld."""
    customers: list[shapes.CustomerLineOut]


class DeskCustomerIn(BaseModel):
    """A new customer, who has the number of the contact."""

    profile: CustomerProfileIn
    label: Short = ""
    """Of the number."""


class DeskNumberIn(BaseModel):
    """What the number of the contact is called."""

    label: Short = ""


@router.get(
    "/contacts/{contact_id}/customers",
    operation_id="list_desk_customers",
    responses=refusals(NotSignedIn, Forbidden, NotYourContact),
)
async def list_desk_customers(
    contact_id: ContactId,
    caller: Looking,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
) -> DeskCustomersOut:
    """Tell who has the number that rings or talks at this desk; nobody is guessed."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    found = await looking.match(uow, number=contact.caller)
    return DeskCustomersOut(
        number=mask(contact.caller), customers=[shapes.CustomerLineOut.of(one) for one in found]
    )


@router.post(
    "/contacts/{contact_id}/customers",
    operation_id="create_desk_customer",
    status_code=201,
    responses=refusals(*_KEPT, errors.CustomerNameMissing, errors.CertificateTaken),
)
async def create_desk_customer(
    contact_id: ContactId,
    body: DeskCustomerIn,
    caller: Keeping,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> shapes.CustomerOut:
    """Make a customer of whoever rings or talks at this desk; one who withholds the number has
    none."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    numbers = [NewNumber(number=contact.caller, label=body.label)] if contact.caller else []
    made = await keeping.create(uow, body.profile.profile(), numbers, by=caller, at=now)
    return shapes.CustomerOut.of(made)


@router.put(
    "/contacts/{contact_id}/customers/{customer_id}",
    operation_id="give_desk_number",
    responses=refusals(*_KEPT, errors.CustomerNotFound, errors.CustomerMerged),
)
async def give_desk_number(
    contact_id: ContactId,
    customer_id: Key,
    body: DeskNumberIn,
    caller: Keeping,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> shapes.CustomerOut:
    """Write down that a customer who is known has the number that rings or talks at this desk as
    well; one who has it already stays as it is."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    before = await looking.locked(uow, customer_id, looking.eyes_of(caller))
    if contact.caller in facade.written_numbers(before):
        return shapes.CustomerOut.of(before)
    wanted = keeping.Change(
        profile=before.profile,
        add_numbers=(NewNumber(number=contact.caller, label=body.label),),
        revision=before.revision,
    )
    after = await keeping.change(uow, customer_id, wanted, by=caller, at=now)
    return shapes.CustomerOut.of(after)
