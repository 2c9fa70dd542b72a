"""HTTP of callbacks: promised by an agent, listed, called off."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.api.asking import Switchboard
from lianxi.api.calling_errors import NumberDoNotCall
from lianxi.api.desk import Agent, HubPart, SwitchboardPart
from lianxi.api.errors import NotYourContact
from lianxi.api.floor_errors import CallbackOver, NumberMissing, QueueUnknown
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.api.unwanted import UnwantedPart, marked
from lianxi.engine.messages.agent_inputs import CallbackAsked, CallbackCancelled
from lianxi.engine.state import State
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import InvalidRequest, refusals
from lianxi.http.idempotency import IdempotencyKey, IdempotencyKeyInvalid, intention
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.live.callbacks import CallbackRow, callback_row, callback_rows

router = APIRouter(tags=["callbacks"])

FURTHEST_MS = 366 * 86_400_000
"""How far ahead a callback may be agreed."""

COMMON: tuple[type[Rejection], ...] = (NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid)


class CallbackIn(BaseModel):
    """Whom to call back: a number, or the caller of a contact at this desk."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str | None, Field(pattern=r"^[0-9+*#]{2,30}$")] = None
    contact: ContactId | None = None
    queue: QueueId | None = None
    """In whose line; the contact's own when left out."""
    due: Annotated[int | None, Field(gt=0)] = None
    """Not before this moment, epoch milliseconds; left out = when it is the caller's turn."""
    until: Annotated[int | None, Field(gt=0)] = None
    """By when it is promised: after `due`, and to come. Nothing is dropped after it."""
    remark: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    """What it is about."""


def queues_of(caller: Caller, hub: Hub) -> set[QueueId]:
    """The queues whose callbacks the caller sees."""
    return sight_of(caller).queues(hub.centre.state)


def number_of(body: CallbackIn, agent: AgentId, state: State) -> tuple[str, QueueId | None]:
    """Whom to call, and in which queue's line.

    Raises:
        NotYourContact, NumberMissing.
    """
    contact = state.contacts.get(body.contact) if body.contact is not None else None
    if body.contact is not None and (contact is None or contact.agent != agent):
        raise NotYourContact
    number = body.number or (contact.caller if contact is not None else "")
    if not number:
        raise NumberMissing
    return number, body.queue or (contact.queue if contact is not None else None)


@router.post(
    "/desk/callbacks",
    operation_id="add_callback",
    status_code=201,
    responses={
        200: {"description": "This number was promised one in this queue before: that one."},
        **refusals(*COMMON, NotYourContact, NumberMissing, NumberDoNotCall, QueueUnknown),
    },
)
async def add_callback(
    body: CallbackIn,
    request: Request,
    response: Response,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
    unwanted: UnwantedPart,
    key: IdempotencyKey = None,
) -> CallbackRow:
    """Promise a callback. A number has one place in a queue: asking again gives the same."""
    agent = switchboard.own_agent(caller).id
    state = hub.centre.state
    number, queue = number_of(body, agent, state)
    await unwanted.refuse(number)
    if body.due is not None and body.due > now + FURTHEST_MS:
        raise InvalidRequest(field="body.due", why="within a year")
    if body.until is not None and not max(body.due or 0, now) < body.until <= now + FURTHEST_MS:
        raise InvalidRequest(field="body.until", why="after due, and to come within a year")
    there = state.callbacks.get(f"{queue} {number}")
    asker = ContactId(f"cb{uuid4().hex[:16]}")
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.CALLBACK_REGISTERED,
        object=f"contact:{there or asker}",
        facts={"number": mask(number), "queue": queue, "due": body.due, "until": body.until},
    )
    await uow.flush()
    given = CallbackAsked(
        at=now, contact=asker, number=number, queue=queue,
        due=None if body.due is None else Instant(body.due),
        until=None if body.until is None else Instant(body.until),
        remark=body.remark, agent=agent,
    )  # fmt: skip
    await switchboard.ask(given, intention(caller, request, key))
    response.status_code = 200 if there is not None else 201
    kept = state.callbacks.get(f"{queue} {number}")
    row = callback_row(hub.centre, kept, {queue}) if kept is not None and queue else None
    if row is None:
        raise CallbackOver  # and called off again in the meantime
    return row


@router.get(
    "/desk/callbacks",
    operation_id="list_desk_callbacks",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_desk_callbacks(
    caller: Agent, hub: HubPart, switchboard: SwitchboardPart, uow: UnitOfWork, now: Now
) -> list[CallbackRow]:
    """List the callbacks of the queues this desk serves, who waits longest first; those whose
    number is not to be called any more say why."""
    rows = callback_rows(hub.centre, switchboard.own_agent(caller).queues)
    return await marked(uow, rows, hub.centre, now)


@router.delete(
    "/desk/callbacks/{callback_id}",
    operation_id="cancel_desk_callback",
    status_code=204,
    responses=refusals(*COMMON, CallbackOver),
)
async def cancel_desk_callback(
    callback_id: ContactId,
    caller: Agent,
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> Response:
    """Call a callback off: the person called again, or need not be called any more."""
    queues = set(switchboard.own_agent(caller).queues)
    await _cancel(callback_id, queues, caller, hub, switchboard, uow, now)
    return Response(status_code=204)


@router.get(
    "/callbacks",
    operation_id="list_callbacks",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_callbacks(
    caller: Annotated[Caller, needs(Permission.LIVE_READ)],
    hub: HubPart,
    uow: UnitOfWork,
    now: Now,
) -> list[CallbackRow]:
    """List the callbacks of every queue one sees, who waits longest first; those whose number is
    not to be called any more say why."""
    return await marked(uow, callback_rows(hub.centre, queues_of(caller, hub)), hub.centre, now)


@router.delete(
    "/callbacks/{callback_id}",
    operation_id="cancel_callback",
    status_code=204,
    responses=refusals(*COMMON, CallbackOver),
)
async def cancel_callback(
    callback_id: ContactId,
    caller: Annotated[Caller, needs(Permission.LIVE_FORCE)],
    hub: HubPart,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    now: Now,
) -> Response:
    """Call a callback off."""
    await _cancel(callback_id, queues_of(caller, hub), caller, hub, switchboard, uow, now)
    return Response(status_code=204)


async def _cancel(
    callback: ContactId,
    queues: set[QueueId],
    caller: Caller,
    hub: Hub,
    switchboard: Switchboard,
    uow: UnitOfWork,
    now: Instant,
) -> None:
    row = callback_row(hub.centre, callback, queues)
    if row is None:
        raise CallbackOver(callback=callback)
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.CALLBACK_CANCELLED,
        object=f"contact:{callback}",
        facts={"number": row["number"]},
    )
    await uow.flush()
    await switchboard.ask(CallbackCancelled(at=now, callback=callback, by=caller.user))
