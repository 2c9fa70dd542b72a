"""Decisions about roles: who may pass which on, and what a role must be to be kept."""

from dataclasses import replace

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import RoleId
from lianxi.modules.identity import rules
from lianxi.modules.identity.contracts import Role, RoleKept, RoleRule
from lianxi.modules.identity.errors import RoleAllowsTooMuch, RoleHomeClosed

NOTHING = RoleRule(name="", name_en="", permissions=frozenset(), scope=Scope.SELF, home="/me")
"""What a role allows that is not there."""

HOMES: dict[str, frozenset[Permission]] = {
    "/desk": frozenset({Permission.DESK_USE}),
    "/live": frozenset({Permission.LIVE_READ}),
    "/records": frozenset({Permission.RECORDS_READ}),
    "/reports": frozenset({Permission.REPORTS_READ}),
    "/control-sheet": frozenset({Permission.CONTROL_USE}),
    "/flows": frozenset({Permission.FLOWS_READ}),
    "/admin": frozenset({Permission.USERS_EDIT}),
    "/admin/routing": frozenset({Permission.FLOWS_EDIT}),
    "/admin/system": frozenset({Permission.AUDIT_READ, Permission.SYSTEM_READ}),
    "/me": frozenset(),
}
"""Pages that a role may land on, and of which permissions each needs one."""

_WIDTH = {Scope.SELF: 0, Scope.TEAM: 1, Scope.ALL: 2}


def shipped() -> list[RoleKept]:
    """The roles of the product, in the order in which they are shown."""
    return [
        RoleKept(id=RoleId(role.value), rule=rule, revision=0) for role, rule in rules.ROLES.items()
    ]


def shipped_rule(role: str) -> RoleRule | None:
    """The rule of a role of the product; None for others."""
    return rules.ROLES[Role(role)] if role in rules.ROLES else None


def excess(rule: RoleRule, by: Caller) -> str:
    """What of a rule the caller may not pass on: a permission, `scope`, or empty for nothing.

    Administrators appoint everybody, also those who may do what they themselves do not. All others
    pass on what they hold. A desk is no right over others: whoever has no place may give one.
    """
    if by.role == Role.ADMIN:
        return ""
    beyond = rule.permissions - by.permissions - {Permission.DESK_USE}
    if beyond:
        return min(beyond).value
    return "scope" if _WIDTH[rule.scope] > _WIDTH[by.scope] else ""


def passable(by: Caller) -> list[Permission]:
    """The permissions that the caller may put into a role."""
    return [
        one for one in Permission if not excess(replace(NOTHING, permissions=frozenset({one})), by)
    ]


def passable_scopes(by: Caller) -> list[Scope]:
    """How far roles may see that the caller makes."""
    return [scope for scope in Scope if not excess(replace(NOTHING, scope=scope), by)]


def check(rule: RoleRule, *, by: Caller) -> None:
    """Let a role of the centre's own pass.

    Raises:
        RoleAllowsTooMuch, RoleHomeClosed.
    """
    if beyond := excess(rule, by):
        raise RoleAllowsTooMuch(beyond=beyond)
    needed = HOMES.get(rule.home)
    if needed is None or (needed and not needed & rule.permissions):
        raise RoleHomeClosed(home=rule.home)
