"""One UDP port with the transactions that run over it."""

import asyncio
import secrets
from collections.abc import Callable
from typing import cast

from lianxi.channels.fake.sip.address import Address, branch_of
from lianxi.channels.fake.sip.message import MalformedMessage, Request, Response, parse
from lianxi.channels.fake.sip.transaction import ClientTransaction, ServerTransaction, Timers

_COOKIE = "z9hG4bK"


class Wire(asyncio.DatagramProtocol):
    """Sends requests, matches answers, and hands over requests of others. Made with `open_wire`."""

    def __init__(self, timers: Timers) -> None:
        self.timers = timers
        self.ignored_datagrams = 0
        """Datagrams that were no SIP message or answered nothing of ours."""

        self.on_request: Callable[[ServerTransaction], None] | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self._ours: dict[tuple[str, str], ClientTransaction] = {}
        self._theirs: dict[tuple[str, str], ServerTransaction] = {}
        self._unacknowledged: dict[tuple[str, str], ServerTransaction] = {}
        self._swept_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop when the socket is bound."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    @property
    def address(self) -> Address:
        """Where we listen."""
        assert self._transport is not None
        host, port = self._transport.get_extra_info("sockname")[:2]
        return (host, port)

    def request(
        self,
        request: Request,
        destination: Address,
        on_provisional: Callable[[Response], None] | None = None,
    ) -> ClientTransaction:
        """Send a request under a new branch; its `final` brings the answer."""
        branch = _COOKIE + secrets.token_hex(8)
        request.headers.fields.insert(0, ("Via", self._via(branch)))
        transaction = ClientTransaction(
            self._send, request, destination, self.timers, on_provisional
        )
        self._sweep()
        self._ours[branch, request.method] = transaction
        transaction.start()
        return transaction

    def cancel(self, transaction: ClientTransaction) -> ClientTransaction:
        """Send the CANCEL of an INVITE: same branch, same number (RFC 3261 section 9.1)."""
        invite = transaction.request
        headers = invite.headers.without(
            "Contact", "Content-Type", "Allow", "Supported", "Authorization", "Proxy-Authorization"
        )
        headers.replace("CSeq", invite.headers.get("CSeq").split()[0] + " CANCEL")
        request = Request(method="CANCEL", uri=invite.uri, headers=headers)
        cancel = ClientTransaction(self._send, request, transaction.destination, self.timers, None)
        self._ours[branch_of(headers.get("Via")), "CANCEL"] = cancel
        cancel.start()
        return cancel

    def acknowledge(self, request: Request, destination: Address) -> Callable[[], None]:
        """Send the ACK of a 2xx; the returned function sends it again."""
        request.headers.fields.insert(0, ("Via", self._via(_COOKIE + secrets.token_hex(8))))
        datagram = request.render()
        self._send(datagram, destination)
        return lambda: self._send(datagram, destination)

    def invite_of(self, cancel: Request) -> ServerTransaction | None:
        """The INVITE that a CANCEL of the other side means."""
        return self._theirs.get((branch_of(cancel.headers.get("Via")), "INVITE"))

    def close(self) -> None:
        """Forget everything and give the port back."""
        for ours in self._ours.values():
            ours.abandon()
        for theirs in self._theirs.values():
            theirs.stop()
        if self._transport is not None:
            self._transport.close()

    def datagram_received(self, datagram: bytes, peer: tuple[str | int, ...]) -> None:
        """Called by the event loop with every packet."""
        try:
            message = parse(datagram)
        except MalformedMessage:
            self.ignored_datagrams += 1
            return
        source = (str(peer[0]), int(peer[1]))
        if isinstance(message, Response):
            self._take_response(message)
        elif message.method == "ACK":
            self._take_acknowledgement(message)
        else:
            self._take_request(message, source)

    def _take_response(self, response: Response) -> None:
        branch = branch_of(response.headers.get("Via"))
        method = response.headers.get("CSeq").split()[-1:]
        transaction = self._ours.get((branch, method[0] if method else ""))
        if transaction is None:
            self.ignored_datagrams += 1
            return
        transaction.receive(response)

    def _take_acknowledgement(self, ack: Request) -> None:
        transaction = self._unacknowledged.pop(_call_and_number(ack), None)
        if transaction is not None:
            transaction.acknowledge()

    def _take_request(self, request: Request, source: Address) -> None:
        key = (branch_of(request.headers.get("Via")), request.method)
        known = self._theirs.get(key)
        if known is not None:
            known.repeat()
            return
        transaction = ServerTransaction(self._send, request, source, self.timers)
        self._sweep()
        self._theirs[key] = transaction
        if request.method == "INVITE":
            self._unacknowledged[_call_and_number(request)] = transaction
        if self.on_request is None:
            transaction.refuse(501)
        else:
            self.on_request(transaction)

    def _sweep(self) -> None:
        """Forget transactions that ended so long ago that no copy can come any more."""
        now = asyncio.get_running_loop().time()
        if now - self._swept_at < self.timers.give_up:
            return
        self._swept_at = now
        oldest = now - self.timers.give_up
        self._ours = {key: one for key, one in self._ours.items() if _is_kept(one, oldest)}
        self._theirs = {key: one for key, one in self._theirs.items() if _is_kept(one, oldest)}
        self._unacknowledged = {
            key: one for key, one in self._unacknowledged.items() if _is_kept(one, oldest)
        }

    def _via(self, branch: str) -> str:
        host, port = self.address
        return f"SIP/2.0/UDP {host}:{port};rport;branch={branch}"

    def _send(self, datagram: bytes, destination: Address) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(datagram, destination)


def _call_and_number(request: Request) -> tuple[str, str]:
    return request.headers.get("Call-ID"), request.headers.get("CSeq").split()[0]


def _is_kept(transaction: ClientTransaction | ServerTransaction, oldest: float) -> bool:
    return transaction.finished_at is None or transaction.finished_at > oldest


async def open_wire(local_host: str, *, local_port: int = 0, timers: Timers | None = None) -> Wire:
    """Bind a UDP port (0 = the system's choice).

    Raises:
        OSError: the port is taken or the address is not of this machine.
    """
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_datagram_endpoint(
        lambda: Wire(timers or Timers()), local_addr=(local_host, local_port)
    )
    return wire
