"""HTTP for trunks and routes: the ways in and out, how they stand, and who was blocked."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Response

from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import TrunkId
from lianxi.modules.routing import changing_trunks
from lianxi.modules.routing.changes import revision_of
from lianxi.modules.routing.contracts import CountsChannels, SealsPasswords
from lianxi.modules.routing.editing import REFUSED, Edit
from lianxi.modules.routing.errors import StillInUse, TrunkNotFound
from lianxi.modules.routing.standing_repository import UNKNOWN, trunks_standing
from lianxi.modules.routing.trunk_repository import TrunkRepository
from lianxi.modules.routing.trunk_shapes import RoutesIn, RoutesOut, TrunkIn, TrunkOut

router = APIRouter(tags=["trunks"])

Telephonist = Annotated[Caller, needs(Permission.TRUNKS_EDIT)]
Channels = Annotated[CountsChannels, provided(CountsChannels)]


@router.get(
    "/trunks",
    operation_id="list_trunks",
    response_model=list[TrunkOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_trunks(caller: Telephonist, uow: UnitOfWork, channels: Channels) -> object:
    """List the trunks, each with how it stands and how many channels are taken."""
    standing = await trunks_standing(uow)
    trunks = await TrunkRepository(uow).trunks()
    return [_trunk(trunk, standing, channels) for trunk in trunks]


@router.put(
    "/trunks/{trunk_id}",
    operation_id="put_trunk",
    response_model=TrunkOut,
    responses=refusals(*REFUSED),
)
async def put_trunk(
    trunk_id: TrunkId,
    body: TrunkIn,
    caller: Telephonist,
    edit: Edit,
    seals: Annotated[SealsPasswords, provided(SealsPasswords)],
    channels: Channels,
) -> object:
    """Set a trunk; it is in force at once, and calls in progress go on. A password that is left
    out stays, an empty one is taken away, and none is ever shown."""
    fields = body.model_dump(exclude_unset=True, mode="json")
    async with edit.by(caller) as change:
        after = await changing_trunks.put_trunk(change, trunk_id, fields, seals=seals)
        standing = await trunks_standing(change.session)
    return _trunk(after, standing, channels)


@router.delete(
    "/trunks/{trunk_id}",
    operation_id="remove_trunk",
    status_code=204,
    responses=refusals(*REFUSED, TrunkNotFound, StillInUse),
)
async def remove_trunk(trunk_id: TrunkId, caller: Telephonist, edit: Edit) -> Response:
    """Take a trunk away that no route leads to; calls in progress on it go on."""
    async with edit.by(caller) as change:
        await changing_trunks.remove_trunk(change, trunk_id)
    return Response(status_code=204)


@router.get(
    "/routes",
    operation_id="get_routes",
    response_model=RoutesOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_routes(caller: Telephonist, uow: UnitOfWork) -> object:
    """Return the routes of calls out, in the order in which they are tried."""
    return _routes(await TrunkRepository(uow).routes())


@router.put(
    "/routes",
    operation_id="put_routes",
    response_model=RoutesOut,
    responses=refusals(*REFUSED),
)
async def put_routes(body: RoutesIn, caller: Telephonist, edit: Edit) -> object:
    """Set all routes of calls out, in the order in which they are tried."""
    items = body.model_dump(exclude_unset=True, mode="json")["items"]
    async with edit.by(caller) as change:
        return _routes(await changing_trunks.put_routes(change, items))


def _trunk(
    trunk: Trunk, standing: dict[TrunkId, dict[str, Any]], channels: CountsChannels
) -> dict[str, Any]:
    fields = msgspec.to_builtins(trunk)
    has_password = bool(fields.pop("password_mark"))
    known = {**standing.get(trunk.id, UNKNOWN), "taken": channels.taken(trunk.id)}
    return {**fields, **known, "has_password": has_password, "revision": revision_of(trunk)}


def _routes(routes: list[Route]) -> dict[str, Any]:
    return {"items": msgspec.to_builtins(routes), "revision": revision_of(routes)}
