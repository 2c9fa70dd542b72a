"""Many people at once, from a list: looked at together, stored together."""

import secrets
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import RoleId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import roles, rules
from lianxi.modules.identity.contracts import NewUser, User
from lianxi.modules.identity.errors import AgentTaken, TeamUnknown, UsernameTaken
from lianxi.modules.identity.facade import shown
from lianxi.modules.identity.joining_repository import add_all
from lianxi.modules.identity.repository import PeopleRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def join(
    session: AsyncSession,
    people: Sequence[tuple[NewUser, str]],
    *,
    at: Instant,
    by: Caller,
) -> None:
    """Create people whose agents are there already.

    Args:
        session: the transaction.
        people: each with the hash of the password.
        at: when.
        by: who asks.

    Raises:
        UsernameTaken, AgentTaken, TeamUnknown, RoleUnknown, RoleAllowsTooMuch.
    """
    for role in {RoleId(str(new.role)) for new, _ in people}:
        await roles.check_giving(session, role, by=by)
    repository = PeopleRepository(session)
    there = await repository.all()
    names = {user.username for user in there}
    agents = {user.agent for user in there if user.agent is not None}
    open_teams = {team.id for team in await repository.teams() if team.closed_at is None}
    added: list[tuple[User, str]] = []
    for new, password_hash in people:
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
        if user.username in names:
            raise UsernameTaken(username=user.username)
        if user.agent in agents:
            raise AgentTaken(agent=user.agent)
        if user.team is not None and user.team not in open_teams:
            raise TeamUnknown(team=user.team)
        names.add(user.username)
        if user.agent is not None:
            agents.add(user.agent)
        added.append((user, password_hash))
        await audit.record(
            session, at=at, who=by, act=Act.USER_CREATED, object=f"user:{user.id}",
            after=shown(user),
        )  # fmt: skip
    await add_all(session, added)
