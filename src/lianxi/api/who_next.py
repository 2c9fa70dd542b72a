"""Who would get this call now: the switchboard's own choice, asked without a call."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from lianxi.api.desk import HubPart
from lianxi.engine.acd import overflowing
from lianxi.engine.acd.candidates import Candidate, WhyNot, candidates
from lianxi.engine.acd.waiting import at_this_hour
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import InvalidRequest, refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AgentId, QueueId, SkillName
from lianxi.kernel.time import Millis
from lianxi.modules.routing import facade
from lianxi.modules.routing.errors import QueueNotFound
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.names import agent_name_by_id

router = APIRouter(tags=["routing"])

Waited = Annotated[
    int, Query(ge=0, le=86_400_000, description="How long the caller has waited, in ms.")
]
Needs = Annotated[
    list[str], Query(max_length=20, description="Skills the flow asked for, as name:level.")
]


class CandidateOut(BaseModel):
    """One agent, as seen from the caller."""

    id: str
    no: str
    name: str
    team: str
    level: Annotated[int, Field(description="In the queue, 1..10; 0 = does not serve it.")]
    state: str
    since: Annotated[int, Field(description="Epoch milliseconds.")]
    why_not: Annotated[WhyNot | None, Field(description="null = is rung.")]


class WhoNextOut(BaseModel):
    """Who is rung for a caller who comes now, or where the caller goes instead."""

    queue: str
    leaves_to_zh: Annotated[
        str | None, Field(description="A rule sends who comes now elsewhere; null = into the line.")
    ]
    leaves_to_en: str | None
    priority: Annotated[int, Field(description="At this hour.")]
    waiting: Annotated[int, Field(description="Callers in line now.")]
    agents: list[CandidateOut]


@router.get(
    "/queues/{queue_id}/who-next",
    operation_id="who_gets_this_call",
    response_model=WhoNextOut,
    responses=refusals(NotSignedIn, Forbidden, QueueNotFound),
)
async def who_gets_this_call(
    queue_id: QueueId,
    caller: Annotated[Caller, needs(Permission.FLOWS_EDIT)],
    hub: HubPart,
    uow: UnitOfWork,
    now: Now,
    waited: Waited = 0,
    skill: Needs = [],  # noqa: B006 - read by FastAPI, never changed
) -> object:
    """Say who would be rung for a caller of this queue now, and why the others would not. Nothing
    is changed by asking."""
    centre = hub.centre
    queue = centre.state.queue(queue_id)
    if queue is None:
        raise QueueNotFound(queue=queue_id)
    found = candidates(
        queue,
        centre.state,
        at=now,
        waited=Millis(waited),
        needs=tuple(_need(text) for text in skill),
    )
    elsewhere = overflowing.on_entering(queue, centre.state, now) if not waited else None
    said = None
    if elsewhere is not None:
        said = facade.said_destination(elsewhere, await facade.names(uow))
    return {
        "queue": queue.id,
        "leaves_to_zh": said and said.zh,
        "leaves_to_en": said and said.en,
        "priority": at_this_hour(queue, centre.state, now).priority,
        "waiting": centre.state.floor.length(queue.id),
        "agents": [_row(each, centre) for each in found],
    }


def _row(each: Candidate, centre: Centre) -> dict[str, object]:
    shown = centre.shown(AgentId(each.agent))
    names = agent_name_by_id(each.agent, centre)
    return {
        **(names or {}),
        "level": each.level,
        "state": shown.state.value,
        "since": shown.since,
        "why_not": each.why_not,
    }


def _need(text: str) -> SkillNeed:
    name, _, level = text.rpartition(":")
    if not name or not level.isdigit() or not 1 <= int(level) <= 10:
        raise InvalidRequest(field="query.skill", why=f"{text[:40]} is not name:level")
    return SkillNeed(skill=SkillName(name), level=int(level))
