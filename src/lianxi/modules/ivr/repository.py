"""All SQL about flow versions."""

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.kernel.ids import FlowId
from lianxi.modules.ivr.contracts import FlowVersion
from lianxi.modules.ivr.models import FlowVersionRow


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

    async def all_newest(self) -> list[FlowVersion]:
        """The newest version of each flow, by id."""
        rows = await self._session.scalars(
            select(FlowVersionRow)
            .distinct(FlowVersionRow.flow)
            .order_by(FlowVersionRow.flow, FlowVersionRow.version.desc())
        )
        return [_to_contract(row) for row in rows]

    async def lock(self, flow: FlowId) -> None:
        """Let two people publish the same flow one after the other."""
        await self._session.execute(
            select(func.pg_advisory_xact_lock(func.hashtext(f"flow:{flow}")))
        )

    async def add(self, version: FlowVersion) -> None:
        """Store a new version."""
        self._session.add(
            FlowVersionRow(
                flow=version.flow.id,
                version=version.flow.version,
                body=msgspec.to_builtins(version.flow),
                published_at=version.published_at,
                published_by=version.published_by,
            )
        )
        await self._session.flush()


def _to_contract(row: FlowVersionRow) -> FlowVersion:
    return FlowVersion(
        flow=msgspec.convert(row.body, Flow),
        published_at=row.published_at,
        published_by=row.published_by,
    )
