"""HTTP for the audit: a list with filters, newest first."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository

router = APIRouter(prefix="/audit", tags=["audit"])


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
    caller: Annotated[Caller, needs(Permission.AUDIT_READ)],
    uow: UnitOfWork,
    who: str | None = None,
    act: Act | None = None,
    object: str | None = None,
    since: int | None = None,
    until: int | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """List acts, newest first. `object` may be a kind alone, as in `recording:`."""
    below = int(decode_cursor(cursor, int)[0]) if cursor else None
    rows = await AuditRepository(uow).newest(
        limit=limit + 1,
        who=None if who is None else UserId(who),
        act=act,
        object=object,
        since=None if since is None else Instant(since),
        until=None if until is None else Instant(until),
        below=below,
    )
    more = len(rows) > limit
    shown = rows[:limit]
    return {"items": shown, "next": encode_cursor(shown[-1].id) if more else None}
