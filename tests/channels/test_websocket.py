"""The line to the switch: messages in the moment in which they come, and every way it can end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import InvalidStatus
from websockets.http11 import Request, Response

from lianxi.channels.asterisk.session import AriAway, AriRefused, Session
from lianxi.channels.asterisk.websocket import WebSocket, open_websocket
from lianxi.channels.asterisk.wire import Said

pytestmark = pytest.mark.unit

Serving = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def a_line(serving: Serving, *, beat_s: float = 60.0) -> AsyncIterator[WebSocket]:
    """A connection to somebody who does `serving`."""
    async with serve(serving, "127.0.0.1", 0, ping_interval=None) as server:
        port = server.sockets[0].getsockname()[1]
        socket = await open_websocket(
            f"ws://127.0.0.1:{port}/ari", {"Authorization": "Basic x"}, within_s=5, beat_s=beat_s
        )
        try:
            yield socket
        finally:
            socket.close()


async def until_closed(other: ServerConnection) -> None:
    await other.wait_closed()


async def test_messages_come_whole_and_in_order_also_those_before_anybody_listened() -> None:
    sent = asyncio.Event()

    async def says(other: ServerConnection) -> None:
        await other.send('{"first": 1}')
        await other.send(["in ", "three ", "parts"])
        sent.set()
        async for text in other:
            await other.send(f"you said {text!s}")

    async with a_line(says) as line:
        await sent.wait()
        heard: asyncio.Queue[bytes] = asyncio.Queue()
        line.listen(heard.put_nowait)
        line.send("联系".encode())
        got = [await heard.get() for _ in range(3)]
    assert got == [b'{"first": 1}', b"in three parts", "you said 联系".encode()]


async def test_who_is_not_let_in_is_told_so() -> None:
    def turns_away(other: ServerConnection, request: Request) -> Response:
        assert request.headers["Authorization"] == "Basic x"
        return other.respond(401, "no")

    async with serve(until_closed, "127.0.0.1", 0, process_request=turns_away) as server:
        port = server.sockets[0].getsockname()[1]
        headers = {"Authorization": "Basic x"}
        with pytest.raises(InvalidStatus):
            await open_websocket(f"ws://127.0.0.1:{port}/", headers, within_s=5, beat_s=60)


async def test_an_end_is_an_end_whoever_makes_it() -> None:
    async def goes(other: ServerConnection) -> None:
        await other.close()

    async with a_line(goes) as line:
        line.listen(lambda _: None)
        await line.ended
        with pytest.raises(ConnectionError):
            line.send(b"too late")


async def test_a_hearer_who_fails_ends_the_line_with_the_fault() -> None:
    async def says(other: ServerConnection) -> None:
        await other.send("{}")
        await other.wait_closed()

    def fails(_: bytes) -> None:
        raise ValueError("not understood")

    async with a_line(says) as line:
        try:
            line.listen(fails)
        except ValueError:
            return  # the message was there already
        with pytest.raises(ValueError, match="not understood"):
            await line.ended


async def test_a_side_that_answers_no_question_is_given_up() -> None:
    is_over = asyncio.Event()

    async def is_stuck(other: ServerConnection) -> None:
        other.transport.pause_reading()
        await is_over.wait()
        other.transport.abort()

    async with a_line(is_stuck, beat_s=0.05) as line:
        line.listen(lambda _: None)
        async with asyncio.timeout(20):
            await line.ended
        is_over.set()


async def test_requests_are_answered_by_their_number_refused_or_given_up() -> None:
    async def answers(other: ServerConnection) -> None:
        await other.recv()
        await other.recv()
        await other.send('{"type": "RESTResponse", "request_id": "2", "status_code": 404}')
        await other.send(
            '{"type": "RESTResponse", "request_id": "1", "status_code": 200, "message_body": "[]"}'
        )
        await other.send('{"type": "StasisEnd"}')
        await other.recv()
        await other.wait_closed()

    told: list[Said] = []
    async with a_line(answers) as line:
        session = Session(line, answer_within_s=0.2)
        reading = asyncio.create_task(session.read(told.append))
        first, second = await asyncio.gather(
            session.call("GET", "channels"),
            session.call("DELETE", "channels/x"),
            return_exceptions=True,
        )
        assert first == "[]"
        assert isinstance(second, AriRefused)
        assert second.status == 404
        # One that is not answered in time
        with pytest.raises(AriAway):
            await session.call("GET", "silence")
        assert session.waiting == 0
        # And one that is under way when the line ends
        asking = asyncio.create_task(session.call("GET", "more"))
        line.close()
        with pytest.raises(AriAway):
            await asking
        with pytest.raises(AriAway):
            await reading
    assert [said.type for said in told] == ["StasisEnd"]
