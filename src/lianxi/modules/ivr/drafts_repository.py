"""All SQL about drafts of flows, and about versions that come into force at a set time."""

from typing import Any

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.kernel.ids import FlowId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr.contracts import FlowDraft, FlowPlan, PlanState
from lianxi.modules.ivr.models import FlowDraftRow, FlowPlanRow

_OPEN = (PlanState.WAITING, PlanState.REFUSED)
"""Somebody still has to do with it."""


class DraftRepository:
    """One draft for each person and flow."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, flow: FlowId | None = None) -> list[FlowDraft]:
        """The drafts there are, or those of one flow; the one that was saved last comes first."""
        query = select(FlowDraftRow).order_by(FlowDraftRow.saved_at.desc(), FlowDraftRow.person)
        if flow is not None:
            query = query.where(FlowDraftRow.flow == flow)
        return [_draft(row) for row in await self._session.scalars(query)]

    async def save(self, draft: FlowDraft, *, before: int) -> FlowDraft | None:
        """Store it, unless another revision than `before` is stored; then nothing is written and
        that one is returned."""
        row = {
            "flow": draft.flow,
            "person": draft.person,
            "body": dict(draft.body),
            "based_on": draft.based_on,
            "revision": draft.revision,
            "saved_at": draft.saved_at,
        }
        put = insert(FlowDraftRow).values(row)
        changed = {key: row[key] for key in ("body", "based_on", "revision", "saved_at")}
        written = await self._session.scalar(
            put.on_conflict_do_update(
                index_elements=["flow", "person"],
                set_=changed,
                where=FlowDraftRow.revision == before,
            ).returning(FlowDraftRow.revision)
        )
        if written is not None:
            return None
        found = await self._session.get(FlowDraftRow, (draft.flow, draft.person))
        return None if found is None else _draft(found)

    async def forget(self, flow: FlowId, person: UserId) -> None:
        """Remove a draft; there need not be one."""
        await self._session.execute(
            delete(FlowDraftRow).where(FlowDraftRow.flow == flow, FlowDraftRow.person == person)
        )


class PlanRepository:
    """Versions that come into force at a set time."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(self) -> list[FlowPlan]:
        """Those that wait, and those whose refusal nobody has seen to; the next one first."""
        rows = await self._session.scalars(
            select(FlowPlanRow)
            .where(FlowPlanRow.state.in_(_OPEN))
            .order_by(FlowPlanRow.due_at, FlowPlanRow.id)
        )
        return [_plan(row) for row in rows]

    async def waiting(self, flow: FlowId) -> FlowPlan | None:
        """The one of a flow that waits for its time."""
        row = await self._session.scalar(
            select(FlowPlanRow).where(
                FlowPlanRow.flow == flow, FlowPlanRow.state == PlanState.WAITING
            )
        )
        return None if row is None else _plan(row)

    async def get(self, number: int) -> FlowPlan | None:
        """One of them, held until the transaction ends."""
        row = await self._session.get(FlowPlanRow, number, with_for_update=True)
        return None if row is None else _plan(row)

    async def add(self, plan: FlowPlan) -> FlowPlan:
        """Store a new one; return it with its number."""
        row = FlowPlanRow(
            flow=plan.flow.id,
            body=msgspec.to_builtins(plan.flow),
            based_on=plan.based_on,
            due_at=plan.due_at,
            note=plan.note,
            planned_by=plan.planned_by,
            planned_at=plan.planned_at,
            state=plan.state,
        )
        self._session.add(row)
        await self._session.flush()
        return _plan(row)

    async def is_any_due(self, at: Instant) -> bool:
        """Whether the time of one has come."""
        due = select(FlowPlanRow.id).where(
            FlowPlanRow.state == PlanState.WAITING, FlowPlanRow.due_at <= at
        )
        return bool(await self._session.scalar(select(func.count()).select_from(due.subquery())))

    async def next_due(self, at: Instant) -> FlowPlan | None:
        """The one whose time came first, held until the transaction ends."""
        row = await self._session.scalar(
            select(FlowPlanRow)
            .where(FlowPlanRow.state == PlanState.WAITING, FlowPlanRow.due_at <= at)
            .order_by(FlowPlanRow.due_at, FlowPlanRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return None if row is None else _plan(row)

    async def end(
        self,
        number: int,
        state: PlanState,
        *,
        at: Instant,
        version: int | None = None,
        refusal: dict[str, Any] | None = None,
    ) -> None:
        """Say what became of it."""
        await self._session.execute(
            update(FlowPlanRow)
            .where(FlowPlanRow.id == number)
            .values(state=state, ended_at=at, version=version, refusal=refusal)
        )


def _draft(row: FlowDraftRow) -> FlowDraft:
    return FlowDraft(
        flow=row.flow,
        person=row.person,
        body=row.body,
        based_on=row.based_on,
        revision=row.revision,
        saved_at=row.saved_at,
    )


def _plan(row: FlowPlanRow) -> FlowPlan:
    return FlowPlan(
        id=row.id,
        flow=msgspec.convert(row.body, Flow),
        based_on=row.based_on,
        due_at=row.due_at,
        note=row.note,
        planned_by=row.planned_by,
        planned_at=row.planned_at,
        state=row.state,
        ended_at=row.ended_at,
        version=row.version,
        refusal=row.refusal,
    )
