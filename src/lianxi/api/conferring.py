"""HTTP of the desk: consulting, swapping, handing over, conferences."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from lianxi.api.calling_errors import NoChannelFree
from lianxi.api.desk import Agent, Asking, HubPart
from lianxi.api.errors import NotTalking, NotYourContact
from lianxi.api.floor_errors import TransfersUsedUp, TransferTargetUnknown, TransferToSelf
from lianxi.api.handing_on import COMMON, ToIn, Words
from lianxi.api.party_errors import (
    AgentNotFree,
    ConferenceFull,
    ConsultOpen,
    NobodyFree,
    NoConsult,
    NotInConference,
    NoWayOut,
    NumberInvalid,
    PartiesThere,
    PartyNotThere,
    PartyUnknown,
)
from lianxi.engine.messages.parties import (
    ConferenceAsked,
    ConsultAsked,
    ConsultCancelled,
    ConsultCompleted,
    ConsultSwapAsked,
    InviteAsked,
    LeaveAsked,
    PartyDropAsked,
    Target,
)
from lianxi.engine.messages.routing import Routing
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, LegId, QueueId
from lianxi.kernel.masking import mask
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(prefix="/desk/contacts/{contact_id}", tags=["desk"])

OWN: tuple[type[Rejection], ...] = (*COMMON, NotYourContact, NotTalking)
TARGET: tuple[type[Rejection], ...] = (
    TransferToSelf, TransferTargetUnknown, AgentNotFree, NobodyFree, NumberInvalid, NoWayOut,
    NoChannelFree,
)  # fmt: skip


class CalledIn(BaseModel):
    """Whom to call."""

    to: ToIn


class CompletedIn(BaseModel):
    """Why the customer is handed over."""

    reason: Words


def target_of(to: ToIn, routing: Routing) -> Target:
    """Who that is: a number of ours is the agent or the queue behind it.

    Raises:
        InvalidRequest: nothing was named, or more than one.
    """
    ((kind, name),) = to.named().items()
    if kind == "queue":
        return Target(queue=QueueId(name))
    if kind == "agent":
        return Target(agent=AgentId(name))
    for agent in routing.agents:
        if agent.no == name:
            return Target(agent=agent.id)
    for rule in routing.numbers:
        if rule.number == name and rule.queue is not None:
            return Target(queue=rule.queue)
    return Target(number=name)


def shown(to: ToIn) -> dict[str, str]:
    """What is named, with a number as anybody may read it."""
    named = to.named()
    return {"number": mask(named["number"])} if "number" in named else named


async def called(
    contact_id: ContactId,
    body: CalledIn,
    caller: Agent,
    asker: Asking,
    hub: HubPart,
    uow: UnitOfWork,
) -> Target:
    """Who is to be called, and the trace that somebody was.

    Raises:
        InvalidRequest: nothing was named, or more than one.
    """
    to = target_of(body.to, hub.centre.state.routing)
    await audit.record(
        uow,
        at=asker.at,
        who=caller,
        act=Act.PARTY_CALLED,
        object=f"contact:{contact_id}"[:100],
        facts={"to": shown(body.to)},
    )
    await uow.flush()
    return to


@router.post(
    "/consult",
    operation_id="consult",
    status_code=204,
    responses=refusals(*OWN, *TARGET, PartiesThere),
)
async def consult(
    contact_id: ContactId,
    body: CalledIn,
    caller: Agent,
    asker: Asking,
    hub: HubPart,
    uow: UnitOfWork,
) -> Response:
    """Speak with somebody while the customer hears music."""
    to = await called(contact_id, body, caller, asker, hub, uow)
    return await asker.ask(ConsultAsked(at=asker.at, agent=asker.agent, contact=contact_id, to=to))


@router.post(
    "/invite",
    operation_id="invite",
    status_code=204,
    responses=refusals(*OWN, *TARGET, ConsultOpen, ConferenceFull),
)
async def invite(
    contact_id: ContactId,
    body: CalledIn,
    caller: Agent,
    asker: Asking,
    hub: HubPart,
    uow: UnitOfWork,
) -> Response:
    """Bring somebody straight into the conversation."""
    to = await called(contact_id, body, caller, asker, hub, uow)
    return await asker.ask(InviteAsked(at=asker.at, agent=asker.agent, contact=contact_id, to=to))


@router.post(
    "/consult/swap",
    operation_id="swap_consult",
    status_code=204,
    responses=refusals(*OWN, NoConsult, PartyNotThere),
)
async def swap(contact_id: ContactId, asker: Asking) -> Response:
    """Speak with the other one of the two: the customer, or who is consulted."""
    return await asker.ask(ConsultSwapAsked(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/consult/complete",
    operation_id="complete_consult",
    status_code=204,
    responses=refusals(*OWN, NoConsult, PartyNotThere, TransfersUsedUp),
)
async def complete(
    contact_id: ContactId, body: CompletedIn, caller: Agent, asker: Asking, uow: UnitOfWork
) -> Response:
    """Hand the customer over to who is consulted."""
    await audit.record(
        uow,
        at=asker.at,
        who=caller,
        act=Act.CONTACT_TRANSFERRED,
        object=f"contact:{contact_id}"[:100],
        facts={"to": "consulted"},
        reason=body.reason,
    )
    await uow.flush()
    return await asker.ask(
        ConsultCompleted(at=asker.at, agent=asker.agent, contact=contact_id, reason=body.reason)
    )


@router.post(
    "/consult/cancel",
    operation_id="cancel_consult",
    status_code=204,
    responses=refusals(*OWN, NoConsult),
)
async def cancel(contact_id: ContactId, asker: Asking) -> Response:
    """Back to the customer; who was consulted or rung is let go."""
    return await asker.ask(ConsultCancelled(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/conference",
    operation_id="confer",
    status_code=204,
    responses=refusals(*OWN, NoConsult, PartyNotThere),
)
async def confer(contact_id: ContactId, asker: Asking) -> Response:
    """The customer, who is consulted, and the agent all together."""
    return await asker.ask(ConferenceAsked(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/parties/{leg}/drop",
    operation_id="drop_party",
    status_code=204,
    responses=refusals(*OWN, PartyUnknown),
)
async def drop(contact_id: ContactId, leg: LegId, asker: Asking) -> Response:
    """Let one of the others go."""
    return await asker.ask(
        PartyDropAsked(at=asker.at, agent=asker.agent, contact=contact_id, leg=leg)
    )


@router.post(
    "/leave",
    operation_id="leave_conference",
    status_code=204,
    responses=refusals(*OWN, NotInConference),
)
async def leave(contact_id: ContactId, asker: Asking) -> Response:
    """Leave; the others go on."""
    return await asker.ask(LeaveAsked(at=asker.at, agent=asker.agent, contact=contact_id))
