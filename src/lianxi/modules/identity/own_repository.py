"""All SQL about what people chose of their desktop."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.models import PreferenceRow


class PreferenceRepository:
    """What people chose of their desktop."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, user: UserId) -> dict[str, Any]:
        """What this person chose; empty when nothing."""
        row = await self._session.get(PreferenceRow, user)
        return {} if row is None else row.chosen

    async def set(self, user: UserId, chosen: dict[str, Any], *, at: Instant) -> None:
        """Keep it instead of what was there."""
        wanted = {"chosen": chosen, "changed_at": at}
        await self._session.execute(
            insert(PreferenceRow)
            .values(account=user, **wanted)
            .on_conflict_do_update(index_elements=["account"], set_=wanted)
        )
