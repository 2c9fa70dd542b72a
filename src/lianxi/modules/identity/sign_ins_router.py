"""HTTP of one's own sign-ins: where one is signed in, and ending that from afar."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from lianxi.http.caller import Caller, CsrfRefused, NotSignedIn, signed_in
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.modules.identity import standing
from lianxi.modules.identity.errors import SignInNotFound
from lianxi.modules.identity.web_sessions import WebSessions

router = APIRouter(prefix="/profile/sign-ins", tags=["users"])

Anybody = Annotated[Caller, signed_in()]


class SignInOut(BaseModel):
    """One sign-in to the web desktop."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    began_at: int
    seen_at: int
    ended_at: int | None
    address: str
    is_this: bool = False
    """Whether it is the one that asks."""


@router.get("", operation_id="list_own_sign_ins", responses=refusals(NotSignedIn))
async def list_own_sign_ins(caller: Anybody, uow: UnitOfWork, now: Now) -> list[SignInOut]:
    """One's last sign-ins, newest first."""
    found = await standing.own_sign_ins(uow, caller.user, at=now)
    shown = [SignInOut.model_validate(each) for each in found]
    return [each.model_copy(update={"is_this": each.id == caller.session}) for each in shown]


@router.delete(
    "/{sign_in}",
    operation_id="end_own_sign_in",
    status_code=204,
    responses=refusals(NotSignedIn, CsrfRefused, SignInNotFound),
)
async def end_own_sign_in(
    sign_in: str,
    caller: Anybody,
    uow: UnitOfWork,
    now: Now,
    sessions: Annotated[WebSessions, provided(WebSessions)],
) -> Response:
    """End one of one's own sign-ins, on a machine one has left."""
    await standing.end_own_sign_in(uow, sign_in, at=now, by=caller)
    await uow.commit()
    sessions.forget(session=sign_in)
    return Response(status_code=204)
