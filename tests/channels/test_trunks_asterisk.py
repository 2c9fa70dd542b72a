"""Trunks on the real switch: pushed while it runs, watched, changed under calls; the dead freed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

import lianxi
from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.channel import AsteriskChannel, House
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.sounds import Sounds
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.digest import Credentials
from lianxi.channels.fake.sip.timeline import Step
from lianxi.channels.fake.sip.wire import open_wire
from lianxi.engine.messages.commands import AnswerCustomer, CloseContact
from lianxi.engine.messages.inputs import ContactArrived, ContactGone, SwitchRestarted
from lianxi.engine.messages.trunks import ArrangeTrunks, Trunk, TrunkSeen, TurnAway
from lianxi.kernel.ids import Endpoint, TrunkId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant, Millis
from tests.channels.registrar import Registrar
from tests.channels.stage import WITHIN_S, Ear
from tests.fixtures.asterisk import ARI_PASSWORD

pytestmark = pytest.mark.asterisk

TELCO = TrunkId("telco")
CARRIER, STRANGER = "127.0.0.2", "127.0.0.3"
ACCOUNT = Credentials("1000123", "the-carriers-password")


def a_trunk(**facts: object) -> Trunk:
    known: dict[str, object] = {"id": TELCO, "name": "电信", "addresses": (CARRIER,), **facts}
    return Trunk(**known)  # type: ignore[arg-type]


class Carrier:
    """What a centre knows of its carriers."""

    def __init__(self) -> None:
        self.listed: tuple[Trunk, ...] = ()

    async def trunks(self) -> Sequence[Trunk]:
        return self.listed

    async def password(self, trunk: TrunkId) -> str | None:
        return ACCOUNT.password


async def nothing(_: str) -> str:
    return ""


class Line:
    """A channel at a running switch, what it tells, and callers around it."""

    def __init__(self, process: AsteriskProcess) -> None:
        self.process = process
        self.ear = Ear()
        self.known = Carrier()
        self.passwords: dict[str, str] = {}
        self.closing: list[asyncio.StreamWriter] = []
        self.server = ("127.0.0.1", process.instance.sip_port)
        self.channel = AsteriskChannel(
            Address(port=process.instance.ari_port, password=ARI_PASSWORD),
            House(
                now=lambda: Instant(1),
                devices=lambda: [],
                password=self.password,
                caller_name=nothing,
                shown=mask,
                trunks=self.known,
            ),
            Sounds((Path(lianxi.__file__).parent / "assets" / "prompts",), "zh"),
            process.control,
        )

    async def password(self, endpoint: Endpoint) -> str | None:
        return self.passwords.get(endpoint)

    async def answer(self, arrived: ContactArrived) -> None:
        """Pick up a caller."""
        self.channel.perform(AnswerCustomer(contact=arrived.contact, leg=arrived.leg))

    async def shows(self, endpoint: str) -> None:
        """Wait until the switch knows an endpoint."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                if endpoint in await self.process.control.ask("pjsip list endpoints"):
                    return
                await asyncio.sleep(0.02)  # poll: the console announces nothing

    async def arrange(self, *trunks: Trunk) -> None:
        """These are the trunks now; done when the switch has them."""
        self.known.listed = trunks
        self.channel.perform(ArrangeTrunks(trunks=trunks))
        listed = {f"tk-{trunk.id}" for trunk in trunks}
        async with asyncio.timeout(WITHIN_S):
            while True:
                shown = await self.process.control.ask("pjsip list endpoints")
                if {name for name in ("tk-telco", "tk-other") if name in shown} == listed:
                    return
                await asyncio.sleep(0.02)  # poll: the console announces nothing


@pytest.fixture
async def line(asterisk: AsteriskProcess) -> AsyncIterator[Line]:
    line = Line(asterisk)
    running = asyncio.create_task(line.channel.run(line.ear.hear))
    await line.ear.expect(SwitchRestarted)
    yield line
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_call_on_a_pushed_trunk_says_so_and_a_stranger_does_not_come_in(line: Line) -> None:
    await line.arrange(a_trunk())
    async with (
        ScriptedCaller(local_host=CARRIER) as carrier,
        ScriptedCaller(local_host=STRANGER) as stranger,
    ):
        call = await carrier.call("4001", line.server)
        arrived = await line.ear.expect(ContactArrived, trunk=TELCO)
        refused = await (await stranger.call("4001", line.server)).wait(Step.REFUSED)
        assert refused.facts["status"] == 401
        # A caller who finds no channel is turned away so that the network may try elsewhere.
        line.channel.perform(TurnAway(contact=arrived.contact, leg=arrived.leg))
        assert (await call.wait(Step.REFUSED)).facts["status"] == 503
    assert len(line.ear.all(ContactArrived)) == 1


