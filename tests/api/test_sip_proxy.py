"""The browser's way to the switch: only for agents, byte for byte, closed together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lianxi.api.sip_proxy import MOST_PER_SESSION, OpenPhones, SwitchAddress
from lianxi.http.deps import provide
from tests.builders.served import served
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

REGISTER = "REGISTER sip:lianxi SIP/2.0\r\nTo: 联系\r\n\r\n"


class Switch:
    """Takes SIP over WebSocket and echoes it."""

    def __init__(self) -> None:
        self.connections: asyncio.Queue[ServerConnection] = asyncio.Queue()
        self.port = 0

    async def take(self, connection: ServerConnection) -> None:
        assert connection.subprotocol == "sip"
        self.connections.put_nowait(connection)
        async for message in connection:
            await connection.send(message)


@asynccontextmanager
async def a_switch(centre: WebCentre) -> AsyncIterator[Switch]:
    switch = Switch()
    async with serve(switch.take, "127.0.0.1", 0, subprotocols=["sip"]) as server:  # type: ignore[list-item]
        switch.port = next(iter(server.sockets)).getsockname()[1]
        provide(centre.app, SwitchAddress, SwitchAddress(f"ws://127.0.0.1:{switch.port}/ws"))
        yield switch


def phone(port: int, browser: Browser, *, subprotocol: str = "sip") -> Any:
    cookie = f"lianxi_session={browser.client.cookies['lianxi_session']}"
    return connect(
        f"ws://localhost:{port}/sip",
        subprotocols=[subprotocol],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie},
        proxy=None,
    )


async def closed(socket: ClientConnection | ServerConnection) -> int | None:
    async with asyncio.timeout(20):
        with pytest.raises(ConnectionClosed) as found:
            await socket.recv()
    return found.value.rcvd.code if found.value.rcvd is not None else None


async def test_sip_passes_unchanged_in_both_directions(centre: WebCentre) -> None:
    async with a_switch(centre), served(centre) as port, centre.browser("8001") as agent:
        async with phone(port, agent) as socket:
            assert socket.subprotocol == "sip"
            await socket.send(REGISTER)
            assert await socket.recv() == REGISTER
            await socket.send(b"\r\n\r\n")
            assert await socket.recv() == b"\r\n\r\n"


async def test_when_one_side_goes_the_other_is_closed(centre: WebCentre) -> None:
    async with a_switch(centre) as switch, served(centre) as port:
        async with centre.browser("8001") as agent:
            async with phone(port, agent) as socket:
                upstream = await switch.connections.get()
                await upstream.close()
                assert await closed(socket) == 1001
            async with phone(port, agent) as socket:
                upstream = await switch.connections.get()
                await socket.close()
                async with asyncio.timeout(20):
                    await upstream.wait_closed()
            phones: OpenPhones = centre.app.state.provided[OpenPhones]
            async with phone(port, agent):
                assert list(phones.of.values()) == [1]


async def test_only_agents_with_the_right_protocol_get_through(centre: WebCentre) -> None:
    async with a_switch(centre) as switch, served(centre) as port:
        async with centre.browser("qa") as inspector, centre.browser("8001") as agent:
            for attempt in (phone(port, inspector), phone(port, agent, subprotocol="xmpp")):
                with pytest.raises(InvalidStatus):
                    async with attempt:
                        pass
        assert switch.connections.empty()


async def test_a_session_has_a_few_connections_at_most(centre: WebCentre) -> None:
    async with a_switch(centre), served(centre) as port, centre.browser("8001") as agent:
        open_ = [await phone(port, agent) for _ in range(MOST_PER_SESSION)]
        with pytest.raises(InvalidStatus):
            await phone(port, agent)
        for socket in open_:
            await socket.close()


async def test_a_switch_that_is_away_refuses_the_connection(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("8001") as agent:
        with pytest.raises(InvalidStatus):
            await phone(port, agent)
