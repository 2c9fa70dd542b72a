"""All SQL about flow versions."""

from collections import defaultdict

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.values import StepOutcome
from lianxi.kernel.ids import FlowId, NodeId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr.contracts import FlowVersion, NodeCount, Traffic
from lianxi.modules.ivr.models import FlowVersionRow
from lianxi.projections.flow_models import FactFlowStep
from lianxi.projections.models import FactContact


class FlowRepository:
    """Versions are added and read; there is nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(self, flow: FlowId) -> FlowVersion | None:
        """The newest version of a flow."""
        row = await self._session.scalar(
            select(FlowVersionRow)
            .where(FlowVersionRow.flow == flow)
            .order_by(FlowVersionRow.version.desc())
            .limit(1)
        )
        return None if row is None else _to_contract(row)

    async def version(self, flow: FlowId, number: int) -> FlowVersion | None:
        """One version of a flow."""
        row = await self._session.get(FlowVersionRow, (flow, number))
        return None if row is None else _to_contract(row)

    async def versions(self, flow: FlowId) -> list[FlowVersion]:
        """Every version of a flow, the newest first."""
        rows = await self._session.scalars(
            select(FlowVersionRow)
            .where(FlowVersionRow.flow == flow)
            .order_by(FlowVersionRow.version.desc())
        )
        return [_to_contract(row) for row in rows]

    async def all_newest(self) -> list[FlowVersion]:
        """The newest version of each flow, by id."""
        rows = await self._session.scalars(
            select(FlowVersionRow)
            .ext(distinct_on(FlowVersionRow.flow))
            .order_by(FlowVersionRow.flow, FlowVersionRow.version.desc())
        )
        return [_to_contract(row) for row in rows]

    async def lock_all(self) -> None:
        """Let people publish one after the other: flows call each other, so each is checked
        against the others as they will be."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext("flows"))))

    async def counts(self, flow: FlowId, *, since: Instant) -> list[NodeCount]:
        """Steps of contacts that arrived since then, by version and node."""
        step = FactFlowStep
        rows = await self._session.execute(
            select(step.version, step.node, step.outcome, func.count())
            .join(FactContact, FactContact.contact == step.contact)
            .where(FactContact.arrived_at >= since, step.flow == flow)
            .group_by(step.version, step.node, step.outcome)
        )
        found: dict[tuple[int, NodeId], dict[str, int]] = defaultdict(dict)
        for version, node, outcome, number in rows:
            found[version, node]["" if outcome is None else outcome.value] = number
        return [
            NodeCount(
                version=version,
                node=node,
                entered=sum(by_outcome.values()),
                here=by_outcome.pop("", 0),
                left=by_outcome,
            )
            for (version, node), by_outcome in sorted(found.items())
        ]

    async def traffic(self, *, since: Instant) -> dict[FlowId, Traffic]:
        """Contacts that arrived since then, by flow, and those that were gone within it."""
        step = FactFlowStep
        is_gone = step.outcome == StepOutcome.CALLER_GONE
        rows = await self._session.execute(
            select(
                step.flow,
                func.count(step.contact.distinct()),
                func.count(step.contact.distinct()).filter(is_gone),
            )
            .join(FactContact, FactContact.contact == step.contact)
            .where(FactContact.arrived_at >= since)
            .group_by(step.flow)
        )
        return {flow: Traffic(entered=entered, gone=gone) for flow, entered, gone in rows}

    async def add(self, version: FlowVersion) -> None:
        """Store a new version."""
        self._session.add(
            FlowVersionRow(
                flow=version.flow.id,
                version=version.flow.version,
                body=msgspec.to_builtins(version.flow),
                published_at=version.published_at,
                published_by=version.published_by,
                note=version.note,
            )
        )
        await self._session.flush()


def _to_contract(row: FlowVersionRow) -> FlowVersion:
    return FlowVersion(
        flow=msgspec.convert(row.body, Flow),
        published_at=row.published_at,
        published_by=row.published_by,
        note=row.note,
    )