async def test_trunks_change_under_a_call_that_goes_on(line: Line) -> None:
    await line.arrange(a_trunk())
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call = await carrier.call("4001", line.server)
        arrived = await line.ear.expect(ContactArrived)
        line.channel.perform(AnswerCustomer(contact=arrived.contact, leg=arrived.leg))
        await call.wait(Step.ANSWERED)
        # When the trunk changes, another one comes, and then both go
        await line.arrange(
            a_trunk(codecs=("ulaw", "alaw"), silence=Millis(60_000)),
            a_trunk(id=TrunkId("other"), addresses=(STRANGER,)),
        )
        await line.arrange()
        # Then the call is as it was, and only new ones find no way in
        assert arrived.leg in (await line.channel.belief()).legs
        again = await (await carrier.call("4001", line.server)).wait(Step.REFUSED)
        assert again.facts["status"] == 401
        assert not call.is_over
        line.channel.perform(CloseContact(contact=arrived.contact, leg=arrived.leg))
        await call.wait_for_end()


async def test_a_carrier_that_moved_is_called_and_known_at_the_new_address_alone(
    line: Line,
) -> None:
    for server, address in (("127.0.0.1:5991", CARRIER), ("127.0.0.1:5992", STRANGER)):
        await line.arrange(a_trunk(server=server, addresses=(address,), check_every=Millis(0)))
        async with asyncio.timeout(WITHIN_S):
            while True:
                called = await line.process.control.ask("pjsip show aor tk-telco")
                known = await line.process.control.ask("pjsip show identify tk-telco")
                if server in called and address in known:
                    break
                await asyncio.sleep(0.02)  # poll: the console announces nothing
    assert "5991" not in called
    assert CARRIER not in known


async def test_what_the_switch_does_not_take_is_told(line: Line) -> None:
    impossible = a_trunk(codecs=("no-such-codec",), addresses=())
    line.channel.perform(ArrangeTrunks(trunks=(impossible,)))
    await line.ear.expect(TrunkSeen, trunk=TELCO, is_up=False, why="refused")
    await line.arrange(a_trunk())
    await line.ear.expect(TrunkSeen, trunk=TELCO, is_up=True)


async def test_a_registering_trunk_registers_and_a_refusal_is_told(line: Line) -> None:
    registrar = Registrar(await open_wire(CARRIER), ACCOUNT)
    host, port = registrar.address
    trunk = a_trunk(
        server=f"{host}:{port}",
        registers=True,
        username=ACCOUNT.username,
        contact_user="4001",
        addresses=(),
        check_every=Millis(0),
    )
    await line.arrange(trunk)
    await line.ear.expect(TrunkSeen, trunk=TELCO, is_up=True, within_s=20)
    # Then calls arrive at the number that was registered, on the line that the carrier was told
    contact = registrar.bindings[ACCOUNT.username]
    assert contact.startswith("<sip:4001@")
    assert ";line=" in contact
    # When the carrier refuses the account
    registrar.refuses_with = 403
    await line.process.control.ask("pjsip send register tk-telco")
    await line.ear.expect(TrunkSeen, trunk=TELCO, is_up=False, why="rejected", within_s=20)
    registrar.close()


async def test_a_server_that_does_not_answer_is_told_and_told_again_when_it_does(
    line: Line,
) -> None:
    registrar = Registrar(await open_wire(CARRIER), ACCOUNT)
    host, port = registrar.address
    await line.arrange(a_trunk(server=f"{host}:{port}", check_every=Millis(1_000)))
    await line.ear.expect(TrunkSeen, trunk=TELCO, is_up=True, within_s=20)
    registrar.close()
    await line.ear.expect(TrunkSeen, trunk=TELCO, is_up=False, why="unreachable", within_s=20)
    back = Registrar(await open_wire(CARRIER, local_port=port), ACCOUNT)
    await line.ear.expect(TrunkSeen, count=2, trunk=TELCO, is_up=True, within_s=20)
    back.close()


async def test_a_peer_that_fell_silent_frees_its_channel(line: Line) -> None:
    await line.arrange(a_trunk(silence=Millis(2_000)))
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call = await carrier.call("4001", line.server)
        arrived = await line.ear.expect(ContactArrived)
        line.channel.perform(AnswerCustomer(contact=arrived.contact, leg=arrived.leg))
        await call.wait(Step.ANSWERED)
        # When the peer is dead, without a word
        call.vanish()
        await line.ear.expect(ContactGone, contact=arrived.contact, within_s=15)
    assert await line.process.calls() == 0


async def test_the_password_of_a_trunk_is_in_no_log(line: Line) -> None:
    await line.arrange(a_trunk(server=f"{CARRIER}:9", registers=True, username="1000123"))
    for log in line.process.instance.logs.iterdir():
        assert ACCOUNT.password not in log.read_text(errors="replace")
