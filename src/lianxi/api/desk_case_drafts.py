"""HTTP of the desk: a work order that is being written, kept on the server as the wrap-up is."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.modules.cases.drafts_repository import CaseDraftRepository

router = APIRouter(prefix="/desk", tags=["desk"])

Writing = Annotated[Caller, needs(Permission.DESK_USE, Permission.CASES_CREATE)]


class DeskCaseDraftIn(BaseModel):
    """The fields of the form as they stand."""

    model_config = ConfigDict(extra="forbid")

    fields: Annotated[dict[str, Any], Field(max_length=40)]


class DeskCaseDraftOut(BaseModel):
    """One's own draft about a contact; null = there is none."""

    fields: dict[str, Any] | None
    saved_at: int | None


@router.get(
    "/contacts/{contact_id}/case-draft",
    operation_id="read_desk_case_draft",
    responses=refusals(NotSignedIn, Forbidden),
)
async def read_desk_case_draft(
    contact_id: ContactId, caller: Writing, uow: UnitOfWork
) -> DeskCaseDraftOut:
    """Tell what one wrote about a contact and has not made yet, on whichever computer."""
    found = await CaseDraftRepository(uow).of(caller.user, contact_id)
    fields, saved_at = found if found is not None else (None, None)
    return DeskCaseDraftOut(fields=fields, saved_at=saved_at)


@router.put(
    "/contacts/{contact_id}/case-draft",
    operation_id="save_desk_case_draft",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused),
)
async def save_desk_case_draft(
    contact_id: ContactId, body: DeskCaseDraftIn, caller: Writing, uow: UnitOfWork, now: Now
) -> None:
    """Keep it as it stands; one that nobody finishes is forgotten after a week."""
    await CaseDraftRepository(uow).put(caller.user, contact_id, body.fields, at=now)


@router.delete(
    "/contacts/{contact_id}/case-draft",
    operation_id="drop_desk_case_draft",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused),
)
async def drop_desk_case_draft(contact_id: ContactId, caller: Writing, uow: UnitOfWork) -> None:
    """Put it away."""
    await CaseDraftRepository(uow).drop(caller.user, contact_id)
