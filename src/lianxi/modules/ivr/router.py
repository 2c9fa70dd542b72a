"""HTTP for flows and prompts."""

import asyncio
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import FlowId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import facade, rules
from lianxi.modules.ivr.contracts import FlowVersion
from lianxi.modules.ivr.errors import (
    FlowInvalid,
    FlowNotFound,
    PromptLengthInvalid,
    PromptNameInvalid,
    PromptSilent,
    PromptUnreadable,
)
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.sentences import sentence
from lianxi.modules.ivr.sound import line_wav
from lianxi.modules.routing.contracts import Publishes
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(tags=["flows"])

Editor = Annotated[Caller, needs(Permission.FLOWS_EDIT)]
PromptsPart = Annotated[Prompts, provided(Prompts)]

DAY_MS = 86_400_000
MOST_DAYS = 90

_WAV_BODY = {
    "requestBody": {
        "required": True,
        "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class FlowIn(BaseModel):
    """A flow: where it starts, and its nodes by name. A node's `type` says what it does."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    start: str
    nodes: Annotated[dict[str, dict[str, Any]], Field(max_length=200)]
    variables: Annotated[list[dict[str, Any]], Field(max_length=100)] = []


class FlowProblemOut(BaseModel):
    """One thing that is wrong with a flow, and what to do."""

    node: str
    reason: str
    what: str
    is_warning: bool
    sentence: str
    sentence_en: str


class NodeCountOut(BaseModel):
    """How contacts went through one node; `left` is by outcome, `caller_gone` the drop-off."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    node: str
    entered: int
    here: int
    left: dict[str, int]


class FlowOut(BaseModel):
    """The version in force of a flow."""

    id: str
    version: int
    name: str
    start: str
    nodes: dict[str, dict[str, Any]]
    variables: list[dict[str, Any]]
    published_at: int
    published_by: str | None


class PromptOut(BaseModel):
    """One prompt in one language."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    language: str
    duration_ms: int
    is_own: bool


@router.get(
    "/flows",
    operation_id="list_flows",
    response_model=list[FlowOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_flows(caller: Editor, uow: UnitOfWork) -> object:
    """List the flows in force."""
    return [_shown(version) for version in await facade.flows(uow)]


@router.get(
    "/flows/{flow_id}",
    operation_id="get_flow",
    response_model=FlowOut,
    responses=refusals(NotSignedIn, Forbidden, FlowNotFound),
)
async def get_flow(flow_id: FlowId, caller: Editor, uow: UnitOfWork) -> object:
    """Return the version in force of one flow."""
    return _shown(await facade.flow(uow, flow_id))


@router.put(
    "/flows/{flow_id}",
    operation_id="publish_flow",
    response_model=FlowOut,
    responses=refusals(NotSignedIn, Forbidden, FlowInvalid),
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
        published = await facade.publish(session, draft, prompts=prompts, at=now, by=caller)
    await publisher.publish()
    return _shown(published)


@router.post(
    "/flows/{flow_id}/check",
    operation_id="check_flow",
    response_model=list[FlowProblemOut],
    responses=refusals(NotSignedIn, Forbidden, FlowInvalid),
)
async def check_flow(
    flow_id: FlowId, body: FlowIn, caller: Editor, uow: UnitOfWork, prompts: PromptsPart
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
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7,
) -> object:
    """Return how contacts of the last days went through each node of each version."""
    since = Instant(now - days * DAY_MS)
    return await facade.counts(uow, flow_id, since=since)


@router.get(
    "/prompts",
    operation_id="list_prompts",
    response_model=list[PromptOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_prompts(caller: Editor, prompts: PromptsPart) -> object:
    """List every prompt in every language."""
    return await asyncio.to_thread(prompts.all)


@router.put(
    "/prompts/{name}",
    operation_id="replace_prompt",
    response_model=PromptOut,
    responses=refusals(
        NotSignedIn, Forbidden, PromptNameInvalid, PromptUnreadable, PromptLengthInvalid,
        PromptSilent,
    ),
    openapi_extra=_WAV_BODY,
)  # fmt: skip
async def replace_prompt(
    name: str,
    request: Request,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    prompts: PromptsPart,
    language: Literal["zh", "en"] = "zh",
) -> object:
    """Replace a prompt by a recording of the centre's own, sent as a WAV file."""
    content, duration_ms = await asyncio.to_thread(line_wav, await request.body())
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.PROMPT_REPLACED,
        object=f"prompt:{language}/{name}"[:100],
        facts={"duration_ms": duration_ms},
    )
    # Before the commit: a file that cannot be written leaves no row that says it was.
    await asyncio.to_thread(prompts.put, name, language, content)
    return {"name": name, "language": language, "duration_ms": duration_ms, "is_own": True}


def _shown(version: FlowVersion) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(version.flow)
    return {
        **body,
        "published_at": version.published_at,
        "published_by": version.published_by,
    }
