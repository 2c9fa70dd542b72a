"""The topic `metrics`: the reports' own figures of today, computed anew after what matters."""

import asyncio
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import CENTRE, WALL
from lianxi.api.live.trends import Trends
from lianxi.kernel.time import Instant
from lianxi.reports.figures import BOARD, MetricValue, board
from lianxi.reports.windows import Window

log = structlog.get_logger(__name__)

SETTLE_S = 0.5
"""Several events of one call come together; the facts are folded a moment after them."""

SHARE = 0.1
"""Of one core that the figures may cost: a long day's take longer and come less often."""

FLOOR = (*BOARD, "abandon_rate")
"""Of today."""

RECENT = ("service_level",)
RECENT_MS = 30 * 60_000
"""Of the last half hour, up to this moment; their names end in `_30m`."""

TREND = "offered_trend"
"""Of a queue: how many came, five minutes by five minutes."""

AT_LEAST_EVERY_S = 10.0
"""Figures change with time alone, too: who waits too long, talk under way."""


class LiveFigures:
    """Computes while somebody looks.

    Args:
        hub: gets the rows.
        sessions: the database.
        now: the clock.
        zone: the centre's, for where the day begins.
    """

    def __init__(
        self,
        hub: Hub,
        sessions: async_sessionmaker[AsyncSession],
        *,
        now: Callable[[], Instant],
        zone: ZoneInfo,
    ) -> None:
        self._hub = hub
        self._sessions = sessions
        self._now = now
        self._zone = zone
        self._trends = Trends(zone)

    async def run(self) -> None:
        """Compute after batches until cancelled."""
        while True:
            try:
                async with asyncio.timeout(AT_LEAST_EVERY_S):
                    await self._hub.changed.wait()
            except TimeoutError:
                pass  # nothing happened, yet time went by
            self._hub.changed.clear()
            if not (self._hub.wants("metrics") or self._hub.wants(WALL)):
                continue
            await asyncio.sleep(SETTLE_S)  # pace: one computation for what comes together
            began = time.monotonic()
            try:
                self._hub.metrics = await self.rows()
            except (SQLAlchemyError, OSError) as error:
                log.warning("live.figures_failed", error=repr(error))
                continue
            self._hub.flush("metrics")
            self._hub.flush(WALL)
            rest = (time.monotonic() - began) * (1 - SHARE) / SHARE
            await asyncio.sleep(min(rest, AT_LEAST_EVERY_S))  # pace: a share of one core

    async def rows(self) -> dict[str, object]:
        """The figures of each queue and of the centre: of today, and of the last half hour; of
        a queue also how many came, stretch by stretch."""
        queues = [queue.id for queue in self._hub.replica.state.routing.queues]
        now = self._now()
        half_hour = Window(begins_at=Instant(now - RECENT_MS), ends_at=now)
        async with self._sessions() as session:
            today = await board(session, queues, now=now, zone=self._zone, metrics=FLOOR)
            recent = await board(
                session, queues, now=now, zone=self._zone, metrics=RECENT, window=half_hour
            )
            trends = await self._trends.rows(session, queues, now)
        return {
            queue or CENTRE: {
                **{metric.id: _value(metric) for metric in found.metrics},
                **{f"{metric.id}_30m": _value(metric) for metric in recent[queue].metrics},
                **({} if queue is None else {TREND: trends[queue]}),
            }
            for queue, found in today.items()
        }


def _value(metric: MetricValue) -> dict[str, object]:
    return {"value": metric.value, "unit": metric.unit.value, "formula": metric.formula}
