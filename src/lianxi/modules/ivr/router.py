"""HTTP for flows."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from fastapi import APIRouter, Path, Query

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import FlowId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import facade, rules
from lianxi.modules.ivr.contracts import FlowVersion, Move, Story
from lianxi.modules.ivr.errors import (
    FlowChanged,
    FlowInvalid,
    FlowNotFound,
    FlowVersionNotFound,
)
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.sentences import sentence
from lianxi.modules.ivr.shapes import (
    FlowBody,
    FlowIn,
    FlowOut,
    FlowProblemOut,
    FlowSummaryOut,
    FlowVersionOut,
    NodeCountOut,
    RehearsalOut,
    StoryIn,
)
from lianxi.modules.routing.contracts import Publishes

router = APIRouter(tags=["flows"])

Reader = Annotated[Caller, needs(Permission.FLOWS_READ)]
Editor = Annotated[Caller, needs(Permission.FLOWS_EDIT)]
PromptsPart = Annotated[Prompts, provided(Prompts)]

DAY_MS = 86_400_000
MOST_DAYS = 90


@router.get(
    "/flows",
    operation_id="list_flows",
    response_model=list[FlowOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_flows(caller: Reader, uow: UnitOfWork) -> object:
    """List the flows in force."""
    return [_shown(version) for version in await facade.flows(uow)]


@router.get(
    "/flows/{flow_id}",
    operation_id="get_flow",
    response_model=FlowOut,
    responses=refusals(NotSignedIn, Forbidden, FlowNotFound),
)
async def get_flow(flow_id: FlowId, caller: Reader, uow: UnitOfWork) -> object:
    """Return the version in force of one flow."""
    return _shown(await facade.flow(uow, flow_id))


@router.put(
    "/flows/{flow_id}",
    operation_id="publish_flow",
    response_model=FlowOut,
    responses=refusals(NotSignedIn, Forbidden, FlowInvalid, FlowChanged),
)
async def publish_flow(
    flow_id: FlowId,
    body: FlowIn,
    caller: Editor,
    sessions: Sessions,
    now: Now,
    prompts: PromptsPart,
    publisher: Annotated[Publishes, provided(Publishes)],
) -> object:
    """Check and publish a flow; new contacts begin it when this answers."""
    draft = rules.flow_from(flow_id, body.model_dump())
    async with sessions.begin() as session:
        published = await facade.publish(
            session,
            draft,
            prompts=prompts,
            at=now,
            by=caller,
            note=body.note.strip(),
            based_on=body.based_on,
        )
    await publisher.publish()
    return _shown(published)


@router.post(
    "/flows/{flow_id}/check",
    operation_id="check_flow",
    response_model=list[FlowProblemOut],
    responses=refusals(NotSignedIn, Forbidden, FlowInvalid),
)
async def check_flow(
    flow_id: FlowId, body: FlowBody, caller: Reader, uow: UnitOfWork, prompts: PromptsPart
) -> object:
    """Say what is wrong with a flow, and what should be looked at; nothing is published."""
    draft = rules.flow_from(flow_id, body.model_dump())
    return [
        {
            "node": problem.node,
            "reason": problem.flaw.value,
            "what": problem.what,
            "is_warning": problem.is_warning,
            "sentence": sentence(problem, "zh"),
            "sentence_en": sentence(problem, "en"),
        }
        for problem in await facade.review(uow, draft, prompts=prompts)
    ]


@router.get(
    "/flows/{flow_id}/counts",
    operation_id="count_flow",
    response_model=list[NodeCountOut],
    responses=refusals(NotSignedIn, Forbidden, FlowNotFound),
)
async def count_flow(
    flow_id: FlowId,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7,
) -> object:
    """Return how contacts of the last days went through each node of each version."""
    since = Instant(now - days * DAY_MS)
    return await facade.counts(uow, flow_id, since=since)


@router.post(
    "/flows/{flow_id}/rehearsal",
    operation_id="rehearse_flow",
    response_model=RehearsalOut,
    responses=refusals(NotSignedIn, Forbidden, FlowInvalid),
)
async def rehearse_flow(
    flow_id: FlowId,
    body: StoryIn,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    prompts: PromptsPart,
    zone: Annotated[ZoneInfo, provided(ZoneInfo)],
) -> object:
    """Walk a caller through a draft without a call: what is heard, and what is waited for."""
    draft = rules.flow_from(flow_id, body.flow.model_dump())
    story = Story(
        at=now if body.at is None else Instant(body.at),
        caller=body.caller,
        dialled=body.dialled,
        moves=tuple(Move(kind=move.kind, key=move.key, values=move.values) for move in body.moves),
    )
    return await facade.rehearse(uow, draft, story, prompts=prompts, zone=str(zone))


@router.get(
    "/flows/{flow_id}/versions",
    operation_id="list_flow_versions",
    response_model=list[FlowVersionOut],
    responses=refusals(NotSignedIn, Forbidden, FlowNotFound),
)
async def list_flow_versions(flow_id: FlowId, caller: Reader, uow: UnitOfWork) -> object:
    """List every version of a flow, the newest first."""
    names = await facade.people(uow)
    return [_listed(version, names) for version in await facade.versions(uow, flow_id)]


@router.get(
    "/flows/{flow_id}/versions/{version}",
    operation_id="get_flow_version",
    response_model=FlowOut,
    responses=refusals(NotSignedIn, Forbidden, FlowVersionNotFound),
)
async def get_flow_version(
    flow_id: FlowId,
    version: Annotated[int, Path(ge=1, le=2_147_483_647)],
    caller: Reader,
    uow: UnitOfWork,
) -> object:
    """Return one version of one flow."""
    return _shown(await facade.version(uow, flow_id, version))


@router.get(
    "/flow-summaries",
    operation_id="list_flow_summaries",
    response_model=list[FlowSummaryOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_flow_summaries(
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    prompts: PromptsPart,
    zone: Annotated[ZoneInfo, provided(ZoneInfo)],
) -> object:
    """List the flows in force with their numbers, what is wrong with them, and today's contacts."""
    today = datetime.fromtimestamp(now / 1000, zone).date()
    midnight = datetime.combine(today, time(), zone)
    names = await facade.people(uow)
    return [
        {
            **_listed(found.version, names),
            "id": found.version.flow.id,
            "numbers": found.numbers,
            "called_by": found.called_by,
            "entered_today": found.traffic.entered,
            "gone_today": found.traffic.gone,
            "errors": found.errors,
            "warnings": found.warnings,
        }
        for found in await facade.summaries(
            uow, prompts=prompts, since=Instant(round(midnight.timestamp() * 1000))
        )
    ]


def _listed(version: FlowVersion, names: Mapping[UserId, str]) -> dict[str, Any]:
    by = version.published_by
    return {
        "version": version.flow.version,
        "name": version.flow.name,
        "nodes": len(version.flow.nodes),
        "published_at": version.published_at,
        "published_by": by,
        "published_by_name": "" if by is None else names.get(by, ""),
        "note": version.note,
    }


def _shown(version: FlowVersion) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(version.flow)
    return {
        **body,
        "published_at": version.published_at,
        "published_by": version.published_by,
        "note": version.note,
    }
