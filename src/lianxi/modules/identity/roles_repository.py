"""SQL about the roles that the centre made."""

from collections.abc import Collection

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.permissions import Permission
from lianxi.kernel.ids import RoleId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import RoleKept, RoleRule
from lianxi.modules.identity.errors import RoleNotFound
from lianxi.modules.identity.models import AccountRow, OwnRoleRow
from lianxi.modules.identity.role_rules import NOTHING, shipped_rule

_KNOWN = frozenset(permission.value for permission in Permission)


class RoleRepository:
    """Own roles, what any role allows, and who has one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def own(self) -> list[RoleKept]:
        """Every own role, by name."""
        rows = await self._session.scalars(select(OwnRoleRow).order_by(OwnRoleRow.name))
        return [_kept(row) for row in rows]

    async def rule_of(self, role: RoleId) -> RoleRule:
        """What a role allows; nothing when there is no such role."""
        if (rule := shipped_rule(role)) is not None:
            return rule
        row = await self._session.get(OwnRoleRow, role)
        return NOTHING if row is None else _kept(row).rule

    async def hold(self, role: RoleId) -> RoleRule | None:
        """What a role allows, which cannot be taken away until the transaction ends; None = there
        is no such role."""
        if (rule := shipped_rule(role)) is not None:
            return rule
        row = await self._session.get(OwnRoleRow, role, with_for_update={"read": True})
        return None if row is None else _kept(row).rule

    async def get(self, role: RoleId) -> RoleKept:
        """Return an own role, locked until the transaction ends.

        Raises:
            RoleNotFound.
        """
        row = await self._session.get(
            OwnRoleRow, role, with_for_update=True, populate_existing=True
        )
        if row is None:
            raise RoleNotFound(role=role[:60])
        return _kept(row)

    async def has_name(self, name: str, *, but: RoleId | None) -> bool:
        """Whether another own role is called so."""
        query = select(OwnRoleRow.id).where(OwnRoleRow.name == name)
        if but is not None:
            query = query.where(OwnRoleRow.id != but)
        return (await self._session.scalars(query)).first() is not None

    async def put(self, role: RoleKept, *, at: Instant, by_name: str) -> None:
        """Store a role as it is to be."""
        rule = role.rule
        row = OwnRoleRow(
            id=role.id,
            name=rule.name,
            name_en=rule.name_en,
            permissions=sorted(rule.permissions),
            scope=rule.scope,
            home=rule.home,
            revision=role.revision,
            changed_at=at,
            changed_by_name=by_name,
        )
        await self._session.merge(row)
        await self._session.flush()

    async def remove(self, role: RoleId) -> None:
        """Take an own role away."""
        await self._session.execute(delete(OwnRoleRow).where(OwnRoleRow.id == role))

    async def holders(self, role: RoleId) -> list[str]:
        """The user names of everybody who has the role, closed accounts too."""
        query = (
            select(AccountRow.username).where(AccountRow.role == role).order_by(AccountRow.username)
        )
        return list(await self._session.scalars(query))

    async def counts(self) -> dict[str, int]:
        """How many accounts have each role, closed ones too."""
        query = select(AccountRow.role, func.count()).group_by(AccountRow.role)
        return {role: int(count) for role, count in await self._session.execute(query)}

    async def rules_of(self, roles: Collection[RoleId]) -> dict[RoleId, RoleRule]:
        """What each of these roles allows."""
        return {role: await self.rule_of(role) for role in set(roles)}


def _kept(row: OwnRoleRow) -> RoleKept:
    return RoleKept(
        id=row.id,
        rule=RoleRule(
            name=row.name,
            name_en=row.name_en,
            # What a later version of the product no longer knows allows nothing.
            permissions=frozenset(Permission(one) for one in row.permissions if one in _KNOWN),
            scope=row.scope,
            home=row.home,
        ),
        revision=row.revision,
    )
