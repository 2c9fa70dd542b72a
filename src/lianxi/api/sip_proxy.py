"""The WebSocket /sip: the browser's telephone reaches the switch through here.

Asterisk's own HTTP port stays on loopback; only a signed-in agent gets this far, and then still
has to register with the password of the desk. Messages pass unchanged, one at a time in each
direction, so a slow side slows the other. When one side goes the other is closed too.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from lianxi.http.caller import Caller, socket_needs
from lianxi.http.deps import provided
from lianxi.http.permissions import Permission

log = structlog.get_logger(__name__)

router = APIRouter()

SUBPROTOCOL = "sip"
LONGEST_MESSAGE = 65_536
OPEN_WITHIN_S = 5.0
MOST_PER_SESSION = 4
"""A page and its successor after a reload, and the same once more for take-over."""

CLOSE_SWITCH_AWAY = 4503
CLOSE_TOO_MANY = 4429
CLOSE_WRONG_PROTOCOL = 4400


@dataclass(frozen=True, slots=True)
class SwitchAddress:
    """Where the switch takes SIP over WebSocket."""

    url: str
    """As in `ws://127.0.0.1:8088/ws`."""


class OpenPhones:
    """How many connections each web session has."""

    def __init__(self) -> None:
        self.of: Counter[str] = Counter()


@router.websocket("/sip")
async def sip(
    socket: WebSocket,
    caller: Annotated[Caller, socket_needs(Permission.DESK_USE)],
    switch: Annotated[SwitchAddress, provided(SwitchAddress)],
    phones: Annotated[OpenPhones, provided(OpenPhones)],
) -> None:
    """Carry SIP between one browser and the switch."""
    if SUBPROTOCOL not in socket.scope.get("subprotocols", []):
        await socket.close(CLOSE_WRONG_PROTOCOL)
        return
    if phones.of[caller.session] >= MOST_PER_SESSION:
        await socket.close(CLOSE_TOO_MANY)
        return
    phones.of[caller.session] += 1
    try:
        async with connect(
            switch.url,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            compression=None,
            max_size=LONGEST_MESSAGE,
            open_timeout=OPEN_WITHIN_S,
            proxy=None,
        ) as upstream:
            await socket.accept(subprotocol=SUBPROTOCOL)
            await _carry(socket, upstream)
    except (OSError, TimeoutError, InvalidHandshake) as error:
        log.warning("sip.switch_away", error=repr(error))
        await socket.close(CLOSE_SWITCH_AWAY)
    finally:
        phones.of[caller.session] -= 1
        if not phones.of[caller.session]:
            del phones.of[caller.session]


async def _carry(socket: WebSocket, upstream: ClientConnection) -> None:
    ways = {
        asyncio.create_task(_to_switch(socket, upstream)),
        asyncio.create_task(_to_browser(socket, upstream)),
    }
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        ended = await asyncio.gather(*ways, return_exceptions=True)
    await upstream.close()
    if "browser" not in ended:
        await socket.close(1001)


async def _to_switch(socket: WebSocket, upstream: ClientConnection) -> str:
    """Carry until a side ends; say which."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return "browser"
        text, raw = message.get("text"), message.get("bytes")
        if len(text or raw or "") > LONGEST_MESSAGE:
            return "too long"
        try:
            await upstream.send(text if text is not None else raw or b"")
        except ConnectionClosed:
            return "switch"


async def _to_browser(socket: WebSocket, upstream: ClientConnection) -> str:
    """Carry until a side ends; say which."""
    try:
        async for message in upstream:
            if isinstance(message, str):
                await socket.send_text(message)
            else:
                await socket.send_bytes(message)
    except ConnectionClosed:
        return "switch"
    except (WebSocketDisconnect, RuntimeError):
        return "browser"
    return "switch"
