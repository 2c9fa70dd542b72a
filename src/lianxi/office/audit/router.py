"""HTTP for the audit: a list with filters, newest first."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act, AuditFilter, FindsContacts
from lianxi.office.audit.repository import AuditRepository

router = APIRouter(prefix="/audit", tags=["audit"])

Reader = Annotated[Caller, needs(Permission.AUDIT_READ)]
Contacts = Annotated[FindsContacts, provided(FindsContacts)]
Subject = Annotated[str | None, StringConstraints(max_length=80)]


class PersonOut(BaseModel):
    """Somebody who ever acted."""

    id: str
    name: str


class AuditWords(BaseModel):
    """What one may filter by."""

    acts: list[Act]
    people: list[PersonOut]


class AuditRowOut(BaseModel):
    """One act: who, when, what, before and after, why, from where."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    at: int
    who: str | None
    who_name: str
    act: Act
    object: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    facts: dict[str, Any]
    reason: str
    address: str


@router.get(
    "",
    operation_id="list_audit",
    response_model=Page[AuditRowOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_audit(
    caller: Reader,
    uow: UnitOfWork,
    contacts_of: Contacts,
    who: str | None = None,
    act: Act | None = None,
    object: str | None = None,
    subject: Subject = None,
    since: int | None = None,
    until: int | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """List acts, newest first. `object` may be a kind alone, as in `recording:`; `subject` is whose
    data was touched: the id of a contact or a user, or a customer's number in full."""
    below = int(decode_cursor(cursor, int)[0]) if cursor else None
    wanted = AuditFilter(
        who=None if who is None else UserId(who),
        act=act,
        object=object,
        subject=subject,
        since=None if since is None else Instant(since),
        until=None if until is None else Instant(until),
    )
    contacts = [] if subject is None else await contacts_of(uow, subject)
    rows = await AuditRepository(uow).newest(
        wanted, limit=limit + 1, contacts=contacts, below=below
    )
    more = len(rows) > limit
    shown = rows[:limit]
    return {"items": shown, "next": encode_cursor(shown[-1].id) if more else None}


@router.get(
    "/words",
    operation_id="list_audit_words",
    response_model=AuditWords,
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_audit_words(caller: Reader, uow: UnitOfWork) -> object:
    """What one may filter by: acts that there are, people who ever acted."""
    people = await AuditRepository(uow).people()
    return {"acts": list(Act), "people": [{"id": who, "name": name} for who, name in people]}
