"""Changes of trunks and routes by people. A password goes in and never comes out again."""

import secrets
from typing import Any

import msgspec

from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.kernel.ids import TrunkId
from lianxi.modules.routing.changes import typed
from lianxi.modules.routing.changing import Change, settled
from lianxi.modules.routing.contracts import SealsPasswords
from lianxi.modules.routing.errors import TrunkNotFound
from lianxi.modules.routing.trunk_repository import TrunkRepository


def owner_of(trunk: TrunkId) -> str:
    """Whose the sealed password is."""
    return f"trunk:{trunk}"


async def put_trunk(
    change: Change, identifier: TrunkId, fields: dict[str, Any], *, seals: SealsPasswords
) -> Trunk:
    """Set a trunk. A password that is not given stays; an empty one is taken away.

    Raises:
        ChangedMeanwhile, RoutingInvalid.
    """
    where = f"trunk:{identifier}"
    password = fields.pop("password", None)
    repository = TrunkRepository(change.session)
    await change.routing.hold()
    before = next((each for each in await repository.trunks() if each.id == identifier), None)
    if before is not None:
        change.is_still(before, where)
    mark = before.password_mark if before is not None else ""
    if password is not None:
        mark = secrets.token_hex(4) if password else ""
    after = typed({**fields, "id": identifier, "password_mark": mark}, Trunk, where=where)
    if after != before:
        async with settled(change):
            await repository.put_trunk(after)
            if password is not None:
                sealed = seals.seal(password, owner=owner_of(identifier)) if password else None
                await repository.put_secret(identifier, sealed)
            await change.tell(where, before, after)
    return after


async def remove_trunk(change: Change, identifier: TrunkId) -> None:
    """Take a trunk away; calls in progress on it go on.

    Raises:
        TrunkNotFound, ChangedMeanwhile, StillInUse: a route leads to it.
    """
    where = f"trunk:{identifier}"
    repository = TrunkRepository(change.session)
    await change.routing.hold()
    before = next((each for each in await repository.trunks() if each.id == identifier), None)
    if before is None:
        raise TrunkNotFound(trunk=identifier)
    change.is_still(before, where)
    async with settled(change, gone=where):
        await repository.remove_trunk(identifier)
        await change.tell(where, before, None)


async def put_routes(change: Change, items: list[dict[str, Any]]) -> list[Route]:
    """Set every route, in the order in which they are tried.

    Raises:
        ChangedMeanwhile, RoutingInvalid.
    """
    after = [typed(each, Route, where=f"routes[{n}]") for n, each in enumerate(items)]
    repository = TrunkRepository(change.session)
    await change.routing.hold()
    before = await repository.routes()
    change.is_still(before, "routes")
    if after != before:
        async with settled(change):
            await repository.put_routes(after)
            await change.tell("routes", _by_place(before), _by_place(after))
    return after


def _by_place(routes: list[Route]) -> dict[str, Any]:
    return {str(place): msgspec.to_builtins(route) for place, route in enumerate(routes, 1)}
