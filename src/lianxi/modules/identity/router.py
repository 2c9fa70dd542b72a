"""HTTP for people: list, create, change, reset a password. Every change is in the audit."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from lianxi.http.caller import (
    Caller,
    CsrfRefused,
    Forbidden,
    NotSignedIn,
    needs,
    signed_in,
)
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import RoleId, UserId
from lianxi.modules.identity import facade
from lianxi.modules.identity.contracts import AgentDirectory, NewUser
from lianxi.modules.identity.errors import (
    AgentTaken,
    AgentUnknown,
    LastAdministrator,
    PasswordTooWeak,
    PersonMayMore,
    RoleAllowsTooMuch,
    RoleUnknown,
    TeamUnknown,
    UsernameTaken,
    UserNotFound,
)
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.web_sessions import WebSessions

router = APIRouter(tags=["users"])

Admin = Annotated[Caller, needs(Permission.USERS_EDIT)]
Anybody = Annotated[Caller, signed_in()]
Agents = Annotated[AgentDirectory, provided(AgentDirectory)]
PasswordsPart = Annotated[Passwords, provided(Passwords)]
WebSessionsPart = Annotated[WebSessions, provided(WebSessions)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Password = Annotated[str, Field(max_length=200)]
RoleName = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
"""One of the roles that ship, or the id of one that the centre made."""
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
Email = Annotated[
    str,
    Field(max_length=254, pattern=rf"^({_WORD}(\.{_WORD})*@{_LABEL}(\.{_LABEL})*)?$"),
]
"""Empty = none is known. Letters beyond ASCII are not taken: few mail servers deliver to them."""


class UserOut(BaseModel):
    """A person who may sign in."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    username: str
    name: str
    role: str
    team: str | None
    agent: str | None
    disabled_at: int | None
    created_at: int
    email: str


class UserWithPassword(BaseModel):
    """A new or reset password is shown once, here."""

    user: UserOut
    password: str


class PasswordOut(BaseModel):
    """The password now in force, shown once."""

    password: str


class UserIn(BaseModel):
    """A person to be created."""

    username: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^\s*\S+\s*$")]
    name: Name
    role: RoleName
    team: str | None = None
    agent: str | None = None
    password: Password | None = None
    email: Email = ""


class UserChange(BaseModel):
    """What to change; fields left out stay as they are."""

    name: Name | None = None
    role: RoleName | None = None
    team: str | None = None
    agent: str | None = None
    disabled: bool | None = None
    email: Email | None = None


class Profile(BaseModel):
    """What a person keeps about oneself."""

    model_config = ConfigDict(from_attributes=True)

    email: Email = ""
    """Where reports go; empty when none is known."""


class PasswordIn(BaseModel):
    """The new password; null draws one."""

    password: Password | None = None


class TeamOut(BaseModel):
    """People who work under one team lead."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    name_en: str


@router.get(
    "/users",
    operation_id="list_users",
    response_model=list[UserOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_users(caller: Admin, uow: UnitOfWork) -> object:
    """List everyone, by user name."""
    return await facade.users(uow)


@router.post(
    "/users",
    operation_id="create_user",
    status_code=201,
    response_model=UserWithPassword,
    responses=refusals(
        NotSignedIn, Forbidden, UsernameTaken, AgentTaken, AgentUnknown, TeamUnknown,
        PasswordTooWeak, RoleUnknown, RoleAllowsTooMuch,
    ),
)  # fmt: skip
async def create_user(
    body: UserIn,
    caller: Admin,
    uow: UnitOfWork,
    now: Now,
    agents: Agents,
    passwords: PasswordsPart,
) -> object:
    """Create a person; the password is in the answer and nowhere else."""
    fields = body.model_dump()
    new = NewUser(**{**fields, "role": RoleId(body.role)})
    user, password = await facade.create_user(
        uow, new, passwords=passwords, at=now, by=caller, agents=agents
    )
    return {"user": user, "password": password}


@router.patch(
    "/users/{user_id}",
    operation_id="change_user",
    response_model=UserOut,
    responses=refusals(
        NotSignedIn, Forbidden, UserNotFound, AgentTaken, AgentUnknown, TeamUnknown,
        LastAdministrator, RoleUnknown, RoleAllowsTooMuch, PersonMayMore,
    ),
)  # fmt: skip
async def change_user(
    user_id: UserId,
    body: UserChange,
    caller: Admin,
    uow: UnitOfWork,
    now: Now,
    agents: Agents,
    sessions: WebSessionsPart,
) -> object:
    """Change a person; who loses or gains rights must sign in again."""
    given = body.model_dump(exclude_unset=True, exclude={"disabled"}, mode="json")
    changed = await facade.change_user(
        uow, user_id, given, disabled=body.disabled, at=now, by=caller, agents=agents
    )
    await uow.commit()
    sessions.forget(user=user_id)
    return changed


@router.post(
    "/users/{user_id}/password",
    operation_id="reset_password",
    response_model=PasswordOut,
    responses=refusals(NotSignedIn, Forbidden, UserNotFound, PasswordTooWeak, PersonMayMore),
)
async def reset_password(
    user_id: UserId,
    body: PasswordIn,
    caller: Admin,
    uow: UnitOfWork,
    now: Now,
    passwords: PasswordsPart,
    sessions: WebSessionsPart,
) -> object:
    """Set a password; every session of the person ends."""
    password = await facade.reset_password(
        uow, user_id, password=body.password, passwords=passwords, at=now, by=caller
    )
    await uow.commit()
    sessions.forget(user=user_id)
    return {"password": password}


@router.get(
    "/profile",
    operation_id="read_profile",
    response_model=Profile,
    responses=refusals(NotSignedIn),
)
async def read_profile(caller: Anybody, uow: UnitOfWork) -> object:
    """What one keeps about oneself."""
    return await facade.person(uow, caller.user)


@router.put(
    "/profile",
    operation_id="change_profile",
    response_model=Profile,
    responses=refusals(NotSignedIn, CsrfRefused),
)
async def change_profile(body: Profile, caller: Anybody, uow: UnitOfWork, now: Now) -> object:
    """Set one's own e-mail address, or take it away."""
    changes = {"email": body.email}
    return await facade.change_user(uow, caller.user, changes, disabled=None, at=now, by=caller)


@router.get(
    "/teams",
    operation_id="list_teams",
    response_model=list[TeamOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_teams(caller: Admin, uow: UnitOfWork) -> object:
    """List the teams."""
    return await facade.teams(uow)
