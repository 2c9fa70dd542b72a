"""All SQL about API keys."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.key_models import ApiKeyRow
from lianxi.modules.identity.models import TeamRow


class KeyRepository:
    """Keys, by id and by the hash of their text."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[ApiKeyRow]:
        """Newest first."""
        query = select(ApiKeyRow).order_by(ApiKeyRow.made_at.desc(), ApiKeyRow.id)
        return list(await self._session.scalars(query))

    async def add(self, row: ApiKeyRow) -> None:
        """Store a new one."""
        self._session.add(row)
        await self._session.flush()

    async def find(self, key: str, *, lock: bool = False) -> ApiKeyRow | None:
        """One by its id."""
        return await self._session.get(ApiKeyRow, key, with_for_update=lock or None)

    async def by_hash(self, hashed: bytes) -> ApiKeyRow | None:
        """One by its text."""
        query = select(ApiKeyRow).where(ApiKeyRow.token_hash == hashed)
        found: ApiKeyRow | None = await self._session.scalar(query)
        return found

    async def touch(self, key: str, *, at: Instant, address: str) -> None:
        """It was used."""
        await self._session.execute(
            update(ApiKeyRow).where(ApiKeyRow.id == key).values(seen_at=at, seen_address=address)
        )

    async def has_team(self, team: TeamId) -> bool:
        """Whether there is such a team."""
        return await self._session.get(TeamRow, team) is not None
