"""HTTP for roles: those that ship are read; the centre's own are made, changed and taken away."""

from typing import Annotated

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from lianxi.api.live.hub import CLOSE_RIGHTS_CHANGED, Hub
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import RoleId
from lianxi.modules.identity import role_rules, roles
from lianxi.modules.identity.contracts import RoleKept, RoleRule
from lianxi.modules.identity.errors import (
    RoleAllowsTooMuch,
    RoleHomeClosed,
    RoleInUse,
    RoleNameTaken,
    RoleNotFound,
    RoleShipped,
)
from lianxi.modules.identity.router import Name
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.routing.editing import Staffer
from lianxi.modules.routing.errors import ChangedMeanwhile

router = APIRouter(prefix="/roles", tags=["users"])

HubPart = Annotated[Hub, provided(Hub)]
WebSessionsPart = Annotated[WebSessions, provided(WebSessions)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


class RoleIn(BaseModel):
    """A role as set."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    name_en: Annotated[str, Field(max_length=80)] = ""
    """Empty = the same as the name."""
    permissions: Annotated[list[Permission], Field(max_length=len(Permission))]
    scope: Scope
    home: Annotated[str, Field(max_length=40)]
    """The page on which one lands; `homes` of the list names those that there are."""


class RoleOut(BaseModel):
    """A role: what it is called and allows, and whose rows it sees."""

    id: str
    name: str
    name_en: str
    permissions: list[Permission]
    scope: Scope
    home: str
    own: bool
    """Whether the centre made it; the others ship with the product and stay as they are."""
    people: int
    """Accounts that have it, closed ones too."""
    givable: bool
    """Whether the caller may give it to somebody."""
    revision: Annotated[str, Field(description="Changes with every change; give it as If-Match.")]


class RoleHome(BaseModel):
    """A page on which a role may land."""

    path: str
    needs: list[Permission]
    """One of these; none = everybody has it."""


class RoleChoices(BaseModel):
    """What a role may be made of by whoever asks."""

    permissions: list[Permission]
    scopes: list[Scope]
    homes: list[RoleHome]


@router.get("", operation_id="list_roles", responses=refusals(NotSignedIn, Forbidden))
async def list_roles(caller: Staffer, uow: UnitOfWork) -> list[RoleOut]:
    """List the roles and what they allow: those that ship first."""
    counts = await roles.counts(uow)
    return [_out(role, counts, caller) for role in await roles.roles(uow)]


@router.get("/choices", operation_id="get_role_choices", responses=refusals(NotSignedIn, Forbidden))
async def get_role_choices(caller: Staffer) -> RoleChoices:
    """What the caller may put into a role, and the pages on which one may land."""
    return RoleChoices(
        permissions=role_rules.passable(caller),
        scopes=role_rules.passable_scopes(caller),
        homes=[
            RoleHome(path=path, needs=sorted(needs)) for path, needs in role_rules.HOMES.items()
        ],
    )


@router.post(
    "",
    operation_id="create_role",
    status_code=201,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, RoleNameTaken, RoleAllowsTooMuch, RoleHomeClosed
    ),
)
async def create_role(body: RoleIn, caller: Staffer, uow: UnitOfWork, now: Now) -> RoleOut:
    """Make a role."""
    made = await roles.make_role(uow, _rule(body), at=now, by=caller)
    return _out(made, {}, caller)


@router.put(
    "/{role_id}",
    operation_id="change_role",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, RoleNotFound, RoleShipped, RoleNameTaken,
        RoleAllowsTooMuch, RoleHomeClosed, ChangedMeanwhile,
    ),
)  # fmt: skip
async def change_role(
    role_id: RoleId,
    body: RoleIn,
    caller: Staffer,
    uow: UnitOfWork,
    now: Now,
    hub: HubPart,
    web_sessions: WebSessionsPart,
    if_match: IfMatch = None,
) -> RoleOut:
    """Set a role. It is in force at once for everybody who has it; nobody signs in again."""
    before = await roles.own_role(uow, role_id)
    _seen(before, if_match)
    changed = await roles.change_role(uow, before, _rule(body), at=now, by=caller)
    counts = await roles.counts(uow)
    await uow.commit()
    web_sessions.forget(role=role_id)
    for client in hub.clients:
        if client.caller.role == role_id:
            client.close(CLOSE_RIGHTS_CHANGED)  # it comes back with the new rights
    return _out(changed, counts, caller)


@router.delete(
    "/{role_id}",
    operation_id="remove_role",
    status_code=204,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, RoleNotFound, RoleShipped, RoleInUse,
        RoleAllowsTooMuch, ChangedMeanwhile,
    ),
)  # fmt: skip
async def remove_role(
    role_id: RoleId, caller: Staffer, uow: UnitOfWork, now: Now, if_match: IfMatch = None
) -> Response:
    """Take away a role that nobody has."""
    role = await roles.own_role(uow, role_id)
    _seen(role, if_match)
    await roles.remove_role(uow, role, at=now, by=caller)
    return Response(status_code=204)


def _seen(role: RoleKept, if_match: str | None) -> None:
    seen = (if_match or "").strip().strip('"')
    if seen and seen != str(role.revision):
        raise ChangedMeanwhile(where=f"role:{role.rule.name}")


def _rule(body: RoleIn) -> RoleRule:
    return RoleRule(
        name=body.name.strip(),
        name_en=body.name_en.strip(),
        permissions=frozenset(body.permissions),
        scope=body.scope,
        home=body.home,
    )


def _out(role: RoleKept, counts: dict[str, int], caller: Caller) -> RoleOut:
    return RoleOut(
        id=role.id,
        name=role.rule.name,
        name_en=role.rule.name_en,
        permissions=sorted(role.rule.permissions),
        scope=role.rule.scope,
        home=role.rule.home,
        own=role.revision > 0,
        people=counts.get(role.id, 0),
        givable=not role_rules.excess(role.rule, caller),
        revision=str(role.revision),
    )
