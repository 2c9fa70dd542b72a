"""A person and the place at a desk are created and changed as one thing, in one transaction."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.staffing.listing import agent_of, place_out, revision_of
from lianxi.api.staffing.shapes import NewPersonIn, PersonIn, PlaceIn
from lianxi.kernel.ids import AgentId, RoleId, TeamId, UserId
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import AgentDirectory, NewUser, User
from lianxi.modules.identity.errors import AgentNumberFixed, AgentTaken, TeamMissing
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.routing import changing
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing.changing import Change
from lianxi.modules.routing.errors import AgentNotFound, ChangedMeanwhile


async def create(
    change: Change, wanted: NewPersonIn, *, passwords: Passwords, agents: AgentDirectory
) -> tuple[User, str]:
    """Create a person, and the place when one is wanted; return the password as well.

    Raises:
        UsernameTaken, AgentTaken, TeamUnknown, TeamMissing, PasswordTooWeak, RoutingInvalid.
    """
    if wanted.place is not None:
        await _is_free(change.session, wanted.place)
        await _put_place(change, wanted.place, name=wanted.name, team=wanted.team)
    new = NewUser(
        username=wanted.username,
        name=wanted.name,
        role=RoleId(wanted.role),
        team=None if wanted.team is None else TeamId(wanted.team),
        agent=None if wanted.place is None else AgentId(wanted.place.agent),
        password=wanted.password,
        email=wanted.email,
    )
    return await identity.create_user(
        change.session, new, passwords=passwords, at=change.at, by=change.by, agents=agents
    )


async def put(
    change: Change, identifier: UserId, wanted: PersonIn, *, agents: AgentDirectory
) -> User:
    """Set a person as wanted. Without a place the former one is taken away.

    Raises:
        UserNotFound, ChangedMeanwhile, AgentNumberFixed, AgentTaken, TeamUnknown, TeamMissing,
        LastAdministrator, RoutingInvalid, StillInUse.
    """
    seen, change = change.revision, replace(change, revision=None)
    session = change.session
    await routing.hold(session)
    before = await identity.person(session, identifier)
    former = await _place_of(session, before)
    if seen is not None and seen != revision_of(before, former):
        raise ChangedMeanwhile(where=f"user:{before.username}")
    place = wanted.place
    if place is not None:
        if former is not None and former.agent != place.agent:
            raise AgentNumberFixed(agent=former.agent)
        if former is None:
            await _is_free(session, place)
        if place != former or (before.name, before.team) != (wanted.name, wanted.team):
            await _put_place(change, place, name=wanted.name, team=wanted.team)
    changed = await identity.change_user(
        session,
        identifier,
        {
            "name": wanted.name,
            "role": wanted.role,
            "team": wanted.team,
            "email": wanted.email,
            "agent": None if place is None else place.agent,
        },
        disabled=wanted.closed,
        at=change.at,
        by=change.by,
        agents=agents,
    )
    if place is None and former is not None:
        await changing.remove_agent(change, AgentId(former.agent))
    return changed


async def _place_of(session: AsyncSession, user: User) -> PlaceIn | None:
    if user.agent is None:
        return None
    try:
        return place_out(await routing.agent(session, user.agent))
    except AgentNotFound:
        return None


async def _is_free(session: AsyncSession, place: PlaceIn) -> None:
    for user in await identity.users(session):
        if user.agent == place.agent:
            raise AgentTaken(agent=place.agent, username=user.username)


async def _put_place(change: Change, place: PlaceIn, *, name: str, team: str | None) -> None:
    """Make the place as wanted; one that nobody has is taken over."""
    if team is None:
        raise TeamMissing(agent=place.agent)
    fields = agent_of(place, name=name, team=team)
    try:
        await routing.agent(change.session, AgentId(place.agent))
    except AgentNotFound:
        await changing.add_agent(change, fields)
    else:
        await changing.change_agent(change, AgentId(place.agent), fields)
