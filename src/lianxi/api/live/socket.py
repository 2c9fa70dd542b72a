"""The WebSocket /api/live: what the browser may say, and what ends the conversation."""

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any

import msgspec
import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from lianxi.api.live.client import Client
from lianxi.api.live.hub import Hub
from lianxi.http.caller import COOKIE, Caller, socket_signed_in
from lianxi.http.deps import provided

log = structlog.get_logger(__name__)

router = APIRouter()

CLOSE_NOT_UNDERSTOOD = 4400
MOST_TOPICS = 32
LONGEST_MESSAGE = 4_096


class Subscribe(msgspec.Struct, tag_field="op", tag="sub"):
    """The topics wanted, and the last number seen of each."""

    topics: Annotated[dict[str, int | None], msgspec.Meta(max_length=MOST_TOPICS)]


class Heartbeat(msgspec.Struct, tag_field="op", tag="beat"):
    """The page that holds the desk is alive."""

    session: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


_DECODER = msgspec.json.Decoder(Subscribe | Heartbeat)


@router.websocket("/live")
async def live(
    socket: WebSocket,
    caller: Annotated[Caller, socket_signed_in()],
    hub: Annotated[Hub, provided(Hub)],
) -> None:
    """Feed one browser until either side closes."""
    await socket.accept()
    client = Client(caller, socket.cookies.get(COOKIE, ""), socket.send_text)
    await converse(socket, client, hub, hub.serve(client))


async def converse(
    socket: WebSocket,
    client: Client,
    hub: Hub,
    serving: Coroutine[Any, Any, int],
    *,
    holds_desk: bool = True,
) -> None:
    """Feed a page and hear it until either side closes.

    Args:
        serving: feeds it; gives the code to close with.
        holds_desk: its heartbeats keep a desk alive.
    """
    feeding = asyncio.create_task(serving)
    hearing = asyncio.create_task(_hear(socket, client, hub, holds_desk=holds_desk))
    try:
        done, _ = await asyncio.wait({feeding, hearing}, return_when=asyncio.FIRST_COMPLETED)
        code = next(iter(done)).result()
    except (TimeoutError, WebSocketDisconnect, ExceptionGroup) as error:
        log.info("live.client_gone", user=client.caller.user, why=repr(error))
        code = None
    finally:
        feeding.cancel()
        hearing.cancel()
        await asyncio.gather(feeding, hearing, return_exceptions=True)
    if code is not None and socket.application_state is WebSocketState.CONNECTED:
        await socket.close(code)


async def _hear(socket: WebSocket, client: Client, hub: Hub, *, holds_desk: bool) -> int | None:
    """Take what the browser says; return a close code, or None when it is the one that closes."""
    await hub.is_ready.wait()
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        text = message.get("text") or ""
        try:
            if len(text) > LONGEST_MESSAGE:
                return CLOSE_NOT_UNDERSTOOD
            said = _DECODER.decode(text)
        except msgspec.MsgspecError:
            return CLOSE_NOT_UNDERSTOOD
        match said:
            case Subscribe():
                hub.subscribe(client, said.topics)
            case Heartbeat() if holds_desk:
                hub.beat(client, said.session)
            case _:
                pass
