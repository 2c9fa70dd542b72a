"""SQL about teams."""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import TeamId
from lianxi.modules.identity.contracts import Team
from lianxi.modules.identity.errors import TeamNotFound
from lianxi.modules.identity.models import AccountRow, TeamRow
from lianxi.modules.identity.repository import team_of


class TeamRepository:
    """Teams, and how many people are in one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, team: TeamId) -> Team:
        """Return the team, locked until the transaction ends.

        Raises:
            TeamNotFound.
        """
        row = await self._session.get(TeamRow, team, with_for_update=True)
        if row is None:
            raise TeamNotFound(team=team)
        return team_of(row)

    async def has_name(self, name: str, *, but: TeamId | None) -> bool:
        """Whether another team is called so."""
        query = select(TeamRow.id).where(TeamRow.name == name)
        if but is not None:
            query = query.where(TeamRow.id != but)
        return (await self._session.scalars(query)).first() is not None

    async def change(self, team: TeamId, **fields: Any) -> None:
        """Set columns of a team."""
        await self._session.execute(update(TeamRow).where(TeamRow.id == team).values(**fields))

    async def count_people(self, team: TeamId) -> int:
        """How many open accounts belong to the team."""
        query = (
            select(func.count())
            .select_from(AccountRow)
            .where(AccountRow.team == team, AccountRow.disabled_at.is_(None))
        )
        return int(await self._session.scalar(query) or 0)
