"""The real Asterisk keeps the channel contract, with scripted SIP phones around it."""

import asyncio
import itertools
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

import lianxi
from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.channel import AsteriskChannel, House
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.quality import counted
from lianxi.channels.asterisk.sounds import Sounds
from lianxi.channels.asterisk.tree import AsteriskTree
from lianxi.channels.asterisk.websocket import open_websocket
from lianxi.channels.asterisk.wire import RtpStatistics
from lianxi.channels.fake.flow_work import Reaching
from lianxi.channels.fake.sip.caller import OutgoingCall, ScriptedCaller
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.channels.fake.world import Habit
from lianxi.engine.messages.commands import CloseContact, DropLeg, RetireDevice
from lianxi.engine.messages.inputs import ContactArrived, SwitchRestarted
from lianxi.engine.messages.sighting import LegRole
from lianxi.kernel.ids import ContactId, Endpoint, LegId, RequestId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from tests.channels.contract import AgentContract, CallerContract, LossContract
from tests.channels.contract_calling import CallContract
from tests.channels.contract_fax import DOCUMENT, FaxContract, a_page
from tests.channels.contract_flows import FlowContract
from tests.channels.contract_hold import HoldContract
from tests.channels.contract_monitors import MonitorContract
from tests.channels.contract_parties import PartyContract
from tests.channels.contract_trunks import TrunkContract
from tests.channels.cuttable import Cuttable
from tests.channels.stage import CALLER, CALLER_NAME, DIALLED, PASSWORD, WITHIN_S, Ear, a_desk
from tests.fixtures.asterisk import ARI_PASSWORD, asterisk_settings

pytestmark = pytest.mark.asterisk

ANSWERING = {
    Habit.RINGS: Answering(after_s=None),
    Habit.ANSWERS: Answering(after_s=0.0),
    Habit.BUSY: Answering(refuse_with=486),
    Habit.REJECTS: Answering(refuse_with=603),
}


ALARM_HZ = 1000
NUMBERS = itertools.count(1)


async def password(endpoint: Endpoint) -> str | None:
    return PASSWORD


async def caller_name(number: str) -> str:
    return CALLER_NAME if number == CALLER else ""


