"""The client of Asterisk's REST interface (ARI).

A `Session` is one connection; `Ari` keeps making new ones. A session counts as ready only after its
greeting: what was heard before is kept and handed over then, so that whoever listens learns of a
restarted switch before its first event.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from websockets.exceptions import WebSocketException

from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.session import Answer, AriAway, Body, Session
from lianxi.channels.asterisk.websocket import open_websocket
from lianxi.channels.asterisk.wire import Said
from lianxi.kernel.errors import ChannelFault

log = structlog.get_logger(__name__)

FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 2.0
LOOK_EVERY_S = 1.0
"""At our application: without it calls come to nobody, and the socket does not tell."""
MOST_UNANSWERED = 2
"""Looks in a row. A socket whose application was taken by another may go on answering pings, and
never again a request."""
BEAT_S = 5.0
"""A socket that does not answer a ping for this long is given up."""


class Ari:
    """Stays connected. Requests made while it is not wait for the next session, for a while."""

    def __init__(
        self,
        address: Address,
        *,
        answer_within_s: float = 5.0,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self.address = address
        self._look_every_s = look_every_s
        self._answer_within_s = answer_within_s
        self._session: Session | None = None
        self._hands: list[Session] = []
        self._ready = asyncio.Event()

    @property
    def is_ready(self) -> bool:
        """Connected and greeted."""
        return self._ready.is_set()

    async def run(
        self, greet: Callable[[Session], Awaitable[None]], hear: Callable[[Said], None]
    ) -> None:
        """Connect again and again until cancelled.

        Args:
            greet: called with each new session before anyone else may use it.
            hear: gets every event, those of the greeting's time included, after the greeting.
        """
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                async with AsyncExitStack() as stack:
                    urls = [self.address.url, *self.address.hand_urls]
                    main, *hands = [
                        await stack.enter_async_context(self._open(url)) for url in urls
                    ]
                    await self._serve(main, hands, greet, hear)
            except* (OSError, WebSocketException, ChannelFault) as away:
                if self._ready.is_set():
                    pause_s = FIRST_PAUSE_S
                causes = [str(cause) for cause in away.exceptions]
                log.warning("ari_away", port=self.address.port, causes=causes, pause_s=pause_s)
            finally:
                self._ready.clear()
                self._session, self._hands = None, []
            # back-off: the switch gives no sign of its return, it has to be tried
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    @asynccontextmanager
    async def _open(self, url: str) -> AsyncIterator[Session]:
        socket = await open_websocket(
            url, self.address.headers, within_s=self._answer_within_s, beat_s=BEAT_S
        )
        try:
            yield Session(socket, self._answer_within_s)
        finally:
            socket.close()

    async def _serve(
        self,
        session: Session,
        hands: list[Session],
        greet: Callable[[Session], Awaitable[None]],
        hear: Callable[[Said], None],
    ) -> None:
        early: list[Said] = []

        def listen(said: Said) -> None:
            if self._ready.is_set():
                hear(said)
            else:
                early.append(said)

        async with asyncio.TaskGroup() as group:
            group.create_task(session.read(listen))
            for hand in hands:
                group.create_task(hand.read(lambda _: None))
            await greet(session)
            for said in early:
                hear(said)
            self._session, self._hands = session, hands
            self._ready.set()
            log.info("ari_ready", port=self.address.port)
            await self._watch(session)

    async def _watch(self, session: Session) -> None:
        """Ask whether Asterisk still has our application.

        It forgets the application together with the socket before this one, however late it
        notices that socket's end, and with any other socket of the same name.

        Raises:
            AriRefused: it has not. The next session registers it anew.
            AriAway: it left several looks in a row unanswered, although its socket is alive.
        """
        unanswered = 0
        while unanswered < MOST_UNANSWERED:
            await asyncio.sleep(self._look_every_s)  # poll: nobody tells of it
            try:
                await session.call("GET", f"applications/{self.address.app}")
                unanswered = 0
            except AriAway:  # busy, perhaps
                unanswered += 1
        raise AriAway("requests are not answered")

    async def session(self) -> Session:
        """The session in use, waited for when there is none.

        Raises:
            AriAway: none came in time.
        """
        try:
            if self._session is None:
                async with asyncio.timeout(self._answer_within_s):
                    while self._session is None:
                        await self._ready.wait()
        except TimeoutError as error:
            raise AriAway("not connected") from error
        return self._session

    async def call(self, method: str, path: str, *, body: Body | None = None) -> str:
        """As `Session.call`, on the socket with the fewest requests under way."""
        session = await self.session()
        if session.waiting:
            session = min((session, *self._hands), key=_waiting)
        return await session.call(method, path, body=body)

    async def get(self, path: str, kind: type[Answer]) -> Answer:
        """As `Session.get`, on the session in use."""
        return await (await self.session()).get(path, kind)


def _waiting(session: Session) -> int:
    return session.waiting
