"""Set and read what is wanted of a metric. The caller owns the transaction."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.control import goals
from lianxi.reports.control.contracts import Goal, TargetVersion
from lianxi.reports.control.errors import TargetChangedMeanwhile
from lianxi.reports.control.repository import TargetRepository
from lianxi.reports.registry import Metric


async def versions(session: AsyncSession, metric: Metric) -> list[TargetVersion]:
    """All versions of a metric's targets, oldest first."""
    return await TargetRepository(session).versions(metric.id)


async def goal_on(
    session: AsyncSession, metric: Metric, day: date, *, queue: QueueId | None
) -> Goal:
    """What was wanted of a metric on a day."""
    found = await TargetRepository(session).versions(metric.id)
    return goals.goal_of(metric, goals.in_force(found, day, queue=queue))


async def put(
    session: AsyncSession,
    metric: Metric,
    goal: Goal,
    *,
    queue: QueueId | None,
    effective_from: date,
    seen: int,
    today: date,
    at: Instant,
    by: Caller,
) -> TargetVersion:
    """Set a target: a new version, which counts from a day on.

    Args:
        metric: of which metric.
        goal: what is wanted; a field that is empty is no longer wanted.
        queue: of one queue; None = of the centre.
        effective_from: the day from which on it counts.
        seen: the number of the newest version that the person read; 0 = there was none.
        today: by the centre's clock.

    Raises:
        TargetChangedMeanwhile: there is a newer one than the person read.
        TargetInvalid, TargetInThePast.
    """
    targets = TargetRepository(session)
    own = [version for version in await targets.versions(metric.id) if version.queue == queue]
    newest = own[-1] if own else None
    if (newest.number if newest else 0) != seen:
        raise TargetChangedMeanwhile(metric=metric.id, queue=queue)
    goals.check(metric, goal, effective_from=effective_from, today=today, is_first=newest is None)
    version = TargetVersion(
        metric=metric.id,
        queue=queue,
        number=seen + 1,
        effective_from=effective_from,
        goal=goal,
        set_by=by.user,
        set_by_name=by.name,
        at=at,
    )
    await targets.add(version)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.TARGET_SET,
        object=f"metric:{metric.id}" + (f"@{queue}" if queue else ""),
        before=None if newest is None else _told(newest),
        after=_told(version),
    )
    return version


def _told(version: TargetVersion) -> dict[str, str | float | None]:
    return {
        "effective_from": version.effective_from.isoformat(),
        "target": version.goal.target,
        "alarm_low": version.goal.alarm_low,
        "alarm_high": version.goal.alarm_high,
    }
