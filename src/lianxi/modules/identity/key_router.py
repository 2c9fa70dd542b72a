"""HTTP for API keys: list, make, revoke. For people only; a key makes no keys."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import api_keys, key_rules
from lianxi.modules.identity.api_keys import ApiKeys, NewKey
from lianxi.modules.identity.errors import (
    KeyAllowsTooMuch,
    KeyExpiryInvalid,
    KeyNotFound,
    TeamUnknown,
)

router = APIRouter(prefix="/api-keys", tags=["api keys"])

Admin = Annotated[Caller, needs(Permission.USERS_EDIT)]
Keys = Annotated[ApiKeys, provided(ApiKeys)]


class KeyOut(BaseModel):
    """A key as it may be shown."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    begins: str
    permissions: list[str]
    team: str | None
    made_by_name: str
    made_at: int
    expires_at: int
    revoked_at: int | None
    revoked_by_name: str
    seen_at: int | None
    seen_address: str


class KeysOut(BaseModel):
    """The keys, and what a new one may be allowed."""

    items: list[KeyOut]
    grantable: list[Permission]


class KeyIn(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    permissions: Annotated[list[Permission], Field(min_length=1)]
    team: str | None = None
    """Whose rows it sees; null = everybody's."""
    expires_at: int
    """Two years ahead at most, milliseconds since 1970."""


class KeyMade(BaseModel):
    """A new key is shown once, here."""

    key: KeyOut
    token: str


@router.get(
    "",
    operation_id="list_api_keys",
    response_model=KeysOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_api_keys(caller: Admin, uow: UnitOfWork) -> object:
    """All keys, newest first, revoked ones too."""
    return {"items": await api_keys.keys(uow), "grantable": key_rules.grantable(caller)}


@router.post(
    "",
    operation_id="make_api_key",
    status_code=201,
    response_model=KeyMade,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, KeyAllowsTooMuch, KeyExpiryInvalid, TeamUnknown
    ),
)
async def make_api_key(body: KeyIn, caller: Admin, uow: UnitOfWork, now: Now) -> object:
    """Make a key; its text is in the answer and nowhere else."""
    new = NewKey(
        name=body.name,
        permissions=frozenset(body.permissions),
        team=None if body.team is None else TeamId(body.team),
        expires_at=Instant(body.expires_at),
    )
    key, token = await api_keys.make(uow, new, by=caller, at=now)
    return {"key": key, "token": token}


@router.delete(
    "/{key}",
    operation_id="revoke_api_key",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, KeyNotFound),
)
async def revoke_api_key(
    key: str, caller: Admin, uow: UnitOfWork, known: Keys, now: Now
) -> Response:
    """End a key at once."""
    await api_keys.revoke(uow, key, by=caller, at=now)
    await uow.commit()
    known.forget()
    return Response(status_code=204)
