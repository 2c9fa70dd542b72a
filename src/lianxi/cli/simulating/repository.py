"""All SQL about the live centre's past days."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.cli.simulating.past import Day
from lianxi.projections.models import (
    FactAgentInterval,
    FactOffer,
    FactQueueEntry,
    FactSegment,
)
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of


async def first_and_last(session: AsyncSession) -> tuple[int, int] | None:
    """When a contact entered a queue for the first and for the last time; None = never."""
    entered = FactQueueEntry.entered_at
    first, last = (await session.execute(select(func.min(entered), func.max(entered)))).one()
    return (first, last) if first else None


async def day_of(session: AsyncSession, day: date, zone: ZoneInfo) -> Day:
    """What happened on a civil day."""
    window = window_of(day, zone)
    entries = select(FactQueueEntry).where(
        FactQueueEntry.entered_at >= window.begins_at, FactQueueEntry.entered_at < window.ends_at
    )
    segments = select(FactSegment).where(
        FactSegment.began_at >= window.begins_at, FactSegment.began_at < window.ends_at
    )
    offers = select(FactOffer).where(
        FactOffer.made_at >= window.begins_at, FactOffer.made_at < window.ends_at
    )
    return Day(
        day=day,
        window=window,
        entries=list(await session.scalars(entries)),
        segments=list(await session.scalars(segments)),
        offers=list(await session.scalars(offers)),
        intervals=await _intervals(session, window),
    )


async def _intervals(session: AsyncSession, window: Window) -> list[FactAgentInterval]:
    found = await session.scalars(
        select(FactAgentInterval).where(
            FactAgentInterval.began_at < window.ends_at,
            FactAgentInterval.began_at >= window.begins_at - 24 * 3_600_000,
        )
    )
    begins = window.begins_at
    return [row for row in found if row.ended_at is None or row.ended_at > begins]
