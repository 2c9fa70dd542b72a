"""HTTP of signing in to the web desktop, and who one is."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from lianxi.api.errors import Starting
from lianxi.api.live.hub import Hub
from lianxi.http.caller import (
    COOKIE,
    Caller,
    CsrfRefused,
    NotSignedIn,
    address_of,
    public,
    signed_in,
)
from lianxi.http.deps import Now, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.time import Instant
from lianxi.modules.identity.errors import TooManyAttempts, WrongCredentials
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.organisation.book import OrganisationBook
from lianxi.projections.live.names import agent_name_by_id
from lianxi.projections.live.rows import AgentName

router = APIRouter(prefix="/session", tags=["session"])

WebSessionsPart = Annotated[WebSessions, provided(WebSessions)]
HubPart = Annotated[Hub, provided(Hub)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The centre as pages introduce it."""

    name: str
    time_zone: str
    is_demo: bool


OrganisationPart = Annotated[Organisation, provided(Organisation)]
BookPart = Annotated[OrganisationBook, provided(OrganisationBook)]


class SignInIn(BaseModel):
    """User name and password."""

    username: Annotated[str, Field(max_length=100)]
    password: Annotated[str, Field(max_length=200)]


class UserOut(BaseModel):
    """The person."""

    id: str
    username: str
    name: str
    role: str
    role_name: str
    role_name_en: str


class OrgOut(BaseModel):
    """The centre."""

    name: str
    name_en: str
    """Empty = the same."""
    language: str
    """Of pages for those who have chosen none; empty = as their browser says."""
    time_zone: str


class Me(BaseModel):
    """Who one is, what one may do, and where one lands."""

    user: UserOut
    agent: AgentName | None
    permissions: list[Permission]
    scope: Scope
    csrf: str
    server_time: int
    demo: bool
    org: OrgOut
    home: str


async def _me(
    caller: Caller, hub: Hub, organisation: Organisation, book: OrganisationBook, at: Instant
) -> Me:
    named = await book.current()
    return Me(
        user=UserOut(
            id=caller.user,
            username=caller.username,
            name=caller.name,
            role=caller.role,
            role_name=caller.role_name,
            role_name_en=caller.role_name_en,
        ),
        # Without a desk one is let in before the replica stands: to see why it does not.
        agent=None if caller.agent is None else agent_name_by_id(caller.agent, hub.centre),
        permissions=sorted(Permission(permission) for permission in caller.permissions),
        scope=caller.scope,
        csrf=caller.csrf,
        server_time=at,
        demo=organisation.is_demo,
        org=OrgOut(
            name=named.name or organisation.name,
            name_en=named.name_en,
            language=named.language if named.revision else "",
            time_zone=organisation.time_zone,
        ),
        home=caller.home,
    )


@router.post(
    "",
    operation_id="sign_in",
    responses=refusals(WrongCredentials, TooManyAttempts, Starting),
    dependencies=[public()],
)
async def sign_in(
    body: SignInIn,
    request: Request,
    response: Response,
    web_sessions: WebSessionsPart,
    hub: HubPart,
    organisation: OrganisationPart,
    book: BookPart,
    now: Now,
) -> Me:
    """Sign in; the session's cookie comes with the answer."""
    opened = await web_sessions.sign_in(
        body.username, body.password, at=now, address=address_of(request)
    )
    try:
        me = await _me(opened.caller, hub, organisation, book, now)
    except Starting:
        await web_sessions.sign_out(opened.caller, at=now)  # nobody was given its cookie
        raise
    # No Max-Age: it ends with the browser, or twelve hours after its last use on the server.
    response.set_cookie(
        COOKIE,
        opened.token,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    return me


@router.get("", operation_id="get_session", responses=refusals(NotSignedIn, Starting))
async def get_session(
    caller: Annotated[Caller, signed_in()],
    hub: HubPart,
    organisation: OrganisationPart,
    book: BookPart,
    now: Now,
) -> Me:
    """Return who one is; `csrf` goes into the header X-CSRF-Token of every change."""
    return await _me(caller, hub, organisation, book, now)


@router.delete(
    "",
    operation_id="sign_out",
    status_code=204,
    responses=refusals(NotSignedIn, CsrfRefused),
)
async def sign_out(
    caller: Annotated[Caller, signed_in()],
    web_sessions: WebSessionsPart,
    hub: HubPart,
    now: Now,
) -> Response:
    """End the session; its WebSockets are closed."""
    await web_sessions.sign_out(caller, at=now)
    hub.close_session(caller.session)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response
