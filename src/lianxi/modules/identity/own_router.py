"""HTTP of what people decide for themselves: how their desktop looks, and their password."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from lianxi.http.caller import Caller, CsrfRefused, NotSignedIn, signed_in
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.kernel.ids import UserId
from lianxi.modules.identity.errors import PasswordNotRight, PasswordTooWeak, TooManyAttempts
from lianxi.modules.identity.own_password import change_password
from lianxi.modules.identity.own_repository import PreferenceRepository
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.web_sessions import WebSessions

router = APIRouter(tags=["users"])

Anybody = Annotated[Caller, signed_in()]
Keys = Annotated[str, Field(min_length=1, max_length=30, pattern=r"^[\x21-\x7e]+$")]
"""A key with what is held down, e.g. `Alt+w`, `F2`, `$mod+Enter`."""


class Preferences(BaseModel):
    """What a person chose of the desktop; null = what the product or this computer says."""

    language: Literal["zh-CN", "en"] | None = None
    theme: Literal["light", "dark", "system"] | None = None
    density: Literal["compact", "roomy"] | None = None
    plain_keys: bool = True
    """Whether keys without Ctrl or Alt do something outside of fields."""
    keys: Annotated[dict[Keys, Keys], Field(max_length=60)] = {}
    """The product's key, and the one that this person uses instead."""
    ring_volume: Annotated[float | None, Field(ge=0, le=1)] = None
    """0 = silent, 1 = loudest."""


class OwnPasswordIn(BaseModel):
    """The password in force, and the one to come."""

    present: Annotated[str, Field(max_length=200)]
    wanted: Annotated[str, Field(max_length=200)]


@router.get(
    "/preferences",
    operation_id="read_preferences",
    responses=refusals(NotSignedIn),
)
async def read_preferences(caller: Anybody, uow: UnitOfWork) -> Preferences:
    """What one chose of the desktop; the same on every computer."""
    kept = await PreferenceRepository(uow).of(UserId(caller.user))
    return Preferences.model_validate(kept)


@router.put(
    "/preferences",
    operation_id="change_preferences",
    responses=refusals(NotSignedIn, CsrfRefused),
)
async def change_preferences(
    body: Preferences, caller: Anybody, uow: UnitOfWork, now: Now
) -> Preferences:
    """Keep what one chose of the desktop, whole."""
    chosen = body.model_dump(mode="json")
    await PreferenceRepository(uow).set(UserId(caller.user), chosen, at=now)
    return body


@router.post(
    "/profile/password",
    operation_id="change_own_password",
    status_code=204,
    responses=refusals(
        NotSignedIn, CsrfRefused, PasswordNotRight, PasswordTooWeak, TooManyAttempts
    ),
)
async def change_own_password(
    body: OwnPasswordIn,
    caller: Anybody,
    sessions: Sessions,
    now: Now,
    passwords: Annotated[Passwords, provided(Passwords)],
    web_sessions: Annotated[WebSessions, provided(WebSessions)],
) -> None:
    """Set one's own password; one's sessions on other computers end."""
    await change_password(
        sessions,
        caller,
        present=body.present,
        wanted=body.wanted,
        web_sessions=web_sessions,
        passwords=passwords,
        at=now,
    )
