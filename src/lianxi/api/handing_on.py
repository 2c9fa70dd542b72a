"""HTTP of the desk: handing a conversation on, and taking work that does not ring."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from lianxi.api.calling_errors import NoChannelFree, NumberDoNotCall
from lianxi.api.desk import Agent, Asking, HubPart
from lianxi.api.errors import DeskNotSignedIn, NotTalking, NotYourContact, OfferOver
from lianxi.api.floor_errors import TransfersUsedUp, TransferTargetUnknown, TransferToSelf
from lianxi.api.party_errors import NoWayOut, NumberInvalid, PartiesThere
from lianxi.api.unwanted import PromisedPart
from lianxi.engine.messages.agent_inputs import OfferTaken, TransferAsked
from lianxi.engine.messages.routing import Destination, Routing
from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import InvalidRequest, refusals
from lianxi.http.idempotency import IdempotencyKeyInvalid
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, OfferId, QueueId
from lianxi.kernel.masking import mask
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(prefix="/desk", tags=["desk"])

COMMON: tuple[type[Rejection], ...] = (
    NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, DeskNotSignedIn,
)  # fmt: skip

SHORTEST_OUTSIDE = 5
"""Digits of a number outside: shorter ones are the centre's own, or mistyped."""

Words = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
"""A reason in a person's own words."""


class ToIn(BaseModel):
    """Where to: exactly one of these."""

    model_config = ConfigDict(extra="forbid")

    queue: QueueId | None = None
    agent: AgentId | None = None
    number: Annotated[str | None, Field(max_length=80)] = None
    """One of the centre's own: of an agent, or one that a flow or a queue answers; else outside."""

    def named(self) -> dict[str, str]:
        """What is named, by its kind.

        Raises:
            InvalidRequest: nothing, or more than one.
        """
        given = {name: value for name, value in self.model_dump().items() if value is not None}
        if len(given) != 1:
            raise InvalidRequest(field="body.to", why="name one of queue, agent, number")
        return given


class TransferIn(BaseModel):
    """To whom, and why."""

    to: ToIn
    reason: Words


def destination_of(to: ToIn, routing: Routing) -> Destination:
    """Where that is.

    Raises:
        InvalidRequest, TransferTargetUnknown.
    """
    ((kind, name),) = to.named().items()
    if kind == "queue":
        return Destination(queue=QueueId(name))
    if kind == "agent":
        return Destination(agent=AgentId(name))
    for rule in routing.numbers:
        if rule.number == name:
            return Destination(flow=rule.flow, queue=rule.queue)
    for agent in routing.agents:
        if agent.no == name:
            return Destination(agent=agent.id)
    raise TransferTargetUnknown(number=name)


def outside_of(to: ToIn, routing: Routing) -> str:
    """The number outside that is meant; empty when it is a destination of the centre's own, or too
    short to be another's."""
    number = to.number or ""
    is_ours = any(rule.number == number for rule in routing.numbers) or any(
        agent.no == number for agent in routing.agents
    )
    is_long = len(number) >= SHORTEST_OUTSIDE or number in routing.emergency
    return number if is_long and not is_ours and len(to.named()) == 1 else ""


@router.post(
    "/contacts/{contact_id}/transfer",
    operation_id="transfer_contact",
    status_code=204,
    responses=refusals(
        *COMMON,
        NotYourContact,
        NotTalking,
        TransfersUsedUp,
        TransferToSelf,
        TransferTargetUnknown,
        PartiesThere,
        NumberInvalid,
        NoWayOut,
        NoChannelFree,
    ),
)
async def transfer_contact(
    contact_id: ContactId,
    body: TransferIn,
    caller: Agent,
    asker: Asking,
    hub: HubPart,
    uow: UnitOfWork,
) -> Response:
    """Hand the conversation on without consulting first; the customer keeps the age in line."""
    routing = hub.centre.state.routing
    number = outside_of(body.to, routing)
    to = Destination() if number else destination_of(body.to, routing)
    await audit.record(
        uow,
        at=asker.at,
        who=caller,
        act=Act.CONTACT_TRANSFERRED,
        object=f"contact:{contact_id}"[:100],
        facts={"to": {"number": mask(number)} if number else body.to.named()},
        reason=body.reason,
    )
    await uow.flush()
    return await asker.ask(
        TransferAsked(
            at=asker.at,
            agent=asker.agent,
            contact=contact_id,
            to=to,
            number=number,
            reason=body.reason,
        )
    )


@router.post(
    "/offers/{offer_id}/take",
    operation_id="take_offer",
    status_code=204,
    responses=refusals(*COMMON, OfferOver, NumberDoNotCall),
)
async def take_offer(offer_id: OfferId, asker: Asking, promised: PromisedPart) -> Response:
    """Take work that does not ring: a chat, a mail, a message, a callback. A callback whose number
    is not to be called any more is refused and called off."""
    await promised.refuse(offer_id, asker.agent)
    return await asker.ask(OfferTaken(at=asker.at, agent=asker.agent, offer=offer_id))