class AsteriskStage:
    """The contract's stage over a running Asterisk."""

    def __init__(self, process: AsteriskProcess) -> None:
        self.process = process
        self.desk = a_desk(next(NUMBERS))
        self.ear = Ear()
        self.proxy = Cuttable(process.instance.ari_port)
        self.caller = ScriptedCaller()
        self.calls: dict[ContactId, OutgoingCall] = {}
        self.phone: ScriptedPhone | None = None
        self.outside: ScriptedPhone | None = None
        self.server = ("127.0.0.1", process.instance.sip_port)

    async def open(self) -> None:
        await self.proxy.open()
        self.channel = AsteriskChannel(
            Address(
                port=self.proxy.port,
                password=ARI_PASSWORD,
                ami_port=self.process.instance.ari_port,
            ),
            House(
                now=lambda: Instant(1),
                devices=lambda: [self.desk],
                password=password,
                caller_name=caller_name,
                shown=mask,
                outward=self.outward,
            ),
            Sounds((Path(lianxi.__file__).parent / "assets" / "prompts",), "zh"),
            self.process.control,
        )
        self.running = asyncio.create_task(self.channel.run(self.ear.hear))
        await self.ear.expect(SwitchRestarted)

    async def close(self) -> None:
        """Leave an Asterisk that holds nothing, and in any case nobody who is connected to it."""
        try:
            await self._put_down()
        finally:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            await self.proxy.cut()
        await self.switch_has_forgotten_us()

    async def _put_down(self) -> None:
        for leg, seen in (await self.channel.belief()).legs.items():
            if seen.role is LegRole.CUSTOMER:
                self.channel.perform(CloseContact(contact=seen.contact, leg=leg))
            else:
                self.channel.perform(DropLeg(leg=leg))
        self.channel.perform(RetireDevice(endpoint=self.desk.endpoint))
        await asyncio.gather(*(call.wait_for_end() for call in self.calls.values()))
        if self.phone is not None:
            await self.phone.stop()
        if self.outside is not None:
            await self.outside.vanish()
        await self.caller.stop()

    async def switch_has_forgotten_us(self) -> None:
        """With the sockets it forgets the application, which may by then be the next stage's.
        Where something still hangs on it the application stays in the list, as an inactive one."""
        for _ in range(20):
            if "Name:" not in await self.process.control.ask("ari show app lianxi"):
                return
            await asyncio.sleep(0.01)  # poll: nobody tells of it

    async def caller_arrives(self) -> ContactId:
        arrived = len(self.ear.all(ContactArrived))
        call = await self.caller.call(DIALLED, self.server, caller=CALLER, say=Tone(440))
        told = await self.ear.expect(ContactArrived, count=arrived + 1)
        self.calls[told.contact] = call
        return told.contact

    async def caller_is_refused(self) -> None:
        call = await self.caller.call(DIALLED, self.server, caller=CALLER, hang_up_after_s=0.2)
        await call.wait_for_end()

    async def caller_presses(self, contact: ContactId, digit: str) -> None:
        await self.calls[contact].wait(Step.ANSWERED)
        self.calls[contact].press(digit)

    async def caller_hangs_up(self, contact: ContactId) -> None:
        await self.calls[contact].hang_up()

    async def caller_hears_out(self, contact: ContactId) -> None:
        """Time does it."""

    async def caller_is_gone(self, contact: ContactId) -> None:
        await self.calls[contact].wait_for_end()

    async def desk_registers(self, habit: Habit) -> None:
        if self.phone is not None:
            await self.phone.vanish()
        self.phone = ScriptedPhone(
            self.server, self.desk.endpoint, PASSWORD, answering=ANSWERING[habit], retry_s=0.2
        )
        await self.phone.start()
        await self.phone.wait(Step.REGISTERED)

    async def desk_unregisters(self) -> None:
        assert self.phone is not None
        await self.phone.stop()

    async def agent_answers(self) -> None:
        assert self.phone is not None
        self.phone.calls[-1].answer()

    async def agent_hangs_up(self) -> None:
        assert self.phone is not None
        await self.phone.calls[-1].hang_up()

    async def agent_presses_hold(self, *, held: bool) -> None:
        assert self.phone is not None
        call = self.phone.calls[-1]
        await (call.hold() if held else call.take_back())

    async def caller_is_heard_badly(self, contact: ContactId) -> None:
        leg = self.ear.all(ContactArrived)[-1].leg
        self.calls[contact].lose(5)
        await self.counts_lost(leg, 0.1)
        await self.channel._quality.look(leg)

    async def counts_lost(self, leg: LegId, share: float) -> None:
        """Wait until the switch knows: it counts what is lost with each report, every 5 s."""
        deadline = asyncio.get_running_loop().time() + 30
        while True:
            told = await self.channel._ari.get(f"channels/{leg}/rtp_statistics", RtpStatistics)
            if counted(told).loss > share:
                return
            assert asyncio.get_running_loop().time() < deadline, told
            await asyncio.sleep(0.2)  # poll: nobody tells of it

    async def agent_is_alerted(self) -> None:
        assert self.phone is not None
        hearing = self.phone.calls[-1].hearing
        async with asyncio.timeout(WITHIN_S):
            is_alerted = False
            while not is_alerted:
                await hearing.wait_for_audible(0.06)
                is_alerted = hearing.tone_share(ALARM_HZ, last_s=0.06) > 0.5

    async def desk_shows(self) -> str:
        assert self.phone is not None
        return self.phone.calls[-1].caller

    async def while_away(self, act: Callable[[], Awaitable[None]]) -> None:
        connects = len(self.ear.all(SwitchRestarted))
        await self.proxy.cut()
        await act()
        await self.proxy.open()
        await self.ear.expect(SwitchRestarted, count=connects + 1)
        await self.channel.belief()  # the greeting is over

    async def restart_switch(self) -> None:
        connects = len(self.ear.all(SwitchRestarted))
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGKILL)
        for call in self.calls.values():
            call.vanish()
        await self.ear.expect(SwitchRestarted, count=connects + 1, within_s=20)

    async def at_rest(self, contact: ContactId) -> None:
        done = asyncio.Event()

        async def told() -> None:
            done.set()

        self.channel._lines.put(contact, told)
        await done.wait()

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        return self.channel.secret(contact, request)

    async def caller_speaks(self, contact: ContactId) -> None:
        """The caller's tone goes on all the time; the beep is heard first."""
        await self.at_rest(contact)
        hearing = self.calls[contact].hearing
        await hearing.wait_for_audible(0.1)
        # pace: what is said is to have a length
        await asyncio.sleep(2.5)

    async def outside_will(self, do: Reaching) -> None:
        habits = {Reaching.RINGS: Habit.RINGS, Reaching.ANSWERS: Habit.ANSWERS}
        answering = ANSWERING[habits.get(do, Habit.BUSY)]
        if do is Reaching.CARRIER_FAILS:
            answering = Answering(refuse_with=503)
        if self.outside is not None:
            await self.outside.stop()
        nowhere = ("127.0.0.1", 9)
        self.outside = ScriptedPhone(nowhere, "out", "", answering=answering, retry_s=60)
        await self.outside.start()

    async def outside_rings(self, contact: ContactId) -> None:
        assert self.outside is not None
        await self.outside.next_call()

    async def outside_hangs_up(self, contact: ContactId) -> None:
        assert self.outside is not None
        await self.outside.calls[-1].hang_up()

    async def customer_answers(self, leg: LegId) -> None:
        assert self.outside is not None
        self.outside.calls[-1].answer()

    async def is_recorded(self, leg: LegId) -> None:
        file = self.process.instance.recordings / f"{leg}.raw"
        async with asyncio.timeout(10):
            while not file.exists() or not file.stat().st_size:  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # poll: a file announces nothing

    async def customer_refuses(self, leg: LegId) -> None:
        assert self.outside is not None
        self.outside.calls[-1].refuse()
        await self.outside.calls[-1].wait_for_end()

    async def nobody_rings_outside(self) -> None:
        assert self.outside is not None
        await self.outside.calls[-1].wait_for_end()

    async def party_answers(self, leg: LegId) -> None:
        assert self.outside is not None
        self.outside.calls[-1].answer()

    async def party_hangs_up(self, leg: LegId) -> None:
        await self.outside_hangs_up(ContactId(leg))

    async def machine_answers(self, leg: LegId) -> None:
        await self.customer_answers(leg)

    async def machine_hangs_up(self, leg: LegId) -> None:
        await self.outside_hangs_up(ContactId(leg))

    async def caller_hears_apology(self, contact: ContactId) -> None:
        await self.calls[contact].wait(Step.ANSWERED)
        await self.calls[contact].hang_up()

    async def nobody_is_outside(self) -> None:
        assert self.outside is not None
        await self.outside.calls[-1].wait_for_end()
        deadline = asyncio.get_running_loop().time() + WITHIN_S
        while any(s.role is LegRole.OUTSIDE for s in (await self.channel.belief()).legs.values()):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.02)  # poll: nobody tells of it

    def outward(self, number: str) -> str:
        """All numbers outside are the one telephone of this stage."""
        assert self.outside is not None
        host, port = self.outside.address
        return f"PJSIP/trunk/sip:{number}@{host}:{port}"


