"""The WebSocket of one wallboard: for screens by the token of their link, and for signed-in people.

A screen has no cookie: its token comes as the second of two subprotocols, for a browser's WebSocket
can carry nothing else. Who may not look is told so by the close code, after the connection stands:
a browser does not learn why a handshake was refused, and a screen on a wall must say it.
"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, WebSocket

from lianxi.api.live.client import WallClient, nobody
from lianxi.api.live.hub import CLOSE_SIGNED_OUT, Hub
from lianxi.api.live.socket import converse
from lianxi.api.live.walls import CLOSE_BOARD_GONE, Walls
from lianxi.api.walls import readable
from lianxi.http.caller import COOKIE, NotSignedIn, find_caller, public
from lianxi.http.deps import Sessions, provided
from lianxi.http.permissions import Permission
from lianxi.modules.wallboards import facade
from lianxi.modules.wallboards.errors import WallNotFound

router = APIRouter()

PROTOCOL = "lianxi.wall"
CLOSE_NOT_ALLOWED = 4403


@router.websocket("/walls/{wall_id}/live", dependencies=[public()])
async def wall_live(
    socket: WebSocket,
    wall_id: str,
    hub: Annotated[Hub, provided(Hub)],
    walls: Annotated[Walls, provided(Walls)],
    sessions: Sessions,
) -> None:
    """Feed one page that shows the board."""
    token = _token(socket)
    client = await _client(socket, wall_id, token, hub, sessions)
    await socket.accept(subprotocol=PROTOCOL if token else None)
    if isinstance(client, int):
        await socket.close(client)
        return
    await converse(socket, client, hub, _feed(client, hub, walls), holds_desk=False)


def _token(socket: WebSocket) -> str:
    offered = [*socket.scope.get("subprotocols", [])]
    return str(offered[1]) if len(offered) == 2 and offered[0] == PROTOCOL else ""


async def _client(
    socket: WebSocket, wall: str, token: str, hub: Hub, sessions: Sessions
) -> WallClient | int:
    """Who looks, or the code to close with."""
    await hub.is_ready.wait()
    if token:
        async with sessions() as session:
            screen = await facade.screen_of(session, token)
        if screen is None or screen.board != wall:
            return CLOSE_SIGNED_OUT
        return WallClient(wall, screen.id, nobody(screen.id), "", socket.send_text)
    try:
        caller = await find_caller(socket)
    except NotSignedIn:
        return CLOSE_SIGNED_OUT
    if not caller.may(Permission.LIVE_READ):
        return CLOSE_NOT_ALLOWED
    try:
        async with sessions() as session:
            await readable(caller, wall, hub, session)
    except WallNotFound:
        return CLOSE_BOARD_GONE
    return WallClient(wall, None, caller, socket.cookies.get(COOKIE, ""), socket.send_text)


async def _feed(client: WallClient, hub: Hub, walls: Walls) -> int:
    serving = asyncio.create_task(hub.serve(client))
    try:
        await walls.look()
        return await serving
    finally:
        serving.cancel()
