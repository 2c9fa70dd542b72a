"""One connection to Asterisk's REST interface (ARI), and how asking can fail.

Requests go out over the WebSocket on which events come in, and are answered there: 0.4 ms where
plain HTTP takes up to 2.5 ms.
"""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from lianxi.channels.asterisk.websocket import WebSocket
from lianxi.channels.asterisk.wire import Request, Said, read_said, write
from lianxi.kernel.errors import ChannelFault

Answer = TypeVar("Answer")
Body = Mapping[str, object]


class AriRefused(ChannelFault):
    """Asterisk answered and said no."""

    def __init__(self, what: str, status: int) -> None:
        self.status = status
        super().__init__(f"{what} {status}", temporary=False)


class AriAway(ChannelFault):
    """There is no connection, or no answer in time. Whether the request was obeyed is unknown."""

    def __init__(self, what: str) -> None:
        super().__init__(what, temporary=True)


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


@dataclass(slots=True)
class Asked:
    """A request under way."""

    what: str
    due: float
    """Loop time by which it has to be answered."""
    answer: asyncio.Future[Said]


class Session:
    """One connection: requests by number, answers by the same number."""

    def __init__(self, socket: WebSocket, answer_within_s: float) -> None:
        self._socket = socket
        self._answer_within_s = answer_within_s
        self._loop = asyncio.get_running_loop()
        self._numbers = itertools.count(1)
        self._asked: dict[str, Asked] = {}
        self._look: asyncio.TimerHandle | None = None

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
        number, what = str(next(self._numbers)), f"{method} {path}"
        request = Request(
            request_id=number,
            method=method,
            uri=path,
            content_type="application/json" if body is not None else "",
            message_body=write(body).decode() if body is not None else "",
        )
        due = self._loop.time() + self._answer_within_s
        asked = self._asked[number] = Asked(what, due, self._loop.create_future())
        try:
            self._socket.send(write(request))
            self._watch()
            answer = await asked.answer
        except ConnectionError as error:
            raise AriAway(what) from error
        finally:
            self._asked.pop(number, None)
        if answer.status_code >= 400:
            raise AriRefused(f"{what}: {answer.message_body}", answer.status_code)
        return answer.message_body

    async def get(self, path: str, kind: type[Answer]) -> Answer:
        """Ask for a value of a known shape. Raises like `call`."""
        return msgspec.json.decode(await self.call("GET", path), type=kind)

    async def read(self, hear: Callable[[Said], None]) -> None:
        """Hand on events until the connection ends, which is an `AriAway`."""

        def take(text: bytes) -> None:
            said = read_said(text)
            if said.type != "RESTResponse":
                hear(said)
            elif (asked := self._asked.get(said.request_id)) and not asked.answer.done():
                asked.answer.set_result(said)

        try:
            self._socket.listen(take)
            await self._socket.ended
        finally:
            for asked in self._asked.values():
                self._give_up(asked)
        raise AriAway("closed")

    def _watch(self) -> None:
        """One timer for all requests: they are due in the order in which they were made."""
        if self._look is None and self._asked:
            oldest = next(iter(self._asked.values()))
            self._look = self._loop.call_at(oldest.due, self._give_up_overdue)

    def _give_up_overdue(self) -> None:
        self._look, now = None, self._loop.time()
        for asked in self._asked.values():
            if asked.due > now:
                break
            self._give_up(asked)
        if any(not asked.answer.done() for asked in self._asked.values()):
            self._watch()

    @staticmethod
    def _give_up(asked: Asked) -> None:
        if not asked.answer.done():
            asked.answer.set_exception(AriAway(asked.what))
