"""HTTP of taking and leaving a desk: one agent, one desk, one device.

The order matters. The device's password is committed before the switchboard is asked, because the
switch looks it up on its own; a refusal takes it back.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from lianxi.api.asking import Switchboard
from lianxi.api.errors import DeskNotSignedIn, InCall, NotConfiguredAgent, SignedInElsewhere
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import desk_session_of, holds_desk
from lianxi.engine.messages.inputs import AgentSignedIn, AgentSignedOut
from lianxi.engine.messages.routing import AgentSetup
from lianxi.engine.messages.values import DeviceKind
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, Sessions, provided
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKey, IdempotencyKeyInvalid, intention
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.modules.identity.contracts import DeskSession
from lianxi.modules.identity.desks import Desks
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.live.names import agent_name
from lianxi.projections.live.rows import AgentName

router = APIRouter(prefix="/desk", tags=["desk"])

SIP_PATH = "/sip"
SIP_DOMAIN = "lianxi"
SIP_REALM = "asterisk"
"""The realm that Asterisk asks a password for, unless it is told another."""

Agent = Annotated[Caller, needs(Permission.DESK_USE)]
SwitchboardPart = Annotated[Switchboard, provided(Switchboard)]
HubPart = Annotated[Hub, provided(Hub)]
DesksPart = Annotated[Desks, provided(Desks)]


class SignInIn(BaseModel):
    """Which device rings, and what the page calls itself."""

    device: Literal["browser", "phone"]
    session: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")]
    take_over: bool = False


class SipAccount(BaseModel):
    """How the browser's telephone registers."""

    path: str
    uri: str
    username: str
    password: str
    realm: str


class SignedInOut(BaseModel):
    """The desk is taken. `sip` is null for a telephone on the desk."""

    agent: AgentName
    sip: SipAccount | None


@router.post(
    "/sign-in",
    operation_id="sign_in_desk",
    response_model=SignedInOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, SignedInElsewhere,
        NotConfiguredAgent,
    ),
)  # fmt: skip
async def sign_in_desk(
    request: Request,
    body: SignInIn,
    caller: Agent,
    switchboard: SwitchboardPart,
    hub: HubPart,
    desks: DesksPart,
    sessions: Sessions,
    now: Now,
    key: IdempotencyKey = None,
) -> object:
    """Take the desk with this page and device; again from the same page gives the same device."""
    setup = switchboard.own_agent(caller)
    if not body.take_over:
        _check_not_elsewhere(setup, caller, body.session, hub)
    wish = intention(caller, request, key)
    desk = await desks.open(
        agent=setup.id,
        user=caller.user,
        tab=f"{caller.session}.{body.session}",
        device=DeviceKind(body.device),
        key=wish,
        at=now,
    )
    given = AgentSignedIn(
        at=now,
        agent=setup.id,
        session=desk_session_of(caller, body.session),
        device=desk.device,
        endpoint=desk.endpoint,
    )
    try:
        outcome = await switchboard.ask(given, wish)
    except Rejection:
        if hub.centre.state.agents.get(setup.id) is None:
            await desks.end(desk.endpoint, at=now)
        raise
    if outcome.events:
        async with sessions.begin() as session:
            await audit.record(
                session,
                at=now,
                who=caller,
                act=Act.DESK_TAKEN,
                object=f"agent:{setup.id}",
                facts={"device": body.device, "endpoint": desk.endpoint},
            )
    return {"agent": agent_name(setup, hub.centre), "sip": _account(desk)}


def _check_not_elsewhere(setup: AgentSetup, caller: Caller, tab: str, hub: Hub) -> None:
    agent = hub.centre.state.agents.get(setup.id)
    if agent is None or not agent.linked:
        return  # nobody there, or a desk that is not heard any more
    if holds_desk(caller.session, agent.session) or agent.session.endswith(f".{tab}"):
        return
    raise SignedInElsewhere(device=agent.device.value, since=agent.signed_in_at)


def _account(desk: DeskSession) -> SipAccount | None:
    if desk.device is DeviceKind.PHONE:
        return None
    return SipAccount(
        path=SIP_PATH,
        uri=f"sip:{desk.endpoint}@{SIP_DOMAIN}",
        username=desk.endpoint,
        password=desk.password,
        realm=SIP_REALM,
    )


@router.post(
    "/sign-out",
    operation_id="sign_out_desk",
    status_code=204,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, DeskNotSignedIn, InCall
    ),
)
async def sign_out_desk(
    request: Request,
    caller: Agent,
    switchboard: SwitchboardPart,
    hub: HubPart,
    desks: DesksPart,
    sessions: Sessions,
    now: Now,
    key: IdempotencyKey = None,
) -> Response:
    """Leave the desk; the device's password expires."""
    setup = switchboard.own_agent(caller)
    agent = hub.centre.state.agents.get(setup.id)
    given = AgentSignedOut(at=now, agent=setup.id)
    outcome = await switchboard.ask(given, intention(caller, request, key))
    if outcome.events and agent is not None:
        await desks.end(agent.endpoint, at=now)
        async with sessions.begin() as session:
            await audit.record(
                session, at=now, who=caller, act=Act.DESK_LEFT, object=f"agent:{setup.id}"
            )
    return Response(status_code=204)
