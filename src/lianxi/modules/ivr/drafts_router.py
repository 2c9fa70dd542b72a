"""HTTP for drafts of flows, for versions that come into force at a set time, and for the names of
what flows refer to."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Response

from lianxi.http.caller import Caller, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.kernel.ids import FlowId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import facade, planning, rules
from lianxi.modules.ivr.contracts import FlowDraft, FlowPlan
from lianxi.modules.ivr.drafts_shapes import (
    FlowAroundOut,
    FlowDraftIn,
    FlowDraftLine,
    FlowDraftOut,
    FlowPlanIn,
    FlowPlanOut,
)
from lianxi.modules.ivr.errors import (
    FlowChanged,
    FlowDraftChanged,
    FlowInvalid,
    FlowPlanExists,
    FlowPlanNotFound,
    FlowPlanTimeInvalid,
)
from lianxi.modules.ivr.router import Editor, PromptsPart, Reader
from lianxi.modules.ivr.surroundings import named

router = APIRouter(tags=["flows"])

AT_IT_MS = 120_000
"""Drafts are saved a moment after each change: whoever saved within it is at it now."""


@router.get(
    "/flow-drafts",
    operation_id="list_flow_drafts",
    response_model=list[FlowDraftLine],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_flow_drafts(caller: Editor, uow: UnitOfWork, now: Now) -> object:
    """List who is drawing which flow; the draft that was saved last comes first."""
    names = await facade.people(uow)
    return [_drawn(draft, caller, names, now) for draft in await planning.drafts(uow)]


@router.get(
    "/flows/{flow_id}/drafts",
    operation_id="list_drafts_of_flow",
    response_model=list[FlowDraftOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_drafts_of_flow(flow_id: FlowId, caller: Editor, uow: UnitOfWork, now: Now) -> object:
    """List what people are drawing of one flow, one's own draft among them."""
    names = await facade.people(uow)
    return [_drawn(draft, caller, names, now) for draft in await planning.drafts(uow, flow_id)]


@router.put(
    "/flows/{flow_id}/draft",
    operation_id="save_flow_draft",
    response_model=FlowDraftOut,
    responses=refusals(NotSignedIn, Forbidden, FlowDraftChanged),
)
async def save_flow_draft(
    flow_id: Annotated[FlowId, Path(pattern=r"^[a-z][a-z0-9_-]{0,39}$")],
    body: FlowDraftIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Keep one's own draft; callers hear nothing of it until it is published."""
    saved = await planning.save_draft(
        uow,
        flow_id,
        body.flow.model_dump(),
        based_on=body.based_on,
        before=body.revision,
        by=caller,
        at=now,
    )
    return _drawn(saved, caller, {caller.user: caller.name}, now)


@router.delete(
    "/flows/{flow_id}/draft",
    operation_id="drop_flow_draft",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden),
)
async def drop_flow_draft(flow_id: FlowId, caller: Editor, uow: UnitOfWork) -> Response:
    """Throw one's own draft away; there need not be one."""
    await planning.forget_draft(uow, flow_id, by=caller)
    return Response(status_code=204)


@router.get(
    "/flow-plans",
    operation_id="list_flow_plans",
    response_model=list[FlowPlanOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_flow_plans(caller: Reader, uow: UnitOfWork) -> object:
    """List versions that come into force at a set time, and those that were refused then."""
    names = await facade.people(uow)
    return [_planned(plan, names) for plan in await planning.plans(uow)]


@router.post(
    "/flows/{flow_id}/plans",
    operation_id="plan_flow",
    status_code=201,
    response_model=FlowPlanOut,
    responses=refusals(
        NotSignedIn, Forbidden, FlowInvalid, FlowChanged, FlowPlanExists, FlowPlanTimeInvalid
    ),
)
async def plan_flow(
    flow_id: FlowId,
    body: FlowPlanIn,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    prompts: PromptsPart,
) -> object:
    """Check a flow now, and let it come into force at a set time."""
    planned = await planning.plan(
        uow,
        rules.flow_from(flow_id, body.model_dump()),
        prompts=prompts,
        due_at=Instant(body.due_at),
        based_on=body.based_on,
        note=body.note.strip(),
        by=caller,
        at=now,
    )
    return _planned(planned, {caller.user: caller.name})


@router.delete(
    "/flow-plans/{plan_id}",
    operation_id="cancel_flow_plan",
    response_model=FlowPlanOut,
    responses=refusals(NotSignedIn, Forbidden, FlowPlanNotFound),
)
async def cancel_flow_plan(
    plan_id: Annotated[int, Path(ge=1, le=9_007_199_254_740_991)],
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Call a planned version off, or put a refused one away; what it held is given back."""
    names = await facade.people(uow)
    return _planned(await planning.cancel_plan(uow, plan_id, by=caller, at=now), names)


@router.get(
    "/flow-surroundings",
    operation_id="list_flow_surroundings",
    response_model=FlowAroundOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_flow_surroundings(caller: Reader, uow: UnitOfWork) -> object:
    """List what flows refer to, by name: nothing of how it is set up."""
    return await named(uow)


def _drawn(
    draft: FlowDraft, caller: Caller, names: Mapping[UserId, str], now: Instant
) -> dict[str, Any]:
    return {
        "id": draft.flow,
        "name": draft.body.get("name", ""),
        "person": draft.person,
        "person_name": names.get(draft.person, draft.person),
        "is_own": draft.person == caller.user,
        "is_at_it": now - draft.saved_at < AT_IT_MS,
        "based_on": draft.based_on,
        "revision": draft.revision,
        "saved_at": draft.saved_at,
        "flow": draft.body,
    }


def _planned(plan: FlowPlan, names: Mapping[UserId, str]) -> dict[str, Any]:
    by, refusal = plan.planned_by, plan.refusal or {}
    return {
        "plan": plan.id,
        "id": plan.flow.id,
        "name": plan.flow.name,
        "based_on": plan.based_on,
        "due_at": plan.due_at,
        "note": plan.note,
        "planned_by": by,
        "planned_by_name": "" if by is None else names.get(by, ""),
        "planned_at": plan.planned_at,
        "state": plan.state.value,
        "refusal": refusal.get("code"),
        "refusal_facts": refusal.get("facts", {}),
        "flow": msgspec.to_builtins(plan.flow),
    }
