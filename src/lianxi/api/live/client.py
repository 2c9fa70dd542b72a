"""One browser's end: its feeds, and a queue of its own so that a slow one holds up nobody.

When the queue is full the changes in it are dropped and each topic starts over with a snapshot: a
browser that woke up needs the present, not the last minute.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

from lianxi.api.live.feed import Feed
from lianxi.http.caller import Caller

log = structlog.get_logger(__name__)

MOST_WAITING = 400
SEND_WITHIN_S = 20.0
"""A browser that takes nothing for so long is gone, whatever TCP believes."""


class Client:
    """Queue and feeds of one WebSocket.

    Args:
        caller: who it is.
        token: the session's token, looked up again from time to time.
        send: sends one text; may be slow.
    """

    def __init__(self, caller: Caller, token: str, send: Callable[[str], Awaitable[None]]) -> None:
        self.caller = caller
        self.token = token
        self._send = send
        self.feeds: dict[str, Feed] = {}
        self._waiting: deque[str] = deque()
        self._something = asyncio.Event()
        self.closing: int | None = None
        """Close code, once the connection must end."""

    def put(self, feed: Feed, text: str) -> None:
        """Take a change of a feed; never blocks."""
        if len(self._waiting) < MOST_WAITING:
            self.say(text)
            return
        log.info("live.client_behind", user=self.caller.user)
        self._waiting.clear()
        for each in self.feeds.values():
            self.say(each.snapshot())

    def say(self, text: str) -> None:
        """Put a message into the queue."""
        self._waiting.append(text)
        self._something.set()

    def close(self, code: int) -> None:
        """End the connection once the queue was sent."""
        self.closing = code
        self._something.set()

    async def run(self) -> int:
        """Send until `close`; return the close code.

        Raises:
            TimeoutError: the browser takes nothing any more.
        """
        while True:
            while self._waiting:
                async with asyncio.timeout(SEND_WITHIN_S):
                    await self._send(self._waiting.popleft())
            if self.closing is not None:
                return self.closing
            self._something.clear()
            await self._something.wait()
