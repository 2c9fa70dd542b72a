"""Who works here, for those who name people: the organisation's posts."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.modules.identity import roles
from lianxi.modules.identity.repository import PeopleRepository


class Directory:
    """Knows accounts and roles (the organisation's `KnowsPeople`)."""

    async def closed_or_unknown(
        self, session: AsyncSession, users: Iterable[UserId]
    ) -> list[UserId]:
        """Those of these who have no open account."""
        wanted = list(dict.fromkeys(users))
        found = await PeopleRepository(session).some(wanted) if wanted else []
        open_ones = {user.id for user in found if user.disabled_at is None}
        return [user for user in wanted if user not in open_ones]

    async def names_of(self, session: AsyncSession, users: Iterable[UserId]) -> dict[UserId, str]:
        """What they are called; those who are nobody are left out."""
        wanted = list(dict.fromkeys(users))
        found = await PeopleRepository(session).some(wanted) if wanted else []
        return {user.id: user.name for user in found}

    async def has_role(self, session: AsyncSession, role: str) -> bool:
        """Whether there is such a role."""
        return any(each.id == role for each in await roles.roles(session))
