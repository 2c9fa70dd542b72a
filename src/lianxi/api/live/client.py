"""One browser's end: its feeds, and a queue of its own so that a slow one holds up nobody.

When the queue is full the changes in it are dropped and each topic starts over with a snapshot: a
browser that woke up needs the present, not the last minute.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

from lianxi.api.live.feed import Feed
from lianxi.api.live.topics import WALL, FeedKey, key_of, may_have
from lianxi.http.caller import Caller
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import UserId
from lianxi.projections.live.sight import Sight

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

    @property
    def is_person(self) -> bool:
        """Whether a web session stands behind it, which may end."""
        return True

    def key_of(self, topic: str) -> FeedKey | None:
        """The feed of a topic that it gets; None where it may have none."""
        return key_of(self.caller, topic) if may_have(self.caller, topic) else None

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


class WallClient(Client):
    """A page that shows one wallboard: it gets this board's rows and nothing else.

    Args:
        board: which one.
        screen: the screen whose link it came by; None = a signed-in person looks.
        caller: that person, or whom `nobody` makes for a screen.
        token: of the person's session; empty for a screen.
        send: sends one text; may be slow.
    """

    def __init__(
        self,
        board: str,
        screen: str | None,
        caller: Caller,
        token: str,
        send: Callable[[str], Awaitable[None]],
    ) -> None:
        super().__init__(caller, token, send)
        self.board = board
        self.screen = screen

    @property
    def is_person(self) -> bool:
        """A screen has no session that could end; its link is looked at instead."""
        return self.screen is None

    def key_of(self, topic: str) -> FeedKey | None:
        """The feed of the board."""
        return FeedKey(topic, Sight(), self.board) if topic == WALL else None


def nobody(screen: str) -> Caller:
    """Who a screen is: nobody, with no rights at all."""
    return Caller(
        user=UserId(""),
        username="",
        name="",
        role="",
        permissions=frozenset(),
        scope=Scope.SELF,
        team=None,
        agent=None,
        session=f"wall:{screen}",
        csrf="",
    )