@pytest.fixture(scope="module")
async def switch(
    tmp_path_factory: pytest.TempPathFactory, asterisk_tree: AsteriskTree
) -> AsyncIterator[AsteriskProcess]:
    """One Asterisk for all of them; each leaves it empty."""
    settings = asterisk_settings(tmp_path_factory.mktemp("switch") / "home")
    settings.paths.make()
    process = AsteriskProcess(settings, asterisk_tree, ari_password=ARI_PASSWORD)
    await process.start()
    (process.instance.faxes / DOCUMENT).write_bytes(a_page())
    yield process
    await process.stop()


@pytest.fixture
async def stage(switch: AsteriskProcess) -> AsyncIterator[AsteriskStage]:
    stage = AsteriskStage(switch)
    await stage.open()
    yield stage
    await stage.close()


class TestAsteriskCallers(CallerContract):
    pass


async def test_who_comes_after_another_took_our_place_and_left_is_told_of(
    stage: AsteriskStage,
) -> None:
    address = stage.channel._ari.address
    connects = len(stage.ear.all(SwitchRestarted))
    other = await open_websocket(address.url, address.headers, within_s=WITHIN_S, beat_s=WITHIN_S)
    other.close()
    # Asterisk has no application now, and said nothing.
    await stage.ear.expect(SwitchRestarted, count=connects + 1)
    await stage.caller_arrives()


class TestAsteriskAgents(AgentContract):
    pass


class TestAsteriskCalls(CallContract):
    pass


class TestAsteriskHolds(HoldContract):
    pass


class TestAsteriskFlows(FlowContract):
    pass


class TestAsteriskParties(PartyContract):
    pass


class TestAsteriskMonitors(MonitorContract):
    """Supervisors."""


class TestAsteriskTrunks(TrunkContract):
    """Trunks."""


class TestAsteriskFaxes(FaxContract):
    """Faxes."""


class TestAsteriskLosses(LossContract):
    pass
