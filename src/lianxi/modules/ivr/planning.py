"""Drafts on the way to a version, and versions that come into force at a set time.

A draft belongs to one person and one flow, so nobody overwrites a colleague; two windows of the
same person are told apart by the draft's revision. A planned version is kept as it was checked
when it was planned, and is published, through the same door as any other, when its time comes.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.http.caller import Caller
from lianxi.kernel.ids import FlowId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr import facade
from lianxi.modules.ivr.contracts import FlowDraft, FlowPlan, PlanState
from lianxi.modules.ivr.drafts_repository import DraftRepository, PlanRepository
from lianxi.modules.ivr.errors import (
    FlowChanged,
    FlowDraftChanged,
    FlowInvalid,
    FlowPlanExists,
    FlowPlanNotFound,
    FlowPlanTimeInvalid,
)
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.repository import FlowRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

LATEST_MS = 366 * 86_400_000
"""Nobody knows what the flow will meet later than that."""


async def drafts(session: AsyncSession, flow: FlowId | None = None) -> list[FlowDraft]:
    """What people are drawing, of all flows or of one."""
    return await DraftRepository(session).all(flow)


async def save_draft(
    session: AsyncSession,
    flow: FlowId,
    body: Mapping[str, Any],
    *,
    based_on: int,
    before: int,
    by: Caller,
    at: Instant,
) -> FlowDraft:
    """Keep what a person has drawn so far; it need not be a flow yet.

    Args:
        session: the transaction.
        flow: its id.
        body: as it is drawn.
        based_on: the version it was begun from; 0: a new flow.
        before: the revision that this one comes after; 0 = the first.
        by: whose.
        at: when; revisions grow with it.

    Raises:
        FlowDraftChanged: the same person has saved another one meanwhile, from another window.
    """
    draft = FlowDraft(
        flow=flow,
        person=by.user,
        body=body,
        based_on=based_on,
        revision=max(before + 1, at),
        saved_at=at,
    )
    other = await DraftRepository(session).save(draft, before=before)
    if other is not None:
        raise FlowDraftChanged(flow=flow, revision=other.revision)
    return draft


async def forget_draft(session: AsyncSession, flow: FlowId, *, by: Caller) -> None:
    """Throw a person's own draft away; there need not be one."""
    await DraftRepository(session).forget(flow, by.user)


async def plans(session: AsyncSession) -> list[FlowPlan]:
    """Versions that wait for their time, and those that were refused when it came."""
    return await PlanRepository(session).open()


async def plan(
    session: AsyncSession,
    draft: Flow,
    *,
    prompts: Prompts,
    due_at: Instant,
    based_on: int,
    note: str,
    by: Caller,
    at: Instant,
) -> FlowPlan:
    """Check a flow now and let it come into force later; the draft is then no longer needed.

    Raises:
        FlowPlanTimeInvalid: not in the coming year.
        FlowPlanExists: another version of the flow waits already.
        FlowInvalid, FlowChanged: as for a version that is published at once.
    """
    if not at < due_at <= at + LATEST_MS:
        raise FlowPlanTimeInvalid(due_at=due_at)
    known = PlanRepository(session)
    await FlowRepository(session).lock_all()
    waiting = await known.waiting(draft.id)
    if waiting is not None:
        raise FlowPlanExists(flow=draft.id, due_at=waiting.due_at)
    await facade.check_publishable(session, draft, prompts=prompts, based_on=based_on)
    planned = await known.add(
        FlowPlan(
            id=0,
            flow=draft,
            based_on=based_on,
            due_at=due_at,
            note=note,
            planned_by=by.user,
            planned_at=at,
            state=PlanState.WAITING,
        )
    )
    await DraftRepository(session).forget(draft.id, by.user)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.FLOW_PLANNED,
        object=f"flow:{draft.id}",
        after={"due_at": due_at, "based_on": based_on, **({"note": note} if note else {})},
    )
    return planned


async def cancel_plan(session: AsyncSession, number: int, *, by: Caller, at: Instant) -> FlowPlan:
    """Call a planned version off, or put a refused one away; what it held is given back.

    Raises:
        FlowPlanNotFound: it is in force by now, or somebody called it off.
    """
    known = PlanRepository(session)
    await FlowRepository(session).lock_all()
    found = await known.get(number)
    if found is None or found.state not in {PlanState.WAITING, PlanState.REFUSED}:
        raise FlowPlanNotFound(plan=number)
    await known.end(number, PlanState.CANCELLED, at=at, refusal=dict(found.refusal or {}) or None)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.FLOW_PLAN_CANCELLED,
        object=f"flow:{found.flow.id}",
        before={"due_at": found.due_at, "state": found.state.value},
    )
    return found


async def is_any_due(session: AsyncSession, *, at: Instant) -> bool:
    """Whether the time of a planned version has come."""
    return await PlanRepository(session).is_any_due(at)


async def publish_next_due(
    session: AsyncSession, *, prompts: Prompts, at: Instant
) -> FlowPlan | None:
    """Publish the planned version whose time came first; return it as it stands then.

    All of it is one transaction: the version, its plan's end and the audit, so it happens once,
    however many workers look and whenever they come back. What cannot be published any more is
    refused, and stays to be seen.
    """
    known = PlanRepository(session)
    await FlowRepository(session).lock_all()
    due = await known.next_due(at)
    if due is None:
        return None
    facts = {"plan": due.id, "due_at": due.due_at}
    try:
        async with session.begin_nested():
            made = await facade.publish(
                session,
                due.flow,
                prompts=prompts,
                at=at,
                by=due.planned_by,
                note=due.note,
                based_on=due.based_on,
                facts=facts,
            )
    except (FlowInvalid, FlowChanged) as refused:
        refusal = {"code": refused.code, "facts": refused.facts}
        await known.end(due.id, PlanState.REFUSED, at=at, refusal=refusal)
        await audit.record(
            session,
            at=at,
            who=due.planned_by,
            act=Act.FLOW_PLAN_REFUSED,
            object=f"flow:{due.flow.id}",
            facts={**facts, "why": refused.code},
        )
    else:
        await known.end(due.id, PlanState.DONE, at=at, version=made.flow.version)
    return await known.get(due.id)
