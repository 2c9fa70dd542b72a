"""HTTP of the desk. Thin: each route asks one thing; what it led to comes over the live link."""

from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from lianxi.api.asking import Switchboard
from lianxi.api.errors import (
    AlreadyHeld,
    DeskNotSignedIn,
    DispositionMissing,
    DispositionUnknown,
    HeldAtDevice,
    NoExtensionLeft,
    NotTalking,
    NotYourContact,
    OfferOver,
    ReasonUnknown,
    RefusingNotAllowed,
    WrapUpFixed,
    WrapUpOver,
)
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import holds_desk
from lianxi.engine.messages.agent_inputs import (
    AgentLeft,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    OfferRefused,
    ResumeAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs, needs_by_beacon
from lianxi.http.deps import Now, provided
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKey, IdempotencyKeyInvalid, intention
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, OfferId
from lianxi.projections.live.desk import desk_view
from lianxi.projections.live.rows import DeskView

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/desk", tags=["desk"])

Agent = Annotated[Caller, needs(Permission.DESK_USE)]
SwitchboardPart = Annotated[Switchboard, provided(Switchboard)]
HubPart = Annotated[Hub, provided(Hub)]
Note = Annotated[str, Field(max_length=4000)]
Code = Annotated[str, Field(max_length=60)]


class StateIn(BaseModel):
    """The state wished for; during a contact it is kept for after it."""

    to: Literal["ready", "not_ready"]
    reason: Code | None = None


class WrapUpIn(BaseModel):
    """Code and note so far."""

    contact: ContactId
    disposition: Code | None = None
    note: Note = ""


class WrapUpDone(WrapUpIn):
    """Code and note for good, and what comes after: null = as asked for during the call."""

    then: StateIn | None = None


class ContactIn(BaseModel):
    """Which contact."""

    contact: ContactId


_COMMON: tuple[type[Rejection], ...] = (
    NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, DeskNotSignedIn,
)  # fmt: skip


class Asker:
    """Asks for one agent, with the intention of the request. A dependency of the routes below."""

    def __init__(
        self,
        request: Request,
        caller: Agent,
        switchboard: SwitchboardPart,
        now: Now,
        key: IdempotencyKey = None,
    ) -> None:
        self._switchboard = switchboard
        self._key = intention(caller, request, key)
        self.agent: AgentId = switchboard.own_agent(caller).id
        self.at = now

    async def ask(self, given: Input) -> Response:
        """Ask; an empty answer says that it was done."""
        await self._switchboard.ask(given, self._key)
        return Response(status_code=204)

    async def learn(self, given: Input) -> list[Event]:
        """Ask; returns what came of it."""
        outcome = await self._switchboard.ask(given, self._key)
        return [recorded.event for recorded in outcome.events]


Asking = Annotated[Asker, Depends()]


@router.get("", operation_id="get_desk", responses=refusals(NotSignedIn, Forbidden))
async def get_desk(caller: Agent, hub: HubPart, switchboard: SwitchboardPart) -> DeskView:
    """Return everything the desk shows. From memory: works while the database is away."""
    setup = switchboard.own_agent(caller)
    agent = hub.centre.state.agents.get(setup.id)
    here = agent is not None and holds_desk(caller.session, agent.session)
    return desk_view(hub.centre, setup, here=here)


@router.post(
    "/state",
    operation_id="ask_state",
    status_code=204,
    responses=refusals(*_COMMON, ReasonUnknown),
)
async def ask_state(body: StateIn, asker: Asking) -> Response:
    """Be ready, or not ready with a reason; during a contact this is kept for after it."""
    return await asker.ask(
        AgentStateAsked(
            at=asker.at, agent=asker.agent, to=Intent(body.to), reason=body.reason or ""
        )
    )


@router.post(
    "/offers/{offer_id}/reject",
    operation_id="reject_offer",
    status_code=204,
    responses=refusals(*_COMMON, OfferOver, RefusingNotAllowed),
)
async def reject_offer(offer_id: OfferId, asker: Asking) -> Response:
    """Decline the call that rings; it goes to the next agent."""
    return await asker.ask(OfferRefused(at=asker.at, agent=asker.agent, offer=offer_id))


@router.post(
    "/contacts/{contact_id}/hold",
    operation_id="hold_contact",
    status_code=204,
    responses=refusals(*_COMMON, NotYourContact, NotTalking, AlreadyHeld),
)
async def hold_contact(contact_id: ContactId, asker: Asking) -> Response:
    """Let the customer hear music."""
    return await asker.ask(HoldAsked(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/contacts/{contact_id}/resume",
    operation_id="resume_contact",
    status_code=204,
    responses=refusals(*_COMMON, NotYourContact, NotTalking, HeldAtDevice),
)
async def resume_contact(contact_id: ContactId, asker: Asking) -> Response:
    """Talk to the customer again."""
    return await asker.ask(ResumeAsked(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/contacts/{contact_id}/hang-up",
    operation_id="hang_up_contact",
    status_code=204,
    responses=refusals(*_COMMON, NotYourContact, NotTalking),
)
async def hang_up_contact(contact_id: ContactId, asker: Asking) -> Response:
    """End the conversation."""
    return await asker.ask(HangUpAsked(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/leg",
    operation_id="ask_leg",
    status_code=204,
    responses=refusals(*_COMMON, NotTalking),
)
async def ask_leg(asker: Asking) -> Response:
    """The page is back: ring this device, which answers at once, and go on talking."""
    return await asker.ask(LegAsked(at=asker.at, agent=asker.agent))


@router.post(
    "/leave",
    operation_id="leave_desk",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused),
)
async def leave_desk(
    caller: Annotated[Caller, needs_by_beacon(Permission.DESK_USE)],
    hub: HubPart,
    switchboard: SwitchboardPart,
    now: Now,
    session: str = "",
) -> Response:
    """The page closes or reloads. Sent as a beacon; only the page that holds the desk counts, and
    only where the telephone goes with it: one on the desk rings and talks on."""
    setup = switchboard.own_agent(caller)
    agent = hub.centre.state.agents.get(setup.id)
    if agent is None or agent.device is not DeviceKind.BROWSER:
        return Response(status_code=204)
    if agent.session == f"{caller.session}.{session}":
        await switchboard.ask(AgentLeft(at=now, agent=setup.id))
    return Response(status_code=204)


@router.put(
    "/wrap-up",
    operation_id="draft_wrap_up",
    status_code=204,
    responses=refusals(*_COMMON, NotYourContact),
)
async def draft_wrap_up(body: WrapUpIn, asker: Asking) -> Response:
    """Keep code and note so far; may come during the call."""
    return await asker.ask(
        WrapUpNoted(
            at=asker.at,
            agent=asker.agent,
            contact=body.contact,
            disposition=body.disposition or "",
            note=body.note,
        )
    )


@router.post(
    "/wrap-up/finish",
    operation_id="finish_wrap_up",
    status_code=204,
    responses=refusals(
        *_COMMON, WrapUpOver, WrapUpFixed, DispositionMissing, DispositionUnknown, ReasonUnknown
    ),
)
async def finish_wrap_up(body: WrapUpDone, asker: Asking) -> Response:
    """End after-call work."""
    then = body.then
    return await asker.ask(
        WrapUpFinished(
            at=asker.at,
            agent=asker.agent,
            contact=body.contact,
            disposition=body.disposition or "",
            note=body.note,
            then=Intent(then.to) if then is not None else None,
            reason=(then.reason or "") if then is not None else "",
        )
    )


@router.post(
    "/wrap-up/extend",
    operation_id="extend_wrap_up",
    status_code=204,
    responses=refusals(*_COMMON, WrapUpOver, NoExtensionLeft),
)
async def extend_wrap_up(body: ContactIn, asker: Asking) -> Response:
    """Ask for more time."""
    return await asker.ask(WrapUpExtended(at=asker.at, agent=asker.agent, contact=body.contact))
