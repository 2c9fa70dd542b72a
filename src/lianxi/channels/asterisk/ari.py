"""The client of Asterisk's REST interface (ARI).

One WebSocket carries both ways: events come in, requests go out and are answered on the same
socket (0.4 ms where plain HTTP takes up to 2.5 ms). `Session` is one connection; `Ari` keeps making
new ones. A session counts as ready only after its greeting: what was heard before is kept and
handed over then, so that whoever listens learns of a restarted switch before its first event.
"""

import asyncio
import base64
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec
import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from lianxi.channels.asterisk.wire import Request, Said, read_said, write
from lianxi.kernel.errors import ChannelFault

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")
Body = Mapping[str, object]

FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 2.0
HANDS = 3
"""Asterisk does the requests of one socket one after the other, and an answer or a join takes it
milliseconds: with so many more sockets contacts do not wait for each other."""

BEAT_S = 5.0
"""A socket that does not answer a ping for this long is given up."""


class AriRefused(ChannelFault):
    """Asterisk answered and said no."""

    def __init__(self, what: str, status: int) -> None:
        self.status = status
        super().__init__(f"{what} {status}", temporary=False)


class AriAway(ChannelFault):
    """There is no connection, or no answer in time. Whether the request was obeyed is unknown."""

    def __init__(self, what: str) -> None:
        super().__init__(what, temporary=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the interface is and as whom we come."""

    host: str = "127.0.0.1"
    port: int = 8088
    user: str = "lianxi"
    password: str
    app: str = "lianxi"
    ami_port: int = 0
    """Of the manager interface (`ami.py`); 0 = the same number."""

    @property
    def devices_app(self) -> str:
        """A second application, for devices alone. An application that subscribes to endpoints is
        told everything about their channels twice, pressed keys included."""
        return f"{self.app}_devices"

    @property
    def url(self) -> str:
        """The WebSocket's address."""
        return self._url(f"{self.app},{self.devices_app}")

    @property
    def hand_urls(self) -> list[str]:
        """Further sockets, on which nothing is heard: requests alone."""
        return [self._url(f"{self.app}_hand{number}") for number in range(HANDS)]

    def _url(self, apps: str) -> str:
        return f"ws://{self.host}:{self.port}/ari/events?app={apps}&subscribeAll=false"

    @property
    def headers(self) -> dict[str, str]:
        """Who we are; kept out of the address, which may be logged."""
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {token}"}


class Asking(Protocol):
    """Where requests go: one connection, or whichever there is."""

    async def call(self, method: str, path: str, *, body: Body | None = None) -> str:
        """Ask and return the answer's body.

        Raises:
            AriRefused: Asterisk said no.
            AriAway: there is no connection, or no answer in time.
        """
        ...

    async def get(self, path: str, kind: type[Answer]) -> Answer:
        """Ask for a value of a known shape. Raises like `call`."""
        ...


class Session:
    """One connection: requests by number, answers by the same number."""

    def __init__(self, socket: ClientConnection, answer_within_s: float) -> None:
        self._socket = socket
        self._answer_within_s = answer_within_s
        self._numbers = itertools.count(1)
        self._asked: dict[str, asyncio.Future[Said]] = {}

    @property
    def waiting(self) -> int:
        """How many requests are under way."""
        return len(self._asked)

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: Body | None = None,
    ) -> str:
        """Ask and wait for the answer's body.

        Raises:
            AriRefused: Asterisk said no.
            AriAway: the connection ended, or there was no answer in time.
        """
        number = str(next(self._numbers))
        request = Request(
            request_id=number,
            method=method,
            uri=path,
            content_type="application/json" if body is not None else "",
            message_body=write(body).decode() if body is not None else "",
        )
        answered = asyncio.get_running_loop().create_future()
        self._asked[number] = answered
        try:
            async with asyncio.timeout(self._answer_within_s):
                await self._socket.send(write(request).decode())
                answer: Said = await answered
        except (TimeoutError, ConnectionClosed) as error:
            raise AriAway(f"{method} {path}") from error
        finally:
            self._asked.pop(number, None)
        if answer.status_code >= 400:
            raise AriRefused(f"{method} {path}: {answer.message_body}", answer.status_code)
        return answer.message_body

    async def get(self, path: str, kind: type[Answer]) -> Answer:
        """Ask for a value of a known shape. Raises like `call`."""
        return msgspec.json.decode(await self.call("GET", path), type=kind)

    async def read(self, hear: Callable[[Said], None]) -> None:
        """Hand on events until the connection ends, which is an `AriAway`."""
        try:
            async for text in self._socket:
                said = read_said(text)
                if said.type != "RESTResponse":
                    hear(said)
                elif (asked := self._asked.get(said.request_id)) and not asked.done():
                    asked.set_result(said)
        except ConnectionClosed:
            pass  # said below: however it ended, it ended
        finally:
            for asked in self._asked.values():
                asked.cancel() if asked.done() else asked.set_exception(AriAway("closed"))
        raise AriAway("closed")


class Ari:
    """Stays connected. Requests made while it is not wait for the next session, for a while."""

    def __init__(self, address: Address, *, answer_within_s: float = 5.0) -> None:
        self.address = address
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
        async with connect(
            url,
            additional_headers=self.address.headers,
            open_timeout=self._answer_within_s,
            ping_interval=BEAT_S,
            ping_timeout=BEAT_S,
            close_timeout=1,
            max_size=None,
            compression=None,
            proxy=None,
        ) as socket:
            yield Session(socket, self._answer_within_s)

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

    async def session(self) -> Session:
        """The session in use, waited for when there is none.

        Raises:
            AriAway: none came in time.
        """
        try:
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
