"""SIP transactions over UDP: a request is repeated until it is answered (RFC 3261 section 17).

A client transaction repeats its request with doubling pauses (T1, 2 T1, ...). A server
transaction remembers its response and repeats it to every copy of the request; a final
response to INVITE is repeated by itself until the ACK comes.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.message import Headers, Request, Response, response_to


@dataclass(frozen=True, slots=True)
class Timers:
    """The timers of RFC 3261 table 4, in seconds."""

    t1: float = 0.5
    """First pause before a repeat: an estimate of the round trip."""

    t2: float = 4.0
    """Longest pause between repeats, except of INVITE."""

    @property
    def short_wait(self) -> float:
        """How long someone waits who can do without the answer: four sendings."""
        return 8 * self.t1

    @property
    def give_up(self) -> float:
        """When a transaction without an answer has failed."""
        return 64 * self.t1


Send = Callable[[bytes, Address], None]


class _Repeater:
    """Sends the same datagram again with doubling pauses until stopped."""

    def __init__(self, send: Callable[[], None], first_s: float, longest_s: float) -> None:
        self._send = send
        self._pause_s = first_s
        self._longest_s = longest_s
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self._send()
        self._arm()

    def _arm(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._pause_s, self._again)

    def _again(self) -> None:
        self._pause_s = min(2 * self._pause_s, self._longest_s)
        self._send()
        self._arm()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


class ClientTransaction:
    """One request of ours and its answers."""

    def __init__(
        self,
        send: Send,
        request: Request,
        destination: Address,
        timers: Timers,
        on_provisional: Callable[[Response], None] | None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self.request = request
        self.destination = destination
        self.on_repeated_success: Callable[[], None] | None = None
        """Told when a 2xx to INVITE comes again: our ACK was lost."""

        self.final: asyncio.Future[Response | None] = loop.create_future()
        """The final answer; None when none came within the time a transaction has."""

        self.finished_at: float | None = None
        """When the final answer came, in the event loop's seconds."""

        self._send = send
        self._on_provisional = on_provisional
        self._is_invite = request.method == "INVITE"
        longest = timers.give_up if self._is_invite else timers.t2
        datagram = request.render()
        self._repeater = _Repeater(lambda: send(datagram, destination), timers.t1, longest)
        self._limit = loop.call_later(timers.give_up, self._give_up)

    def start(self) -> None:
        """Send the request."""
        self._repeater.start()

    async def answer(self, *, within_s: float) -> Response | None:
        """Wait for the final answer; None when it did not come in time (seconds)."""
        try:
            async with asyncio.timeout(within_s):
                return await asyncio.shield(self.final)
        except TimeoutError:
            self.abandon()
            return None

    def receive(self, response: Response) -> None:
        """Take in a response that belongs to this transaction."""
        if response.status < 200:
            if self._is_invite:
                self._repeater.stop()
                self._limit.cancel()
            if self._on_provisional is not None and not self.final.done():
                self._on_provisional(response)
            return
        self.stop()
        self.finished_at = asyncio.get_running_loop().time()
        if self._is_invite and response.status >= 300:
            self._send(self._acknowledgement(response).render(), self.destination)
        if not self.final.done():
            self.final.set_result(response)
        elif self._is_invite and response.status < 300 and self.on_repeated_success is not None:
            self.on_repeated_success()

    def _acknowledgement(self, response: Response) -> Request:
        """The ACK of a refusal belongs to the transaction (RFC 3261 section 17.1.1.3)."""
        ours = self.request.headers
        number = ours.get("CSeq").split()[0]
        headers = Headers([("Via", ours.get("Via")), ("From", ours.get("From"))])
        headers.add("To", response.headers.get("To"))
        headers.add("Call-ID", ours.get("Call-ID"))
        headers.add("CSeq", f"{number} ACK")
        headers.add("Max-Forwards", "70")
        for route in ours.every("Route"):
            headers.add("Route", route)
        return Request(method="ACK", uri=self.request.uri, headers=headers)

    def _give_up(self) -> None:
        self.finished_at = asyncio.get_running_loop().time()
        self.abandon()

    def abandon(self) -> None:
        """Stop, and say that no answer came unless one did."""
        self.stop()
        if not self.final.done():
            self.final.set_result(None)

    def stop(self) -> None:
        """Stop repeating; the transaction still takes in repeated answers."""
        self._repeater.stop()
        self._limit.cancel()


class ServerTransaction:
    """One request of the other side and our answers to it."""

    def __init__(self, send: Send, request: Request, source: Address, timers: Timers) -> None:
        self.request = request
        self.source = source
        self.response: Response | None = None
        self.is_cancelled = False
        """Whether the other side took this INVITE back."""

        self.finished_at: float | None = None
        """When the final answer was sent, in the event loop's seconds."""

        self.on_unacknowledged: Callable[[], None] | None = None
        """Told when the final answer to an INVITE was never acknowledged."""

        self._send = send
        self._timers = timers
        self._repeater: _Repeater | None = None
        self._limit: asyncio.TimerHandle | None = None

    def respond(self, response: Response) -> None:
        """Send an answer; a final one to INVITE is repeated until `acknowledge`."""
        self.response = response
        loop = asyncio.get_running_loop()
        if response.status >= 200:
            self.finished_at = loop.time()
        datagram = response.render()
        if self.request.method != "INVITE" or response.status < 200:
            self._send(datagram, self.source)
            return
        self._repeater = _Repeater(
            lambda: self._send(datagram, self.source), self._timers.t1, self._timers.t2
        )
        self._repeater.start()
        self._limit = loop.call_later(self._timers.give_up, self._give_up)

    def refuse(self, status: int, *, tag: str = "") -> None:
        """Answer with a bare status."""
        self.respond(response_to(self.request, status, tag=tag))

    def repeat(self) -> None:
        """The request came again: so does the answer, once there is one."""
        if self.response is not None:
            self._send(self.response.render(), self.source)

    def acknowledge(self) -> None:
        """The ACK came."""
        self.stop()

    def _give_up(self) -> None:
        self.stop()
        if self.on_unacknowledged is not None:
            self.on_unacknowledged()

    def stop(self) -> None:
        """Stop repeating."""
        if self._repeater is not None:
            self._repeater.stop()
        if self._limit is not None:
            self._limit.cancel()
