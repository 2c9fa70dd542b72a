"""HTTP for routing: queues, agents and reasons, read by desks and boards, changed by admins."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import RecordingPolicy, WrapUpMode
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs, signed_in
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import QueueId
from lianxi.modules.routing import facade
from lianxi.modules.routing.contracts import Publishes
from lianxi.modules.routing.errors import QueueNotFound, QueueRuleInvalid

router = APIRouter(tags=["routing"])


class CodeOut(BaseModel):
    """A wrap-up code or a not-ready reason."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    name: str
    name_en: str


class WrapUpOut(BaseModel):
    """After-call work of a queue. Milliseconds."""

    model_config = ConfigDict(from_attributes=True)

    mode: WrapUpMode
    limit: int
    extension: int
    extensions: int


class AnnouncementsOut(BaseModel):
    """What a waiting caller hears besides music. Milliseconds; 0 = never."""

    model_config = ConfigDict(from_attributes=True)

    every: int
    position: bool
    wait: bool


class QueueOut(BaseModel):
    """A queue and its rule. Milliseconds."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    name_en: str
    ring: int
    priority: int
    wrap_up: WrapUpOut
    announcements: AnnouncementsOut
    recording: RecordingPolicy
    agent_may_refuse: bool
    dispositions: list[CodeOut]
    answer_within: int
    short_abandon: int


class QueueChange(BaseModel):
    """What to change; fields left out stay as they are. Milliseconds."""

    name: str | None = None
    name_en: str | None = None
    ring: int | None = None
    priority: int | None = None
    wrap_up: WrapUpOut | None = None
    announcements: AnnouncementsOut | None = None
    recording: RecordingPolicy | None = None
    agent_may_refuse: bool | None = None
    dispositions: list[CodeOut] | None = None
    answer_within: int | None = None
    short_abandon: int | None = None


class AgentOut(BaseModel):
    """An agent as the router knows one."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    no: str
    name: str
    team: str
    queues: list[str]


@router.get(
    "/queues",
    operation_id="list_queues",
    response_model=list[QueueOut],
    responses=refusals(NotSignedIn),
)
async def list_queues(caller: Annotated[Caller, signed_in()], uow: UnitOfWork) -> object:
    """List the queues with their rules."""
    return await facade.queues(uow)


@router.patch(
    "/queues/{queue_id}",
    operation_id="change_queue",
    response_model=QueueOut,
    responses=refusals(NotSignedIn, Forbidden, QueueNotFound, QueueRuleInvalid),
)
async def change_queue(
    queue_id: QueueId,
    body: QueueChange,
    caller: Annotated[Caller, needs(Permission.FLOWS_EDIT)],
    sessions: Sessions,
    now: Now,
    publisher: Annotated[Publishes, provided(Publishes)],
) -> Queue:
    """Change a queue's rule; it is in force when this answers."""
    given: dict[str, Any] = body.model_dump(exclude_unset=True, mode="json")
    changes = {name: value for name, value in given.items() if value is not None}
    async with sessions.begin() as session:
        changed = await facade.change_queue(session, queue_id, changes, at=now, by=caller)
    await publisher.publish()
    return changed


@router.get(
    "/reasons",
    operation_id="list_reasons",
    response_model=list[CodeOut],
    responses=refusals(NotSignedIn),
)
async def list_reasons(caller: Annotated[Caller, signed_in()], uow: UnitOfWork) -> object:
    """List the reasons for being not ready."""
    return await facade.reasons(uow)


@router.get(
    "/agents",
    operation_id="list_agents",
    response_model=list[AgentOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_agents(
    caller: Annotated[Caller, needs(Permission.USERS_EDIT)], uow: UnitOfWork
) -> object:
    """List the agents and the queues they serve."""
    return [msgspec.to_builtins(each) for each in await facade.agents(uow)]
