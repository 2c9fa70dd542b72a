"""SIP over TCP, and timers of sessions, at the real switch: offered, kept, refreshed."""

import asyncio

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.fake.sip.tcp_peer import SDP, TcpPeer, header
from lianxi.engine.messages.campaigns import DialProgress
from lianxi.engine.messages.dialing import CallProgress, DialNumber
from lianxi.engine.messages.inputs import ContactArrived, ContactGone
from lianxi.engine.messages.trunks import TrunkTransport
from lianxi.kernel.ids import ContactId, DialId, LegId
from lianxi.kernel.time import Millis
from tests.channels.test_trunks_asterisk import CARRIER, TELCO, Line, a_trunk, line

__all__ = ("line",)

pytestmark = pytest.mark.asterisk


async def connected(asterisk: AsteriskProcess) -> TcpPeer:
    port = asterisk.instance.sip_port
    return TcpPeer(*await asyncio.open_connection("127.0.0.1", port, local_addr=(CARRIER, 0)))


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
    came: asyncio.Queue[TcpPeer] = asyncio.Queue()
    server = await asyncio.start_server(
        lambda reader, writer: came.put_nowait(TcpPeer(reader, writer)), CARRIER, 0
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
