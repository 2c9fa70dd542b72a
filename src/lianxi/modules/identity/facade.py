"""What others may ask of the identity module. The caller owns the transaction."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AgentId, RoleId, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import roles, rules
from lianxi.modules.identity.contracts import AgentDirectory, NewUser, Role, RoleKept, Team, User
from lianxi.modules.identity.errors import (
    AgentTaken,
    AgentUnknown,
    LastAdministrator,
    TeamUnknown,
    UsernameTaken,
    UserNotFound,
)
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.repository import PeopleRepository, WebSessionRepository
from lianxi.modules.identity.roles_repository import RoleRepository
from lianxi.modules.identity.web_sessions import caller_of
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

CHANGEABLE = ("name", "role", "team", "agent", "email")


async def users(session: AsyncSession) -> list[User]:
    """Every user, by user name."""
    return await PeopleRepository(session).all()


async def some(session: AsyncSession, ids: Iterable[UserId]) -> list[User]:
    """Those of these users that there are, by name."""
    found = await PeopleRepository(session).some(ids)
    return sorted(found, key=lambda user: user.name)


async def person(session: AsyncSession, identifier: UserId) -> User:
    """One.

    Raises:
        UserNotFound.
    """
    return await PeopleRepository(session).get(identifier)


async def teams(session: AsyncSession) -> list[Team]:
    """Every team."""
    return await PeopleRepository(session).teams()


async def role_ids(session: AsyncSession) -> set[RoleId]:
    """Every role that there is: those that ship and the centre's own."""
    return {role.id for role in await roles.roles(session)}


async def all_roles(session: AsyncSession) -> list[RoleKept]:
    """Every role with its names: those that ship, then the centre's own."""
    return await roles.roles(session)


async def add_team(session: AsyncSession, team: Team) -> None:
    """Create a team."""
    await PeopleRepository(session).add_team(team)


async def is_empty(session: AsyncSession) -> bool:
    """Whether there is nobody yet: a fresh centre."""
    return not await PeopleRepository(session).all()


async def _check(
    session: AsyncSession, user: User, agents: AgentDirectory | None, *, itself: UserId | None
) -> None:
    people = PeopleRepository(session)
    namesake = await people.by_username(user.username)
    if namesake is not None and namesake.user.id != itself:
        raise UsernameTaken(username=user.username)
    if user.team is not None and not await people.has_team(user.team):
        raise TeamUnknown(team=user.team)
    if user.agent is not None:
        if agents is not None and not await agents.has_agent(session, user.agent):
            raise AgentUnknown(agent=user.agent)
        other = await people.by_agent(user.agent)
        if other is not None and other.id != itself:
            raise AgentTaken(agent=user.agent, username=other.username)


async def create_user(
    session: AsyncSession,
    new: NewUser,
    *,
    passwords: Passwords,
    at: Instant,
    by: Caller | None,
    agents: AgentDirectory | None = None,
) -> tuple[User, str]:
    """Create a user; return it with the password, drawn when none was given.

    Raises:
        UsernameTaken, TeamUnknown, AgentUnknown, AgentTaken, PasswordTooWeak, RoleUnknown,
        RoleAllowsTooMuch.
    """
    user = User(
        id=UserId(f"u-{secrets.token_hex(6)}"),
        username=rules.username_of(new.username),
        name=new.name,
        role=RoleId(str(new.role)),
        team=new.team,
        agent=new.agent,
        disabled_at=None,
        created_at=at,
        email=new.email,
    )
    await roles.check_giving(session, user.role, by=by)
    await _check(session, user, agents, itself=None)
    password = new.password or rules.draw_password()
    rules.check_password(password, username=user.username)
    hashed = await passwords.hash(password)
    await PeopleRepository(session).add(user, password_hash=hashed)
    await audit.record(
        session, at=at, who=by, act=Act.USER_CREATED, object=f"user:{user.id}", after=shown(user)
    )
    return user, password


