"""HTTP for queues and agents: read by desks and boards, changed by administrators."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Response

from lianxi.engine.messages.routing import AgentSetup, Queue
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs, signed_in
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.modules.routing import changing, facade
from lianxi.modules.routing.changes import revision_of
from lianxi.modules.routing.editing import REFUSED, Edit, Router, Staffer
from lianxi.modules.routing.errors import (
    AgentNotFound,
    AlreadyThere,
    QueueNotFound,
    QueueRuleInvalid,
    StillInUse,
)
from lianxi.modules.routing.shapes import (
    AgentChange,
    AgentNew,
    AgentOut,
    QueueChange,
    QueueNew,
    QueueOut,
)

router = APIRouter(tags=["routing"])


def out(thing: Queue | AgentSetup) -> dict[str, Any]:
    """A thing as it is read, with its revision."""
    return {**msgspec.to_builtins(thing), "revision": revision_of(thing)}


@router.get(
    "/queues",
    operation_id="list_queues",
    response_model=list[QueueOut],
    responses=refusals(NotSignedIn),
)
async def list_queues(caller: Annotated[Caller, signed_in()], uow: UnitOfWork) -> object:
    """List the queues with their rules."""
    return [out(queue) for queue in await facade.queues(uow)]


@router.get(
    "/queues/{queue_id}",
    operation_id="get_queue",
    response_model=QueueOut,
    responses=refusals(NotSignedIn, QueueNotFound),
)
async def get_queue(
    queue_id: QueueId, caller: Annotated[Caller, signed_in()], uow: UnitOfWork
) -> object:
    """Return one queue with its rule."""
    return out(await facade.queue(uow, queue_id))


@router.post(
    "/queues",
    operation_id="add_queue",
    status_code=201,
    response_model=QueueOut,
    responses=refusals(*REFUSED, AlreadyThere, QueueRuleInvalid),
)
async def add_queue(body: QueueNew, caller: Router, edit: Edit) -> object:
    """Create a queue; what is left out is as the reference says."""
    async with edit.by(caller) as change:
        added = await changing.add_queue(change, body.model_dump(exclude_unset=True, mode="json"))
    return out(added)


@router.patch(
    "/queues/{queue_id}",
    operation_id="change_queue",
    response_model=QueueOut,
    responses=refusals(*REFUSED, QueueNotFound, QueueRuleInvalid),
)
async def change_queue(queue_id: QueueId, body: QueueChange, caller: Router, edit: Edit) -> object:
    """Change a queue's rule; it is in force when this answers."""
    fields = body.model_dump(exclude_unset=True, mode="json")
    async with edit.by(caller) as change:
        changed = await changing.change_queue(change, queue_id, fields)
    return out(changed)


@router.delete(
    "/queues/{queue_id}",
    operation_id="remove_queue",
    status_code=204,
    responses=refusals(*REFUSED, QueueNotFound, StillInUse),
)
async def remove_queue(
    queue_id: QueueId, caller: Router, edit: Edit, to: QueueId | None = None
) -> Response:
    """Take a queue away. Who waits in it goes on in the queue `to`, with the age kept; without
    one they are told so and let go."""
    async with edit.by(caller) as change:
        await changing.remove_queue(change, queue_id, to=to)
    return Response(status_code=204)


@router.get(
    "/agents",
    operation_id="list_agents",
    response_model=list[AgentOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_agents(
    caller: Annotated[Caller, needs(Permission.USERS_EDIT)], uow: UnitOfWork
) -> object:
    """List the agents: the queues they serve, levels, skills, what they may have in hand."""
    return [out(agent) for agent in await facade.agents(uow)]


@router.post(
    "/agents",
    operation_id="add_agent",
    status_code=201,
    response_model=AgentOut,
    responses=refusals(*REFUSED, AlreadyThere),
)
async def add_agent(body: AgentNew, caller: Staffer, edit: Edit) -> object:
    """Create an agent; a user is linked to it under users."""
    async with edit.by(caller) as change:
        added = await changing.add_agent(change, body.model_dump(exclude_unset=True, mode="json"))
    return out(added)


@router.patch(
    "/agents/{agent_id}",
    operation_id="change_agent",
    response_model=AgentOut,
    responses=refusals(*REFUSED, AgentNotFound, AlreadyThere),
)
async def change_agent(agent_id: AgentId, body: AgentChange, caller: Staffer, edit: Edit) -> object:
    """Change what an agent is called, serves and can do; it is in force when this answers."""
    fields = body.model_dump(exclude_unset=True, mode="json")
    async with edit.by(caller) as change:
        changed = await changing.change_agent(change, agent_id, fields)
    return out(changed)


@router.delete(
    "/agents/{agent_id}",
    operation_id="remove_agent",
    status_code=204,
    responses=refusals(*REFUSED, AgentNotFound, StillInUse),
)
async def remove_agent(agent_id: AgentId, caller: Staffer, edit: Edit) -> Response:
    """Take an agent away; a call in hand goes on to its end."""
    async with edit.by(caller) as change:
        await changing.remove_agent(change, agent_id)
    return Response(status_code=204)
