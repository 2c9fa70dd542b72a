"""HTTP of taking and leaving a desk: one agent, one desk, one device.

The order matters. The device's password is committed before the switchboard is asked, because the
switch looks it up on its own; a refusal takes it back.

A browser gets its account with the sign-in and keeps it to itself. A telephone's account is read by
a person, who types it into the telephone: it is told only when asked for, and that is audited.
"""

from ipaddress import ip_address
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from lianxi.api.asking import Switchboard
from lianxi.api.errors import (
    DeskNotSignedIn,
    InCall,
    NoDeskPhone,
    NotConfiguredAgent,
    SignedInElsewhere,
)
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import desk_session_of, holds_desk
from lianxi.engine.messages.agent_inputs import AgentSignedIn, AgentSignedOut
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
from lianxi.settings import Settings

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
    """The desk is taken. `sip` is null for a telephone on the desk: see `phone-account`."""

    agent: AgentName
    sip: SipAccount | None


class PhoneAccount(BaseModel):
    """What a person types into the telephone on the desk."""

    server: str
    """Host and UDP port, e.g. `192.0.2.5:5060`."""

    transport: Literal["udp"]
    username: str
    password: str
    realm: str
    is_local_only: bool
    """The switch listens on this machine alone: no telephone on the network reaches it."""


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
    "/phone-account",
    operation_id="show_phone_account",
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, DeskNotSignedIn, NoDeskPhone),
)
async def show_phone_account(
    request: Request,
    caller: Agent,
    switchboard: SwitchboardPart,
    hub: HubPart,
    desks: DesksPart,
    settings: Annotated[Settings, provided(Settings)],
    sessions: Sessions,
    now: Now,
) -> PhoneAccount:
    """Show the account the telephone on one's own desk registers with; each time is audited."""
    setup = switchboard.own_agent(caller)
    agent = hub.centre.state.agents.get(setup.id)
    if agent is None:
        raise DeskNotSignedIn
    password = await desks.password(agent.endpoint)
    if agent.device is not DeviceKind.PHONE or password is None:
        raise NoDeskPhone
    async with sessions.begin() as session:
        await audit.record(
            session,
            at=now,
            who=caller,
            act=Act.SIP_ACCOUNT_SHOWN,
            object=f"agent:{setup.id}",
            facts={"endpoint": agent.endpoint},
        )
    host = sip_host(settings.sip_bind, request.url.hostname or "localhost")
    return PhoneAccount(
        server=f"[{host}]:{settings.sip_port}" if ":" in host else f"{host}:{settings.sip_port}",
        transport="udp",
        username=agent.endpoint,
        password=password,
        realm=SIP_REALM,
        is_local_only=_is_loopback(settings.sip_bind),
    )


def sip_host(bind: str, page_host: str) -> str:
    """The host a telephone registers at: the bound address, or the page's where all are bound."""
    try:
        is_any = ip_address(bind).is_unspecified
    except ValueError:
        is_any = False
    return page_host if is_any else bind


def _is_loopback(bind: str) -> bool:
    try:
        return ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


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