async def change_user(
    session: AsyncSession,
    identifier: UserId,
    changes: Mapping[str, str | None],
    *,
    disabled: bool | None,
    at: Instant,
    by: Caller,
    agents: AgentDirectory | None = None,
) -> User:
    """Change a user; the sessions of a person whose rights change end.

    Args:
        session: the transaction.
        identifier: whom.
        changes: the fields of `CHANGEABLE` to set.
        disabled: True closes the account, False opens it again, None leaves it.
        at: when.
        by: who asks.
        agents: knows which agents there are.

    Raises:
        UserNotFound, TeamUnknown, AgentUnknown, AgentTaken, LastAdministrator, RoleUnknown,
        RoleAllowsTooMuch, PersonMayMore.
    """
    people = PeopleRepository(session)
    # Taken before the user's own row, always in this order: two changes cannot block each other.
    administrators = await people.administrators()
    before = await people.get(identifier, lock=True)
    await roles.check_ruling(session, before, by=by)
    after = _changed(before, changes)
    if after.role != before.role:
        await roles.check_giving(session, after.role, by=by)
    if disabled is not None and disabled != (before.disabled_at is not None):
        after = replace(after, disabled_at=at if disabled else None)
    was_admin = before.role == Role.ADMIN.value and before.disabled_at is None
    is_admin = after.role == Role.ADMIN.value and after.disabled_at is None
    if was_admin and not is_admin and administrators <= 1:
        raise LastAdministrator
    await _check(session, after, agents, itself=identifier)
    if after == before:
        return before
    await people.change(
        identifier,
        name=after.name,
        role=after.role,
        team=after.team,
        agent=after.agent,
        disabled_at=after.disabled_at,
        email=after.email,
    )
    if replace(after, name=before.name, email=before.email) != before:
        await WebSessionRepository(session).end_all_of(identifier, at=at)
    was, now = shown(before), shown(after)
    fields = [field for field in was if was[field] != now[field]]
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.USER_CHANGED,
        object=f"user:{identifier}",
        before={field: was[field] for field in fields},
        after={field: now[field] for field in fields},
    )
    return after


def _changed(user: User, changes: Mapping[str, str | None]) -> User:
    if (name := changes.get("name")) is not None:
        user = replace(user, name=name)
    if (email := changes.get("email")) is not None:
        user = replace(user, email=email)
    if (role := changes.get("role")) is not None:
        user = replace(user, role=RoleId(role))
    if "team" in changes:
        team = changes["team"]
        user = replace(user, team=None if team is None else TeamId(team))
    if "agent" in changes:
        agent = changes["agent"]
        user = replace(user, agent=None if agent is None else AgentId(agent))
    return user


async def person_at_desk(session: AsyncSession, agent: AgentId) -> Caller | None:
    """What the person of an agent may do now, without a session; None = nobody may sit there."""
    user = await PeopleRepository(session).by_agent(agent)
    if user is None or user.disabled_at is not None:
        return None
    return await _caller(session, user)


async def _caller(session: AsyncSession, user: User) -> Caller:
    rule = await RoleRepository(session).rule_of(user.role)
    return caller_of(user, rule, session="", csrf="", address="")


async def people_with(session: AsyncSession, permission: Permission) -> list[User]:
    """Everybody whose account is open and whose role allows it, by name."""
    people = [user for user in await PeopleRepository(session).all() if user.disabled_at is None]
    allowed = await RoleRepository(session).rules_of({user.role for user in people})
    people = [user for user in people if permission in allowed[user.role].permissions]
    return sorted(people, key=lambda user: user.name)


async def people_of_team(session: AsyncSession, team: TeamId) -> list[UserId]:
    """Everybody in a team, those whose account is closed too."""
    return await PeopleRepository(session).of_team(team)


async def open_account(session: AsyncSession, identifier: UserId) -> tuple[User, Caller] | None:
    """A person and what the person may do now, without a session; None = nobody, or closed."""
    try:
        user = await PeopleRepository(session).get(identifier)
    except UserNotFound:
        return None
    if user.disabled_at is not None:
        return None
    return user, await _caller(session, user)


async def reset_password(
    session: AsyncSession,
    identifier: UserId,
    *,
    password: str | None,
    passwords: Passwords,
    at: Instant,
    by: Caller,
) -> str:
    """Set a password, drawn when none is given; every session of the person ends.

    Raises:
        UserNotFound, PasswordTooWeak, PersonMayMore.
    """
    people = PeopleRepository(session)
    user = await people.get(identifier, lock=True)
    await roles.check_ruling(session, user, by=by)
    chosen = password or rules.draw_password()
    rules.check_password(chosen, username=user.username)
    await people.change(identifier, password_hash=await passwords.hash(chosen))
    await WebSessionRepository(session).end_all_of(identifier, at=at)
    await audit.record(session, at=at, who=by, act=Act.PASSWORD_RESET, object=f"user:{identifier}")
    return chosen


def shown(user: User) -> dict[str, str | bool | None]:
    """A person as the audit shows one: never a password."""
    return {
        "username": user.username,
        "name": user.name,
        "role": user.role,
        "team": user.team,
        "agent": user.agent,
        "email": user.email,
        "disabled": user.disabled_at is not None,
    }
