"""One WebSocket to the switch, without a task of its own: what comes is handed on in the moment in
which it comes.

The protocol is the one of the `websockets` package; only its asyncio layer is left out. That layer
puts a queue, a lock and a task's turn between a message and whoever waits for it, which is a third
of what a request costs the Driver.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import cast

from websockets.client import ClientProtocol
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

Hear = Callable[[bytes], None]


class WebSocket(asyncio.Protocol):
    """A connection. Made by `open_websocket`.

    Args:
        url: where it is.
        headers: sent along when it is opened.
        beat_s: a side that says nothing for this long is asked, and given up after as long again.
    """

    def __init__(self, url: str, headers: Mapping[str, str], beat_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._rules = ClientProtocol(parse_uri(url), max_size=None)
        self._headers = headers
        self._beat_s = beat_s
        self._beat: asyncio.TimerHandle | None = None
        self._is_asked = False
        self._came = 0
        self._came_before = 0
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []
        self._early: list[bytes] = []
        self._hear: Hear = self._early.append
        self.opened: asyncio.Future[None] = self._loop.create_future()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        """Done when the connection is over; holds the exception of a hearer who raised one."""

    def listen(self, hear: Hear) -> None:
        """From now on each message goes to `hear`, those that came before at once."""
        early, self._early, self._hear = self._early, [], hear
        for message in early:
            hear(message)

    def send(self, text: bytes) -> None:
        """Send one message of UTF-8 text.

        Raises:
            ConnectionError: the connection is over.
        """
        if self._transport is None or self._rules.state is not State.OPEN:
            raise ConnectionError("closed")
        self._rules.send_text(text)
        self._flush(self._transport)

    def close(self) -> None:
        """Say goodbye and go, whatever the other side answers."""
        if self._transport is None:
            return
        with suppress(WebSocketException):
            self._rules.send_close()
            self._flush(self._transport)
        self._transport.close()

    # --- what the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is there: ask to open a WebSocket on it."""
        self._transport = cast(asyncio.Transport, transport)
        request = self._rules.connect()
        request.headers.update(self._headers)
        self._rules.send_request(request)
        self._flush(self._transport)

    def data_received(self, heard: bytes) -> None:
        """Bytes came."""
        self._came += 1
        self._rules.receive_data(heard)
        try:
            for event in self._rules.events_received():
                self._take(event)
        except Exception as error:
            self._end(error)
        if self._transport is not None:
            self._flush(self._transport)

    def eof_received(self) -> bool:
        """The other side says no more; the line is closed then."""
        self._rules.receive_eof()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone."""
        self._transport = None
        if not self.opened.done():
            self.opened.set_exception(exc or ConnectionError("closed before it was open"))
        self._end(None)

    # --- inside

    def _take(self, event: object) -> None:
        if isinstance(event, Response):
            if (fault := self._rules.handshake_exc) is not None:
                self.opened.set_exception(fault)
            elif not self.opened.done():
                self.opened.set_result(None)
                self._beat = self._loop.call_later(self._beat_s, self._look)
        elif isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.CONT):
            if event.fin and not self._parts:
                self._hear(bytes(event.data))
                return
            self._parts.append(bytes(event.data))
            if event.fin:
                message, self._parts = b"".join(self._parts), []
                self._hear(message)

    def _look(self) -> None:
        """Somebody who is silent is asked; who does not answer is gone."""
        if self._transport is None:
            return
        is_silent = self._came == self._came_before
        if is_silent and self._is_asked:
            self._transport.abort()
            return
        self._came_before, self._is_asked = self._came, is_silent
        if is_silent and self._rules.state is State.OPEN:
            self._rules.send_ping(b"")
            self._flush(self._transport)
        self._beat = self._loop.call_later(self._beat_s, self._look)

    def _flush(self, transport: asyncio.Transport) -> None:
        for piece in self._rules.data_to_send():
            if piece:
                transport.write(piece)
            elif transport.can_write_eof():
                transport.write_eof()

    def _end(self, error: Exception | None) -> None:
        if self._beat is not None:
            self._beat.cancel()
        if self.ended.done():
            return
        if error is None:
            self.ended.set_result(None)
            return
        self.ended.set_exception(error)
        if self._transport is not None:
            self._transport.abort()


async def open_websocket(
    url: str, headers: Mapping[str, str], *, within_s: float, beat_s: float
) -> WebSocket:
    """Open one.

    Raises:
        OSError, TimeoutError: nobody answers there.
        WebSocketException: it is refused.
    """
    where = parse_uri(url)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(within_s):
        transport, socket = await loop.create_connection(
            lambda: WebSocket(url, headers, beat_s), where.host, where.port
        )
        try:
            await socket.opened
        except BaseException:
            transport.abort()
            raise
    return socket
