"""HTTP of what announcements have to do with others: contacts at the desk, and work orders."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.desk import HubPart, SwitchboardPart
from lianxi.api.desk_looking import at_desk
from lianxi.api.errors import NotYourContact
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.modules.announcements import linking
from lianxi.modules.announcements.contracts import LinkHow, Whereabouts
from lianxi.modules.announcements.errors import AnnouncementNotFound
from lianxi.modules.announcements.shapes import AnnouncementNoteOut
from lianxi.modules.cases import looking as cases
from lianxi.modules.cases.contracts import Case
from lianxi.modules.cases.errors import CaseClosed, CaseNotFound
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers import looking

router = APIRouter(tags=["announcements"])

Agent = Annotated[Caller, needs(Permission.DESK_USE, Permission.ANNOUNCEMENTS_READ)]
Reader = Annotated[Caller, needs(Permission.CASES_READ, Permission.ANNOUNCEMENTS_READ)]
Key = Annotated[str, StringConstraints(max_length=40)]

_AT_DESK = (NotSignedIn, Forbidden, CsrfRefused, NotYourContact, AnnouncementNotFound)
_ABOUT = (NotSignedIn, Forbidden, CsrfRefused, CaseNotFound, CaseClosed, AnnouncementNotFound)


async def whereabouts(session: AsyncSession, number: str) -> Whereabouts:
    """What is known of where a caller is: places and addresses of the customers with this number,
    and only if there are none, where the number belongs."""
    if not number:
        return Whereabouts()
    texts = [
        text
        for one in await looking.match(session, number=number)
        for text in (one.profile.address, one.profile.place)
        if text
    ]
    if not texts and (region := customers.region_of(number)) is not None:
        texts = [region.place, region.place_en]
    return Whereabouts(texts=tuple(texts), numbers=(number,))


@router.get(
    "/desk/contacts/{contact_id}/announcements",
    operation_id="list_desk_announcements",
    responses=refusals(NotSignedIn, Forbidden, NotYourContact),
)
async def list_desk_announcements(
    contact_id: ContactId,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
) -> list[AnnouncementNoteOut]:
    """What goes on or lies ahead where the caller at this desk is: by the customer's address, or by
    where the number belongs; nothing that concerns other places."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    known = await whereabouts(uow, contact.caller)
    found = await linking.concerning(uow, known, subject=f"contact:{contact.id}")
    return [AnnouncementNoteOut.of(one) for one in found]


@router.put(
    "/desk/contacts/{contact_id}/announcements/{announcement_id}",
    operation_id="link_desk_announcement",
    status_code=204,
    responses=refusals(*_AT_DESK),
)
async def link_desk_announcement(
    contact_id: ContactId,
    announcement_id: Key,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> None:
    """Say that the contact at this desk is about an announcement."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    subject = f"contact:{contact.id}"
    await linking.link(uow, announcement_id, subject, LinkHow.TICKED, by=caller, at=now)


@router.delete(
    "/desk/contacts/{contact_id}/announcements/{announcement_id}",
    operation_id="unlink_desk_announcement",
    status_code=204,
    responses=refusals(*_AT_DESK),
)
async def unlink_desk_announcement(
    contact_id: ContactId,
    announcement_id: Key,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> None:
    """Say that it is not about it after all."""
    contact = at_desk(switchboard.own_agent(caller).id, contact_id, hub.centre.state)
    subject = f"contact:{contact.id}"
    await linking.link(uow, announcement_id, subject, LinkHow.TICKED, by=caller, at=now, on=False)


@router.get(
    "/cases/{case_id}/announcements",
    operation_id="list_case_announcements",
    responses=refusals(NotSignedIn, Forbidden, CaseNotFound),
)
async def list_case_announcements(
    case_id: Key, caller: Reader, uow: UnitOfWork
) -> list[AnnouncementNoteOut]:
    """What goes on or lies ahead at the place of a work order, and what caused it, also when that
    is over. Without a place, where its customer is."""
    case = await _case(uow, case_id, caller)
    known = await whereabouts(uow, case.phone)
    if case.place:
        known = Whereabouts(texts=(case.place,), numbers=known.numbers)
    found = await linking.concerning(uow, known, subject=f"case:{case.id}", over=True)
    return [AnnouncementNoteOut.of(one) for one in found]


@router.put(
    "/cases/{case_id}/announcements/{announcement_id}",
    operation_id="link_case_announcement",
    status_code=204,
    responses=refusals(*_ABOUT),
)
async def link_case_announcement(
    case_id: Key, announcement_id: Key, caller: Reader, uow: UnitOfWork, now: Now
) -> None:
    """Say that a work order is caused by an announcement; the contact it came from is about it."""
    case = await _case(uow, case_id, caller)
    cases.require_edit(case, caller)
    await linking.link(uow, announcement_id, f"case:{case.id}", LinkHow.CASE, by=caller, at=now)
    if case.contact:
        subject = f"contact:{case.contact}"
        await linking.link(uow, announcement_id, subject, LinkHow.CASE, by=caller, at=now)


@router.delete(
    "/cases/{case_id}/announcements/{announcement_id}",
    operation_id="unlink_case_announcement",
    status_code=204,
    responses=refusals(*_ABOUT),
)
async def unlink_case_announcement(
    case_id: Key, announcement_id: Key, caller: Reader, uow: UnitOfWork, now: Now
) -> None:
    """Say that it is not caused by it after all."""
    case = await _case(uow, case_id, caller)
    cases.require_edit(case, caller)
    subjects = [f"case:{case.id}"]
    if case.contact and not await _another(uow, announcement_id, case):
        subjects.append(f"contact:{case.contact}")
    for subject in subjects:
        await linking.link(uow, announcement_id, subject, LinkHow.CASE, by=caller, at=now, on=False)


async def _another(session: AsyncSession, announcement: str, case: Case) -> bool:
    """Whether one more work order from the same contact is caused by it."""
    found = await cases.of_contact(session, case.contact) if case.contact else []
    others = [f"case:{id}" for id in found if id != case.id]
    return await linking.is_linked(session, announcement, others, LinkHow.CASE)


async def _case(uow: AsyncSession, id: str, caller: Caller) -> Case:
    return await cases.one(uow, id, await cases.sight(uow, caller))
