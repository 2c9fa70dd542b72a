"""HTTP for people with their places at a desk: listed, created, changed, unlocked."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from lianxi.api.live.hub import Hub
from lianxi.api.staffing import changing, listing
from lianxi.api.staffing.listing import Narrowing
from lianxi.api.staffing.shapes import NewPersonIn, NewPersonOut, PersonIn, StaffOut
from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page
from lianxi.kernel.ids import UserId
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity import standing
from lianxi.modules.identity.contracts import AgentDirectory
from lianxi.modules.identity.errors import (
    AgentNumberFixed,
    AgentTaken,
    LastAdministrator,
    PasswordTooWeak,
    PersonMayMore,
    RoleAllowsTooMuch,
    RoleUnknown,
    TeamMissing,
    TeamUnknown,
    UsernameTaken,
    UserNotFound,
)
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.routing.editing import REFUSED, Edit, Staffer
from lianxi.modules.routing.errors import StillInUse

router = APIRouter(prefix="/people", tags=["users"])

HubPart = Annotated[Hub, provided(Hub)]
Agents = Annotated[AgentDirectory, provided(AgentDirectory)]
Word = Annotated[str, Query(max_length=80)]
Order = Literal[
    "name", "-name", "username", "-username", "role", "-role", "team", "-team",
    "last_sign_in", "-last_sign_in",
]  # fmt: skip
State = Literal["", "open", "closed", "locked", "online", "never"]


class PeoplePage(Page[StaffOut]):
    """A part of the list, and how many there are in all."""

    total: int


def online(hub: Hub) -> set[UserId]:
    """Whose desktop is open somewhere."""
    return {client.caller.user for client in hub.clients if client.is_person}


@router.get(
    "",
    operation_id="list_people",
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_people(
    caller: Staffer,
    uow: UnitOfWork,
    now: Now,
    hub: HubPart,
    q: Word = "",
    role: Word = "",
    team: Word = "",
    skill: Word = "",
    queue: Word = "",
    state: State = "",
    sort: Order = "username",
    cursor: str | None = None,
    limit: Limit = 100,
) -> PeoplePage:
    """List people with their places, narrowed and in order."""
    people = await listing.everybody(uow, at=now, online=online(hub))
    wanted = Narrowing(
        words=q, role=role, team=team, skill=skill, queue=queue,
        state=state,
    )  # fmt: skip
    items, after, total = listing.part_of(people, wanted, order=sort, after=cursor, limit=limit)
    return PeoplePage(items=items, next=after, total=total)


@router.get(
    "/{user_id}",
    operation_id="get_person",
    responses=refusals(NotSignedIn, Forbidden, UserNotFound),
)
async def get_person(
    user_id: UserId, caller: Staffer, uow: UnitOfWork, now: Now, hub: HubPart
) -> StaffOut:
    """Return one person with the place."""
    user = await identity.person(uow, user_id)
    return await listing.somebody(uow, user, at=now, online=online(hub))


@router.post(
    "",
    operation_id="create_person",
    status_code=201,
    responses=refusals(
        *REFUSED,
        UsernameTaken,
        AgentTaken,
        TeamUnknown,
        TeamMissing,
        PasswordTooWeak,
        RoleUnknown,
        RoleAllowsTooMuch,
    ),
)
async def create_person(
    body: NewPersonIn,
    caller: Staffer,
    edit: Edit,
    sessions: Sessions,
    now: Now,
    hub: HubPart,
    agents: Agents,
    passwords: Annotated[Passwords, provided(Passwords)],
) -> NewPersonOut:
    """Create a person, with a place at a desk when one is wanted. The password is in the answer
    and nowhere else."""
    async with edit.by(caller) as change:
        user, password = await changing.create(change, body, passwords=passwords, agents=agents)
    async with sessions() as session:
        person = await listing.somebody(session, user, at=now, online=online(hub))
    return NewPersonOut(person=person, password=password)


@router.put(
    "/{user_id}",
    operation_id="change_person",
    responses=refusals(
        *REFUSED, UserNotFound, AgentNumberFixed, AgentTaken, TeamUnknown, TeamMissing,
        LastAdministrator, StillInUse, RoleUnknown, RoleAllowsTooMuch, PersonMayMore,
    ),
)  # fmt: skip
async def change_person(
    user_id: UserId,
    body: PersonIn,
    caller: Staffer,
    edit: Edit,
    sessions: Sessions,
    now: Now,
    hub: HubPart,
    agents: Agents,
    web_sessions: Annotated[WebSessions, provided(WebSessions)],
) -> StaffOut:
    """Set a person and the place; who loses or gains rights must sign in again."""
    async with edit.by(caller) as change:
        user = await changing.put(change, user_id, body, agents=agents)
    web_sessions.forget(user=user_id)
    async with sessions() as session:
        return await listing.somebody(session, user, at=now, online=online(hub))


@router.post(
    "/{user_id}/unlock",
    operation_id="unlock_person",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, UserNotFound),
)
async def unlock_person(user_id: UserId, caller: Staffer, uow: UnitOfWork, now: Now) -> Response:
    """Forget the failed attempts of a person, who may try again at once."""
    await standing.unlock(uow, user_id, at=now, by=caller)
    return Response(status_code=204)
