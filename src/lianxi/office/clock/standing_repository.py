"""SQL that counts clocks."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.clock.contracts import ClockState
from lianxi.office.clock.models import ClockRow
from lianxi.office.clock.repository import OPEN


async def counted(session: AsyncSession, now: Instant) -> tuple[int, int, int]:
    """How many clocks run, how many of these are late, and how many rest."""
    found = await session.execute(
        select(
            func.count().filter(ClockRow.state == ClockState.RUNNING),
            func.count().filter(ClockRow.state == ClockState.RUNNING, ClockRow.due_at < now),
            func.count().filter(ClockRow.state == ClockState.PAUSED),
        ).where(ClockRow.state.in_(OPEN))
    )
    running, late, paused = found.one()
    return int(running), int(late), int(paused)
