"""HTTP of the live floor: who serves a queue, how well, and moving people to where it is needed.

The same change as an administrator's of an agent, for one queue and several agents at once, and in
force when it answers. It stays until it is taken back: the board shows the levels as they are.
"""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from lianxi.api.desk import HubPart
from lianxi.api.floor import Supervisor
from lianxi.api.handing_on import Words
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.engine.messages.routing import AgentSetup
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.modules.routing import changing
from lianxi.modules.routing.editing import REFUSED, Edit
from lianxi.modules.routing.errors import AgentNotFound, QueueNotFound
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.live.names import agent_name
from lianxi.projections.live.rows import AgentName

router = APIRouter(prefix="/queues", tags=["live"])

HIGHEST = 10
"""The level of an agent who serves a queue without one being written down."""


class ServerOut(BaseModel):
    """An agent, and how well they serve the queue."""

    agent: AgentName
    level: int | None
    """1 to 10; null = they do not serve it."""
    signed_in: bool


class LevelsIn(BaseModel):
    """Whom to move, to which level, and why."""

    model_config = ConfigDict(extra="forbid")

    agents: Annotated[list[AgentId], Field(min_length=1, max_length=200)]
    level: Annotated[int, Field(ge=1, le=HIGHEST)] | None
    """Null = they serve the queue no longer."""
    reason: Words


def level_of(setup: AgentSetup, queue: QueueId) -> int | None:
    """How well an agent serves a queue; None = not at all."""
    if queue not in setup.queues:
        return None
    return next((seat.level for seat in setup.seats if seat.queue == queue), HIGHEST)


def must_see_queue(caller: Caller, queue: QueueId, hub: Hub) -> None:
    """Only of the own teams.

    Raises:
        QueueNotFound: out of sight, or not there.
    """
    if queue not in sight_of(caller).queues(hub.centre.state):
        raise QueueNotFound(queue=queue)


@router.get(
    "/{queue_id}/levels",
    operation_id="list_levels",
    responses=refusals(NotSignedIn, Forbidden, QueueNotFound),
)
async def list_levels(
    queue_id: QueueId, caller: Annotated[Caller, needs(Permission.LIVE_READ)], hub: HubPart
) -> list[ServerOut]:
    """List the agents you see, and at which level each serves the queue."""
    must_see_queue(caller, queue_id, hub)
    centre = hub.centre
    return [
        ServerOut(
            agent=agent_name(setup, centre),
            level=level_of(setup, queue_id),
            signed_in=setup.id in centre.state.agents,
        )
        for setup in sight_of(caller).agents(centre.state)
    ]


@router.put(
    "/{queue_id}/levels",
    operation_id="put_levels",
    status_code=204,
    responses=refusals(*REFUSED, QueueNotFound, AgentNotFound),
)
async def put_levels(
    queue_id: QueueId, body: LevelsIn, caller: Supervisor, hub: HubPart, edit: Edit
) -> Response:
    """Move agents to a level of the queue, or out of it; all of them, or none."""
    must_see_queue(caller, queue_id, hub)
    sight = sight_of(caller)
    for agent in body.agents:
        setup = hub.centre.setup(agent)
        if setup is None or not sight.sees_agent(setup):
            raise AgentNotFound(agent=agent)
    async with edit.by(caller) as change:
        await change.routing.hold()
        was: dict[str, int | None] = {}
        for agent in dict.fromkeys(body.agents):
            before = await change.routing.agent(agent)
            was[agent] = level_of(before, queue_id)
            await changing.change_agent(change, agent, moved(before, queue_id, body.level))
        await audit.record(
            change.session,
            at=change.at,
            who=caller,
            act=Act.LEVELS_MOVED,
            object=f"queue:{queue_id}"[:100],
            before=was,
            after=dict.fromkeys(was, body.level),
            reason=body.reason,
        )
    return Response(status_code=204)


def moved(before: AgentSetup, queue: QueueId, level: int | None) -> dict[str, Any]:
    """The fields of an agent who serves a queue at another level."""
    queues = [each for each in before.queues if each != queue]
    seats = [msgspec.to_builtins(seat) for seat in before.seats if seat.queue != queue]
    if level is None:
        return {"queues": queues, "seats": seats}
    kept = list(before.queues) if queue in before.queues else [*queues, queue]
    return {"queues": kept, "seats": [*seats, {"queue": queue, "level": level}]}
