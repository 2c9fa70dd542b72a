"""Roles of the centre's own: made, changed, given, taken away. The caller owns the transaction."""

import secrets
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import RoleId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import role_rules
from lianxi.modules.identity.contracts import RoleKept, RoleRule, User
from lianxi.modules.identity.errors import (
    PersonMayMore,
    RoleAllowsTooMuch,
    RoleInUse,
    RoleNameTaken,
    RoleShipped,
    RoleUnknown,
)
from lianxi.modules.identity.roles_repository import RoleRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

NAMED = 5
"""So many of those who have a role are named when it cannot be taken away."""


async def roles(session: AsyncSession) -> list[RoleKept]:
    """Every role: those that ship, then the centre's own by name."""
    return [*role_rules.shipped(), *await RoleRepository(session).own()]


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many accounts have each role."""
    return await RoleRepository(session).counts()


async def own_role(session: AsyncSession, role: RoleId) -> RoleKept:
    """One that the centre made, locked until the transaction ends.

    Raises:
        RoleShipped, RoleNotFound.
    """
    if role_rules.shipped_rule(role) is not None:
        raise RoleShipped(role=role)
    return await RoleRepository(session).get(role)


async def make_role(session: AsyncSession, rule: RoleRule, *, at: Instant, by: Caller) -> RoleKept:
    """Make a role. Without an English name the Chinese one is shown in both languages.

    Raises:
        RoleNameTaken, RoleAllowsTooMuch, RoleHomeClosed.
    """
    made = RoleKept(
        id=RoleId(f"role-{secrets.token_hex(4)}"),
        rule=replace(rule, name_en=rule.name_en or rule.name),
        revision=1,
    )
    await _check(session, made, by=by)
    await RoleRepository(session).put(made, at=at, by_name=by.name)
    await audit.record(
        session, at=at, who=by, act=Act.ROLE_CREATED, object=f"role:{made.id}",
        after=_shown(made.rule),
    )  # fmt: skip
    return made


async def change_role(
    session: AsyncSession, before: RoleKept, rule: RoleRule, *, at: Instant, by: Caller
) -> RoleKept:
    """Set what an own role is called and allows; in force for everybody who has it.

    Raises:
        RoleNameTaken, RoleAllowsTooMuch, RoleHomeClosed.
    """
    rule = replace(rule, name_en=rule.name_en or rule.name)
    if rule == before.rule:
        return before
    # Who may not pass on the role as it is may not take from it either.
    if beyond := role_rules.excess(before.rule, by):
        raise RoleAllowsTooMuch(beyond=beyond)
    after = RoleKept(id=before.id, rule=rule, revision=before.revision + 1)
    await _check(session, after, by=by)
    await RoleRepository(session).put(after, at=at, by_name=by.name)
    was, now = _shown(before.rule), _shown(rule)
    fields = [field for field in was if was[field] != now[field]]
    await audit.record(
        session, at=at, who=by, act=Act.ROLE_CHANGED, object=f"role:{before.id}",
        before={field: was[field] for field in fields},
        after={field: now[field] for field in fields},
    )  # fmt: skip
    return after


async def remove_role(session: AsyncSession, role: RoleKept, *, at: Instant, by: Caller) -> None:
    """Take away an own role that nobody has.

    Raises:
        RoleInUse, RoleAllowsTooMuch.
    """
    if beyond := role_rules.excess(role.rule, by):
        raise RoleAllowsTooMuch(beyond=beyond)
    repository = RoleRepository(session)
    if holders := await repository.holders(role.id):
        more = len(holders) - NAMED
        named = "、".join(holders[:NAMED]) + (f" … +{more}" if more > 0 else "")
        raise RoleInUse(people=len(holders), who=named)
    await repository.remove(role.id)
    await audit.record(
        session, at=at, who=by, act=Act.ROLE_REMOVED, object=f"role:{role.id}",
        before=_shown(role.rule),
    )  # fmt: skip


async def check_giving(session: AsyncSession, role: RoleId, *, by: Caller | None) -> None:
    """Let a role be given to somebody; it cannot be taken away until the transaction ends.

    Raises:
        RoleUnknown, RoleAllowsTooMuch.
    """
    rule = await RoleRepository(session).hold(role)
    if rule is None:
        raise RoleUnknown(role=role[:60])
    if by is not None and (beyond := role_rules.excess(rule, by)):
        raise RoleAllowsTooMuch(beyond=beyond)


async def check_ruling(session: AsyncSession, person: User, *, by: Caller) -> None:
    """Let somebody change another person's account. Oneself one may always change.

    Raises:
        PersonMayMore.
    """
    if by.user == person.id:
        return
    rule = await RoleRepository(session).rule_of(person.role)
    if beyond := role_rules.excess(rule, by):
        raise PersonMayMore(username=person.username, beyond=beyond)


async def _check(session: AsyncSession, role: RoleKept, *, by: Caller) -> None:
    role_rules.check(role.rule, by=by)
    names = {kept.rule.name for kept in role_rules.shipped()}
    taken = await RoleRepository(session).has_name(role.rule.name, but=role.id)
    if taken or role.rule.name in names:
        raise RoleNameTaken(name=role.rule.name)


def _shown(rule: RoleRule) -> dict[str, str | list[str]]:
    return {
        "name": rule.name,
        "name_en": rule.name_en,
        "permissions": sorted(rule.permissions),
        "scope": rule.scope.value,
        "home": rule.home,
    }
