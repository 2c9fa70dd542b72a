"""HTTP of health, status and the set-up page's lights."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel

from lianxi.api.live.hub import Hub
from lianxi.api.live.system import SystemRow
from lianxi.api.preflight import Light, Preflight
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs, public, signed_in
from lianxi.http.deps import Now, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.settings import Settings

router = APIRouter(tags=["setup"])

HubPart = Annotated[Hub, provided(Hub)]


class Health(BaseModel):
    """The process answers."""

    ok: bool


class PreflightOut(BaseModel):
    """The lights."""

    lights: list[Light]


class Ports(BaseModel):
    """Where this centre listens."""

    http: str
    sip: str
    ari: int
    rtp: str


class Status(BaseModel):
    """What runs, and how far the live view is."""

    build: str
    server_time: int
    parts: SystemRow
    journal_position: int
    routing_version: int
    contacts: int
    agents: int
    ports: Ports


@router.get("/health", operation_id="get_health", dependencies=[public()])
async def get_health() -> Health:
    """Say that the process answers; asks no other part."""
    return Health(ok=True)


@router.get("/setup/preflight", operation_id="get_preflight", responses=refusals(NotSignedIn))
async def get_preflight(
    request: Request,
    caller: Annotated[Caller, signed_in()],
    preflight: Annotated[Preflight, provided(Preflight)],
) -> PreflightOut:
    """Ask every part that the first call needs."""
    url = request.url
    lights = await preflight.lights(scheme=url.scheme, host=url.hostname or "")
    return PreflightOut(lights=lights)


@router.get("/status", operation_id="get_status", responses=refusals(NotSignedIn, Forbidden))
async def get_status(
    caller: Annotated[Caller, needs(Permission.SYSTEM_READ)],
    hub: HubPart,
    settings: Annotated[Settings, provided(Settings)],
    now: Now,
) -> Status:
    """Say what runs, from memory: answers while the database is away."""
    state = hub.replica.state
    return Status(
        build=hub.vitals.build,
        server_time=now,
        parts=hub.system(),
        journal_position=hub.position,
        routing_version=state.routing.version,
        contacts=len(state.contacts),
        agents=len(state.agents),
        ports=Ports(
            http=f"{settings.http_bind}:{settings.http_port}",
            sip=f"{settings.sip_bind}:{settings.sip_port}",
            ari=settings.ari_port,
            rtp=f"{settings.rtp_start}-{settings.rtp_end}",
        ),
    )
