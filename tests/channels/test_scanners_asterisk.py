"""Scanners and broken messages at the real switch: nobody gets in, a call in progress goes on."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.fake.sip.caller import OutgoingCall, ScriptedCaller
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.engine.messages.commands import AnswerCustomer, CloseContact, ProvisionDevice
from lianxi.engine.messages.inputs import ContactArrived, SwitchRestarted
from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, Endpoint
from tests.channels.test_trunks_asterisk import CARRIER, STRANGER, Line, a_trunk
from tests.channels.torture import RFC_4475, SCANS, message

pytestmark = pytest.mark.asterisk


@pytest.fixture
async def line(asterisk: AsteriskProcess) -> AsyncIterator[Line]:
    line = Line(asterisk)
    running = asyncio.create_task(line.channel.run(line.ear.hear))
    await line.ear.expect(SwitchRestarted)
    yield line
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class Attacker:
    """Sends what it likes from an address, and keeps the answers."""

    def __init__(self, host: str, server: tuple[str, int]) -> None:
        self._server = server
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._socket.setblocking(False)

    def send(self, datagram: bytes) -> None:
        self._socket.sendto(datagram, self._server)

    async def answer(self, datagram: bytes) -> str:
        """The answer to it; those to others are passed over."""
        wanted = re.search(rb"Call-ID: (\S+)", datagram)
        assert wanted is not None
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(20):
            while True:
                self._drain()
                self.send(datagram)
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.5):
                        while True:
                            heard = await loop.sock_recv(self._socket, 65_536)
                            if wanted[1] in heard and not heard.startswith(b"SIP/2.0 100"):
                                return heard.decode(errors="replace")

    def _drain(self) -> None:
        """Answers to a flood fill the buffer, and the one that is wanted would find no room."""
        with suppress(BlockingIOError):
            while True:
                self._socket.recv(65_536)

    def close(self) -> None:
        self._socket.close()


Attackers = Callable[[str, tuple[str, int]], Attacker]


@pytest.fixture
def attackers() -> Iterator[Attackers]:
    made: list[Attacker] = []

    def make(host: str, server: tuple[str, int]) -> Attacker:
        made.append(Attacker(host, server))
        return made[-1]

    yield make
    for each in made:
        each.close()


async def talking(line: Line, carrier: ScriptedCaller) -> OutgoingCall:
    await line.arrange(a_trunk())
    call = await carrier.call("4001", line.server, say=Tone(440))
    arrived = await line.ear.expect(ContactArrived)
    line.channel.perform(AnswerCustomer(contact=arrived.contact, leg=arrived.leg))
    await call.wait(Step.ANSWERED)
    return call


async def storm(attacker: Attacker, datagrams: Iterable[bytes], times: int = 1) -> None:
    for _ in range(times):
        for datagram in datagrams:
            attacker.send(datagram)
        await asyncio.sleep(0.005)  # pace: a flood that the socket's buffer still takes


async def still_well(line: Line, call: OutgoingCall, pid: int | None) -> None:
    """The call is there, the switch is the same, and a new call comes in."""
    contact = line.ear.all(ContactArrived)[0]
    assert line.process.pid == pid
    assert contact.leg in (await line.channel.belief()).legs
    assert not call.is_over
    assert len(line.ear.all(ContactArrived)) == 1
    async with ScriptedCaller(local_host=CARRIER) as another:
        await another.call("4002", line.server)
        second = await line.ear.expect(ContactArrived, dialled="4002")
        line.channel.perform(CloseContact(contact=second.contact, leg=second.leg))
    line.channel.perform(CloseContact(contact=contact.contact, leg=contact.leg))
    await call.wait_for_end()


async def test_malformed_messages_and_scans_get_nowhere_and_the_call_goes_on(
    line: Line, attackers: Attackers
) -> None:
    pid = line.process.pid
    attacker = attackers(STRANGER, line.server)
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call = await talking(line, carrier)
        await storm(attacker, [*RFC_4475.values(), *SCANS.values()], times=20)
        # What was sent has been read when the switch answers once more
        assert "SIP/2.0 40" in await attacker.answer(message("OPTIONS", name="last", body=""))
        await still_well(line, call, pid)


async def test_broken_messages_of_a_carrier_do_no_harm(line: Line, attackers: Attackers) -> None:
    pid = line.process.pid
    attacker = attackers(CARRIER, line.server)
    broken = [one for name, one in RFC_4475.items() if name.startswith("3.1.2")]
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call = await talking(line, carrier)
        await storm(attacker, broken, times=5)
        await attacker.answer(message("OPTIONS", name="last", body=""))
        assert line.process.pid == pid
        assert not call.is_over
        for told in line.ear.all(ContactArrived):
            line.channel.perform(CloseContact(contact=told.contact, leg=told.leg))
        await call.wait_for_end()


async def test_a_flood_is_throttled_and_the_carrier_is_not(
    line: Line, attackers: Attackers
) -> None:
    pid = line.process.pid
    attacker = attackers(STRANGER, line.server)
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call = await talking(line, carrier)
        flood = [
            message(method, name=f"{method}{n}", body="", sender=f"<sip:{n}@127.0.0.3>;tag=1")
            for n in range(20)
            for method in ("REGISTER", "OPTIONS", "INVITE")
        ]
        await storm(attacker, flood, times=3)
        # Then the source is refused without a look, and cannot tell
        async with asyncio.timeout(10):
            while True:
                shown = await line.process.control.ask("pjsip list identifies")
                if "refused-source-127-0-0-3" in shown:
                    break
                await asyncio.sleep(0.05)  # poll: the console announces nothing
        assert "refused-source-127-0-0-2" not in shown
        again = await attacker.answer(message("INVITE", name="again"))
        assert again.startswith("SIP/2.0 401")
        log = (line.process.instance.logs / "messages").read_text(errors="replace")
        assert f"Rejecting '{STRANGER}' due to a failure to pass ACL" in log
        await still_well(line, call, pid)


def without_chance(answer: str) -> str:
    """An answer without what differs each time, and without the name that was tried."""
    for pattern in (
        r'nonce="[^"]*"', r'opaque="[^"]*"', r"tag=\S+", r"branch=\S+", r"Call-ID: .*",
        r"rport=\d+", r"(From|To): .*",
    ):  # fmt: skip
        answer = re.sub(pattern, "", answer)
    return answer


@pytest.mark.parametrize("method", ["REGISTER", "INVITE", "OPTIONS"])
async def test_known_and_unknown_names_are_answered_alike(
    line: Line, attackers: Attackers, method: str
) -> None:
    """Who tries names must not learn which of them exist."""
    line.passwords["ph-8001"] = "a-desk-password"
    line.channel.perform(
        ProvisionDevice(
            agent=AgentId("8001"), endpoint=Endpoint("ph-8001"), device=DeviceKind.PHONE
        )
    )
    await line.shows("ph-8001")
    heard: list[str] = []
    attacker = attackers(STRANGER, line.server)
    signed = (
        'Authorization: Digest username="{name}", realm="asterisk", nonce="1/2", uri="sip:x", '
        'response="0123456789abcdef0123456789abcdef", algorithm=MD5, qop=auth, nc=00000001, '
        'cnonce="a"'
    )
    for more in ("", signed):
        for name in ("ph-8001", "ph-9999"):
            sent = message(
                method,
                name=f"{method}{len(heard)}",
                sender=f"<sip:{name}@127.0.0.1>;tag=1",
                to=f"<sip:{name}@127.0.0.1>",
                more=more.format(name=name),
            )
            heard.append(without_chance(await attacker.answer(sent)))
    assert heard[0].startswith("SIP/2.0 401")
    assert heard[0] == heard[1]
    assert heard[2] == heard[3]
