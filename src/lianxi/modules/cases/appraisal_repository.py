"""All SQL about how work areas did."""

from sqlalchemy import Float, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AreaId, CaseId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import CallbackResult, CaseState, DispatchOutcome, DispatchRole
from lianxi.modules.cases.models import (
    CaseCallbackRow,
    CaseDispatchRow,
    CaseHandlingRow,
    CaseRow,
)


class AppraisalRepository:
    """Counts by area."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def given(self, since: Instant, until: Instant) -> list[tuple[AreaId, int, int]]:
        """Dispatches of a stretch of time: how many, how many came back."""
        came_back = case((CaseDispatchRow.outcome == DispatchOutcome.RETURNED, 1), else_=0)
        query = (
            select(CaseDispatchRow.area, func.count(), func.sum(came_back))
            .where(CaseDispatchRow.at >= since, CaseDispatchRow.at < until)
            .group_by(CaseDispatchRow.area)
        )
        return [(area, many, int(back)) for area, many, back in await self._session.execute(query)]

    async def done(self, since: Instant, until: Instant) -> list[tuple[AreaId, int, float]]:
        """Completions: how many, and the mean from the dispatch on, milliseconds."""
        used = func.avg(cast(CaseHandlingRow.at - CaseDispatchRow.at, Float))
        query = (
            select(CaseDispatchRow.area, func.count(), used)
            .join(
                CaseHandlingRow,
                (CaseHandlingRow.case == CaseDispatchRow.case)
                & (CaseHandlingRow.dispatch == CaseDispatchRow.number),
            )
            .where(
                CaseHandlingRow.completed,
                CaseHandlingRow.at >= since,
                CaseHandlingRow.at < until,
            )
            .group_by(CaseDispatchRow.area)
        )
        return [(area, many, float(ms)) for area, many, ms in await self._session.execute(query)]

    async def completed(self, since: Instant, until: Instant) -> list[CaseId]:
        """Work orders that were completed."""
        query = (
            select(CaseHandlingRow.case)
            .where(
                CaseHandlingRow.completed,
                CaseHandlingRow.at >= since,
                CaseHandlingRow.at < until,
            )
            .distinct()
        )
        return list(await self._session.scalars(query))

    async def unsatisfied(self, since: Instant, until: Instant) -> list[tuple[AreaId, int]]:
        """Customers who were not satisfied, by the area that led the round."""
        led = (
            (CaseDispatchRow.case == CaseCallbackRow.case)
            & (CaseDispatchRow.round == CaseCallbackRow.round)
            & (CaseDispatchRow.role == DispatchRole.LEAD)
            & (CaseDispatchRow.outcome == DispatchOutcome.DONE)
        )
        query = (
            select(CaseDispatchRow.area, func.count())
            .join(CaseCallbackRow, led)
            .where(
                CaseCallbackRow.result == CallbackResult.UNSATISFIED,
                CaseCallbackRow.at >= since,
                CaseCallbackRow.at < until,
            )
            .group_by(CaseDispatchRow.area)
        )
        return [(area, many) for area, many in await self._session.execute(query)]

    async def open(self, now: Instant) -> list[tuple[AreaId, int, int]]:
        """In the hands of an area: how many, how many past the nearest deadline."""
        is_late = case((CaseRow.due_at < now, 1), else_=0)
        query = (
            select(CaseRow.area, func.count(), func.sum(is_late))
            .where(CaseRow.state == CaseState.HANDLING, CaseRow.area.is_not(None))
            .group_by(CaseRow.area)
        )
        return [(area, many, int(late)) for area, many, late in await self._session.execute(query)]
