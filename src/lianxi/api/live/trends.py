"""How many came to each queue in the last half hour, five minutes by five minutes: the reports' own
figure. What is long over is computed once."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports.figures import MetricValue, board
from lianxi.reports.windows import Window

METRIC = "offered"
SLOT_MS = 5 * 60_000
SLOTS = 6
SETTLED_MS = 60_000
"""Facts of a stretch may still be folded for so long after its end."""

Figures = dict[QueueId, MetricValue]


class Trends:
    """Remembers the stretches that are over."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._over: dict[int, Figures] = {}

    async def rows(
        self, session: AsyncSession, queues: Sequence[QueueId], now: Instant
    ) -> dict[QueueId, dict[str, object]]:
        """By queue: the points, oldest first; the last stretch is the one that is under way."""
        newest = now // SLOT_MS * SLOT_MS
        begins = [newest - SLOT_MS * back for back in reversed(range(SLOTS))]
        self._over = {at: self._over[at] for at in begins if at in self._over}
        slots: list[Figures] = []
        for begin in begins:
            found = self._over.get(begin)
            if found is None or not found.keys() >= set(queues):
                found = await self._slot(session, queues, begin, now)
                if now - (begin + SLOT_MS) > SETTLED_MS:
                    self._over[begin] = found
            slots.append(found)
        return {
            queue: {
                "value": slots[-1][queue].value,
                "unit": slots[-1][queue].unit.value,
                "formula": slots[-1][queue].formula,
                "points": [slot[queue].value for slot in slots],
            }
            for queue in queues
        }

    async def _slot(
        self, session: AsyncSession, queues: Sequence[QueueId], begin: int, now: Instant
    ) -> Figures:
        window = Window(begins_at=Instant(begin), ends_at=Instant(begin + SLOT_MS))
        found = await board(
            session, queues, now=now, zone=self._zone, metrics=(METRIC,), window=window
        )
        return {queue: found[queue].metrics[0] for queue in queues}
