"""The connection to the switch is given up when it is of no use, whatever its socket says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.ari import MOST_UNANSWERED, Ari
from lianxi.channels.asterisk.session import Session

pytestmark = pytest.mark.unit


class HalfDead:
    """A switch that answers every ping, and of the looks at the application only some."""

    def __init__(self, answers: list[bool]) -> None:
        self._answers = answers
        """To the looks, one after the other; later ones are answered."""
        self.looked: asyncio.Queue[bool] = asyncio.Queue()
        self.sessions = 0

    async def serve(self, other: ServerConnection) -> None:
        async for text in other:
            is_answered = not self._answers or self._answers.pop(0)
            self.looked.put_nowait(is_answered)
            if is_answered:
                number = json.loads(text)["request_id"]
                answer = {"type": "RESTResponse", "request_id": number, "status_code": 200}
                await other.send(json.dumps({**answer, "message_body": "{}"}))

    async def greet(self, _: Session) -> None:
        self.sessions += 1


@asynccontextmanager
async def connected_to(switch: HalfDead) -> AsyncIterator[None]:
    async with serve(switch.serve, "127.0.0.1", 0, ping_interval=None) as server:
        port = server.sockets[0].getsockname()[1]
        address = Address(port=port, password="x", ami_port=port)
        ari = Ari(address, answer_within_s=0.1, look_every_s=0.01)
        running = asyncio.create_task(ari.run(switch.greet, lambda _: None))
        try:
            async with asyncio.timeout(20):
                yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_a_session_whose_requests_nobody_answers_is_replaced_though_its_socket_lives() -> (
    None
):
    switch = HalfDead([False] * MOST_UNANSWERED)
    async with connected_to(switch):
        while not await switch.looked.get():
            pass
    assert switch.sessions == 2


async def test_a_request_that_nobody_answers_now_and_then_replaces_nothing() -> None:
    switch = HalfDead([False, True] * 3)
    async with connected_to(switch):
        looks = [await switch.looked.get() for _ in range(8)]
    assert looks == [False, True] * 3 + [True, True]
    assert switch.sessions == 1
