"""The targets that a document shows: those in force on the last day of its window."""

from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.reports.asked import Key, Question
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.contracts import Goal
from lianxi.reports.control.goals import goal_of, in_force
from lianxi.reports.control.repository import TargetRepository
from lianxi.reports.windows import local


async def goals_for(session: AsyncSession, question: Question, zone: ZoneInfo) -> dict[str, Goal]:
    """By metric id: of the queue, where the question is about one; else of the centre."""
    queues = question.only.get(Key.QUEUE, ())
    queue = QueueId(queues[0]) if len(queues) == 1 else None
    day = local(question.window.ends_at - 1, zone).date()
    versions = await TargetRepository(session).versions()
    found = {}
    for metric in map(metric_of, question.metrics):
        own = [version for version in versions if version.metric == metric.id]
        found[metric.id] = goal_of(metric, in_force(own, day, queue=queue))
    return found
