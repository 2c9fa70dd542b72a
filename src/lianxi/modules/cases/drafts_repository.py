"""All SQL about work orders that are being written at the desk."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, any_, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.models import CaseDraftRow

KEPT_MS = 7 * 86_400_000
"""A draft that nobody finishes is forgotten after a week."""


class CaseDraftRepository:
    """Keeps what a person writes about a contact until it is made or put away."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, user: UserId, contact: ContactId) -> None:
        """One request of a person about a contact at a time; until the transaction ends."""
        key = func.hashtext(f"case draft {user} {contact}")
        await self._session.execute(select(func.pg_advisory_xact_lock(key)))

    async def of(self, user: UserId, contact: ContactId) -> tuple[dict[str, Any], Instant] | None:
        """What was written, and when."""
        row = await self._session.get(CaseDraftRow, (user, contact))
        return None if row is None else (dict(row.fields), row.saved_at)

    async def put(
        self, user: UserId, contact: ContactId, fields: dict[str, Any], *, at: Instant
    ) -> None:
        """As it stands now; what is older than a week goes."""
        old = CaseDraftRow.saved_at < at - KEPT_MS
        await self._session.execute(delete(CaseDraftRow).where(old))
        facts = {"fields": fields, "saved_at": at}
        await self._session.execute(
            insert(CaseDraftRow)
            .values(account=user, contact=contact, **facts)
            .on_conflict_do_update(index_elements=["account", "contact"], set_=facts)
        )

    async def drop(self, user: UserId, contact: ContactId) -> None:
        """It is made, or put away."""
        await self._session.execute(
            delete(CaseDraftRow).where(
                CaseDraftRow.account == user, CaseDraftRow.contact == contact
            )
        )

    async def forget(self, contacts: Sequence[ContactId]) -> int:
        """What anybody wrote about these contacts is gone; how many there were."""
        old = CaseDraftRow.contact == any_(literal(list(contacts), ARRAY(Text)))
        gone = await self._session.scalars(delete(CaseDraftRow).where(old).returning(literal(1)))
        return len(gone.all())
