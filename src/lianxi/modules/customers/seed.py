"""A customer of the demonstration centre: the one whom test calls play."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade

TEST_CALLER = "13800138000"


async def plant(session: AsyncSession, *, at: Instant) -> None:
    """Store the customer."""
    await facade.add(session, "试呼客户", [TEST_CALLER], at=at)
