"""All SQL about how trunks stand now: told by the switch, and blocked calls counted."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import TrunkId
from lianxi.projections.trunk_models import FactBlocked, TrunkStanding

UNKNOWN: dict[str, Any] = {
    "is_up": None, "why": "", "since": None, "blocked": 0,
}  # fmt: skip
"""Of a trunk that the switch has said nothing of yet."""


async def trunks_standing(session: AsyncSession) -> dict[TrunkId, dict[str, Any]]:
    """By trunk: whether it can be used, calls ever blocked on it."""
    found: dict[TrunkId, dict[str, Any]] = {}
    for row in await session.scalars(select(TrunkStanding)):
        found[row.trunk] = {**UNKNOWN, "is_up": row.is_up, "why": row.why, "since": row.since}
    blocked = await session.execute(
        select(FactBlocked.trunk, func.count()).group_by(FactBlocked.trunk)
    )
    for trunk, count in blocked:
        found.setdefault(trunk, dict(UNKNOWN))["blocked"] = count
    return found
