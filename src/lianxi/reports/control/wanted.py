"""What is wanted of the figures of a question: the targets in force on its last day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.contracts import Goal, TargetVersion
from lianxi.reports.control.goals import Standing, goal_of, in_force, standing_of
from lianxi.reports.control.repository import TargetRepository
from lianxi.reports.questions import Key, Question, Row
from lianxi.reports.windows import local_day


@dataclass(frozen=True, slots=True)
class Wanted:
    """Targets of a day."""

    day: date
    queue: QueueId | None
    """The queue that is asked about, where it is one alone."""
    versions: Mapping[str, Iterable[TargetVersion]]
    """What people set, by metric."""

    def of(self, metric: str, queue: QueueId | None = None) -> Goal:
        """What is wanted of a metric: of this queue, else of the one that is asked about."""
        set_ = in_force(self.versions.get(metric, ()), self.day, queue=queue or self.queue)
        return goal_of(metric_of(metric), set_)

    def standings(self, row: Row) -> dict[str, Standing]:
        """How the figures of a row stand, by metric; each queue to what is wanted of it."""
        queue = QueueId(row.keys[Key.QUEUE]) if Key.QUEUE in row.keys else None
        found = {
            metric: standing_of(value, metric_of(metric), self.of(metric, queue))
            for metric, value in row.values.items()
        }
        return {metric: standing for metric, standing in found.items() if standing is not None}


async def wanted_of(session: AsyncSession, question: Question, zone: ZoneInfo) -> Wanted:
    """What is wanted of a question's figures."""
    queues = question.only.get(Key.QUEUE, ())
    versions = await TargetRepository(session).versions()
    return Wanted(
        local_day(question.window.ends_at - 1, zone),
        QueueId(queues[0]) if len(queues) == 1 else None,
        {name: [one for one in versions if one.metric == name] for name in question.metrics},
    )


async def goals_for(session: AsyncSession, question: Question, zone: ZoneInfo) -> dict[str, Goal]:
    """The same as one goal a metric, as a document prints them."""
    wanted = await wanted_of(session, question, zone)
    return {name: wanted.of(name) for name in question.metrics}
