"""SIP over TCP, and timers of sessions, at the real switch: offered, kept, refreshed."""

import asyncio
import re

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.engine.messages.campaigns import DialProgress
from lianxi.engine.messages.dialing import CallProgress, DialNumber
from lianxi.engine.messages.inputs import ContactArrived, ContactGone
from lianxi.engine.messages.trunks import TrunkTransport
from lianxi.kernel.ids import ContactId, DialId, LegId
from lianxi.kernel.time import Millis
from tests.channels.test_trunks_asterisk import CARRIER, TELCO, Line, a_trunk, line

__all__ = ("line",)

pytestmark = pytest.mark.asterisk

SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\n"
    "m=audio 49170 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
)


class Peer:
    """A carrier's side of one TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.port = writer.get_extra_info("sockname")[1]
        self.to = "<sip:4001@127.0.0.1>"
        self.target = "sip:4001@127.0.0.1;transport=tcp"

    async def heard(self) -> str:
        """The next message, with what is in it."""
        async with asyncio.timeout(10):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            length = re.search(r"Content-Length:\s*(\d+)", head, re.IGNORECASE)
            return head + (await self.reader.readexactly(int(length[1] if length else 0))).decode()

    async def final(self) -> str:
        """The next answer that is the last one."""
        while (said := await self.heard()).startswith("SIP/2.0 1"):
            pass
        return said

    def ask(self, method: str, number: int, *headers: str, body: str = "") -> None:
        """Send a request of the one call."""
        self._send(
            f"{method} {self.target} SIP/2.0",
            f"Via: SIP/2.0/TCP {CARRIER}:{self.port};branch=z9hG4bK{method}{number}{self.port}",
            "Max-Forwards: 70",
            f"From: <sip:13800138000@{CARRIER}>;tag=1",
            f"To: {self.to}",
            f"Call-ID: tcp-{self.port}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:13800138000@{CARRIER}:{self.port};transport=tcp>",
            *headers,
            *(["Content-Type: application/sdp"] if body else []),
            body=body,
        )

    def answer(self, request: str, status: str) -> None:
        """Answer what was asked."""
        kept = re.findall(r"^(?:Via|From|Call-ID|CSeq): .*$", request, re.MULTILINE)
        to = header(request, "To")
        self._send(f"SIP/2.0 {status}", *(each.strip() for each in kept), f"To: {to};tag=2")

    def _send(self, *lines: str, body: str = "") -> None:
        message = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body])
        self.writer.write(message.encode())


def header(message: str, name: str) -> str:
    """What a header says; empty when it is not there."""
    found = re.search(rf"^{name}:\s*(.*?)\s*$", message, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


async def connected(asterisk: AsteriskProcess) -> Peer:
    port = asterisk.instance.sip_port
    return Peer(*await asyncio.open_connection("127.0.0.1", port, local_addr=(CARRIER, 0)))


async def test_a_call_over_tcp_keeps_its_session_timer_and_is_refreshed(line: Line) -> None:
    await line.arrange(a_trunk(transport=TrunkTransport.TCP))
    peer = await connected(line.process)
    timer = ("Supported: timer", "Session-Expires: 90;refresher=uac")
    peer.ask("INVITE", 1, *timer, body=SDP)
    arrived = await line.ear.expect(ContactArrived, trunk=TELCO)
    await line.answer(arrived)
    # Then the session has an end unless it is refreshed, and we are to refresh it
    answered = await peer.final()
    assert answered.startswith("SIP/2.0 200")
    assert header(answered, "Session-Expires") == "90;refresher=uac"
    assert "timer" in header(answered, "Require")
    peer.to = header(answered, "To")
    peer.target = header(answered, "Contact").strip("<>").split(">")[0]
    peer.ask("ACK", 1)
    # When we refresh it, then it goes on
    peer.ask("INVITE", 2, *timer, body=SDP)
    refreshed = await peer.final()
    assert refreshed.startswith("SIP/2.0 200")
    assert header(refreshed, "Session-Expires").startswith("90;")
    peer.ask("ACK", 2)
    assert arrived.leg in (await line.channel.belief()).legs
    peer.ask("BYE", 3)
    await line.ear.expect(ContactGone, contact=arrived.contact)
    peer.writer.close()


async def test_a_session_that_is_too_short_is_refused_with_the_shortest(line: Line) -> None:
    await line.arrange(a_trunk(transport=TrunkTransport.TCP))
    peer = await connected(line.process)
    peer.ask("INVITE", 1, "Supported: timer", "Session-Expires: 20", body=SDP)
    refused = await peer.final()
    assert refused.startswith("SIP/2.0 422")
    assert header(refused, "Min-SE") == "90"
    peer.writer.close()


async def test_a_call_out_over_tcp_offers_a_session_timer(line: Line) -> None:
    came: asyncio.Queue[Peer] = asyncio.Queue()
    server = await asyncio.start_server(
        lambda reader, writer: came.put_nowait(Peer(reader, writer)), CARRIER, 0
    )
    host, port = server.sockets[0].getsockname()
    await line.arrange(
        a_trunk(
            server=f"{host}:{port}", transport=TrunkTransport.TCP, check_every=Millis(0),
            session=Millis(600_000),
        )
    )  # fmt: skip
    dial = DialId("d1")
    line.channel.perform(
        DialNumber(
            dial=dial, contact=ContactId("out-d1"), leg=LegId("to-out-d1"), number="13900139000",
            caller_number="4001", ring=Millis(10_000), trunk=TELCO,
        )
    )  # fmt: skip
    async with asyncio.timeout(10):
        peer = await came.get()
    invite = await peer.heard()
    # Then the carrier may have its session timed, by whom it likes
    assert invite.startswith("INVITE sip:13900139000@")
    assert "timer" in header(invite, "Supported")
    assert header(invite, "Session-Expires").split(";")[0] == "600"
    assert header(invite, "Min-SE") == "90"
    # And what it answers comes to the dialler
    peer.answer(invite, "503 Service Unavailable")
    await line.ear.expect(CallProgress, dial=dial, progress=DialProgress.TRUNK_FAILED)
    peer.writer.close()
    server.close()
