"""HTTP of the desk: work orders of whoever rings or talks there. The number is that of the contact,
so that they are found and made without anybody having to see it in full."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.desk import HubPart, SwitchboardPart
from lianxi.api.desk_looking import at_desk
from lianxi.api.errors import NotYourContact
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId, CustomerId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.cases import errors, facade, looking
from lianxi.modules.cases.asked import CaseIn
from lianxi.modules.cases.contracts import Wanted
from lianxi.modules.cases.drafts_repository import CaseDraftRepository
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.listed import CaseFilter, CaseLine, CaseList, Sight
from lianxi.modules.cases.shapes import CaseLineOut
from lianxi.modules.customers import looking as customers
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.form.errors import AnswersRefused

router = APIRouter(prefix="/desk", tags=["desk"])

Looking = Annotated[Caller, needs(Permission.DESK_USE, Permission.CASES_READ)]
Writing = Annotated[Caller, needs(Permission.DESK_USE, Permission.CASES_CREATE)]
OrdersPart = Annotated[Orders, provided(Orders)]
Key = Annotated[str, StringConstraints(max_length=40)]
Words = Annotated[str, StringConstraints(max_length=2_000, strip_whitespace=True)]

MOST = 20
TWICE_MS = 60_000
"""What is sent again within this time is the same."""


class DeskCaseOut(CaseLineOut):
    """An open work order of whoever is on the line."""

    attached: bool
    """This contact is among what was said about it."""


class DeskCasesOut(BaseModel):
    """The open work orders of a number and of the customers who have it, newest first."""

    number: str
    """Masked; empty = withheld."""
    customer: str | None
    """Whose the number is, where it is one person's alone."""
    cases: list[DeskCaseOut]


class DeskUrgeIn(BaseModel):
    """What the customer says, and the revision that was read: sent twice, it is one urging."""

    model_config = ConfigDict(extra="forbid")

    reason: Words = ""
    revision: int | None = None


class DeskCaseMadeOut(BaseModel):
    """A work order that was made at the desk."""

    id: str
    number: str


@router.get(
    "/contacts/{contact_id}/cases",
    operation_id="list_desk_cases",
    responses=refusals(NotSignedIn, Forbidden, NotYourContact),
)
async def list_desk_cases(
    contact_id: ContactId,
    caller: Looking,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> DeskCasesOut:
    """Tell which work orders of the customer are open, whoever has them; confidential ones only to
    those who may see them."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    owners = await _owners(uow, contact.caller)
    lines = await _open(uow, contact.caller, owners, caller)
    shown = [
        DeskCaseOut(
            **CaseLineOut.of(line, now).model_dump(),
            attached=contact_id in await facade.contacts_of(uow, line.id),
        )
        for line in lines
    ]
    only = owners[0] if len(owners) == 1 else None
    return DeskCasesOut(number=mask(contact.caller), customer=only, cases=shown)


@router.post(
    "/contacts/{contact_id}/cases",
    operation_id="create_desk_case",
    status_code=201,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, NotYourContact, errors.CaseTypeNotFound,
        errors.CaseTextMissing, AnswersRefused,
    ),
)  # fmt: skip
async def create_desk_case(
    contact_id: ContactId,
    body: CaseIn,
    caller: Writing,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
    orders: OrdersPart,
) -> DeskCaseMadeOut:
    """Make a work order of the contact at this desk; its number stands in it unless another was
    written, and the customer whose number it is alone. The same one sent twice is one, and the
    draft of it is gone."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    drafts = CaseDraftRepository(uow)
    await drafts.lock(caller.user, contact_id)
    await drafts.drop(caller.user, contact_id)
    if (made := await _just_made(uow, contact_id, body, caller, now)) is not None:
        return made
    owners = await _owners(uow, contact.caller)
    only = owners[0] if len(owners) == 1 else None
    given = {"contact": contact_id, "phone": body.phone or contact.caller}
    new = body.model_copy(update=given | {"customer": body.customer or only}).wanted()
    case = await facade.create(uow, orders, new, by=caller, at=now)
    return DeskCaseMadeOut(id=case.id, number=case.number)


@router.post(
    "/contacts/{contact_id}/cases/{case_id}/attach",
    operation_id="attach_desk_case",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, NotYourContact, errors.CaseNotFound),
)
async def attach_desk_case(
    contact_id: ContactId,
    case_id: Key,
    caller: Looking,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
    orders: OrdersPart,
) -> None:
    """Say that the contact at this desk is about one of the customer's work orders; saying it
    again changes nothing."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    line = await _line(uow, contact.caller, case_id, caller)
    await facade.attach(uow, orders, line.id, contact_id, by=caller, at=now)


@router.post(
    "/contacts/{contact_id}/cases/{case_id}/urge",
    operation_id="urge_desk_case",
    status_code=204,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, NotYourContact, errors.CaseNotFound, EventNotAllowed
    ),
)
async def urge_desk_case(
    contact_id: ContactId,
    case_id: Key,
    body: DeskUrgeIn,
    caller: Looking,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
    orders: OrdersPart,
) -> None:
    """Urge one of the customer's work orders, as the customer asks for it."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    line = await _line(uow, contact.caller, case_id, caller)
    wanted = Wanted(
        event="urge", reason=body.reason, facts={"contact": contact_id}, revision=body.revision
    )
    await facade.happen(uow, orders, line.id, wanted, by=caller, at=now)


async def _just_made(
    session: AsyncSession, contact: ContactId, body: CaseIn, caller: Caller, now: Instant
) -> DeskCaseMadeOut | None:
    """The same work order, made a moment ago: the request came twice."""
    wanted = CaseFilter(contact=contact, kind=body.kind, since=Instant(now - TWICE_MS))
    seen = await looking.sight(session, caller)
    for line in await looking.find(session, wanted, seen, limit=MOST):
        if line.title == body.title:
            return DeskCaseMadeOut(id=line.id, number=line.number)
    return None


async def _owners(session: AsyncSession, number: str) -> list[CustomerId]:
    return [one.id for one in await customers.match(session, number=number)] if number else []


async def _open(
    session: AsyncSession, number: str, owners: list[CustomerId], caller: Caller
) -> list[CaseLine]:
    """By the number, and by the customers who have it."""
    own = await looking.sight(session, caller)
    seen = Sight(user=own.user, all=True, confidential=own.confidential, areas=own.areas)
    wanted: list[CaseFilter] = []
    if number:
        wanted.append(CaseFilter(list=CaseList.OPEN, phone_tail=number))
    if owners:
        wanted.append(CaseFilter(list=CaseList.OPEN, customers=tuple(owners)))
    found: dict[str, CaseLine] = {}
    for each in wanted:
        lines = await looking.find(session, each, seen, limit=MOST)
        found |= {line.id: line for line in lines}
    newest = sorted(found.values(), key=lambda line: (Instant(-line.opened_at), line.id))
    return newest[:MOST]


async def _line(session: AsyncSession, number: str, case: str, caller: Caller) -> CaseLine:
    owners = await _owners(session, number)
    for line in await _open(session, number, owners, caller):
        if case in (line.id, line.number):
            return line
    raise errors.CaseNotFound(case=case)
