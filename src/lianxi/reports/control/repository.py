"""All SQL about targets, baselines and the control sheet."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.reports.charts.kinds import Basis
from lianxi.reports.control.contracts import (
    FrozenBaseline,
    Goal,
    TargetVersion,
)
from lianxi.reports.control.errors import TargetChangedMeanwhile
from lianxi.reports.control.models import (
    ChartBaselineRow,
    MetricTargetRow,
)


class TargetRepository:
    """Versions of targets. Added, never changed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def versions(self, metric: str | None = None) -> list[TargetVersion]:
        """All versions, oldest first; of one metric, or of all."""
        query = select(MetricTargetRow).order_by(MetricTargetRow.id)
        if metric is not None:
            query = query.where(MetricTargetRow.metric == metric)
        return [_target(row) for row in await self._session.scalars(query)]

    async def add(self, version: TargetVersion) -> None:
        """Add the next version.

        Raises:
            TargetChangedMeanwhile: somebody else just added one of that number.
        """
        self._session.add(
            MetricTargetRow(
                metric=version.metric,
                queue=version.queue,
                number=version.number,
                effective_from=version.effective_from,
                **asdict(version.goal),
                set_by=version.set_by,
                set_by_name=version.set_by_name,
                at=version.at,
            )
        )
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise TargetChangedMeanwhile(metric=version.metric, queue=version.queue) from error


def _target(row: MetricTargetRow) -> TargetVersion:
    return TargetVersion(
        metric=row.metric,
        queue=row.queue,
        number=row.number,
        effective_from=row.effective_from,
        goal=Goal(target=row.target, alarm_low=row.alarm_low, alarm_high=row.alarm_high),
        set_by=row.set_by,
        set_by_name=row.set_by_name,
        at=row.at,
    )


class BaselineRepository:
    """Frozen baselines; the newest of a metric, queue and formula counts, all are kept."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, metric: str, queue: QueueId | None, formula: str) -> list[FrozenBaseline]:
        """All of them, as they were frozen; the last one counts for new days."""
        query = (
            select(ChartBaselineRow)
            .where(
                ChartBaselineRow.metric == metric,
                ChartBaselineRow.queue.is_not_distinct_from(queue),
                ChartBaselineRow.formula == formula,
            )
            .order_by(ChartBaselineRow.id)
        )
        return [_baseline(row) for row in await self._session.scalars(query)]

    async def all_newest(self) -> dict[tuple[str, QueueId | None, str], FrozenBaseline]:
        """The ones that count, by metric, queue and formula."""
        rows = await self._session.scalars(select(ChartBaselineRow).order_by(ChartBaselineRow.id))
        return {(row.metric, row.queue, row.formula): _baseline(row) for row in rows}

    def add(self, frozen: FrozenBaseline) -> None:
        """Keep it: from now on it is the newest."""
        self._session.add(
            ChartBaselineRow(
                metric=frozen.metric,
                queue=frozen.queue,
                formula=frozen.formula,
                begins_on=frozen.begins_on,
                ends_on=frozen.ends_on,
                **asdict(frozen.basis),
                seasons=frozen.seasons,
                frozen_by=frozen.frozen_by,
                frozen_by_name=frozen.frozen_by_name,
                at=frozen.at,
                reason=frozen.reason,
            )
        )


def _baseline(row: ChartBaselineRow) -> FrozenBaseline:
    return FrozenBaseline(
        metric=row.metric,
        queue=row.queue,
        formula=row.formula,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        basis=Basis(kind=row.kind, centre=row.centre, sigma=row.sigma, points=row.points),
        seasons=row.seasons,
        frozen_by=row.frozen_by,
        frozen_by_name=row.frozen_by_name,
        at=row.at,
        reason=row.reason,
    )
