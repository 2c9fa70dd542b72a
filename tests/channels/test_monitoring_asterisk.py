"""A supervisor in a conversation, heard at every ear of the real Asterisk."""

import asyncio
from array import array
from collections.abc import AsyncIterator
from math import cos, pi, sin

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.hearing import Hearing
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.channels.fake.world import Habit
from lianxi.engine.messages.agent_inputs import AgentSignedIn, HoldAsked
from lianxi.engine.messages.commands import RetireDevice
from lianxi.engine.messages.inputs import DeviceChanged, LegEnded
from lianxi.engine.messages.monitoring import (
    MonitorAsked,
    MonitorBegan,
    MonitorEndAsked,
    MonitorEnded,
    MonitorMode,
    MonitorModeAsked,
    MonitorTuned,
    TakeOverAsked,
)
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import Endpoint
from tests.builders.centre import ANNA, CLEO
from tests.channels.raw_files import closed
from tests.channels.stage import PASSWORD
from tests.channels.switchboard import now
from tests.channels.test_asterisk_contract import ANSWERING
from tests.channels.test_hold_asterisk import AGENT_HZ, CUSTOMER_HZ, Call

pytestmark = pytest.mark.asterisk

SUPERVISOR_HZ = 1320
HEARD, UNHEARD = 0.2, 0.05
"""Shares of what is heard: two who talk at once have half each."""


class Supervised(Call):
    """ANNA and a caller, and CLEO with a telephone of her own."""

    seat: Endpoint

    async def sit_down(self) -> None:
        """CLEO signs in, not ready."""
        self.seat = Endpoint(f"{self.desk.endpoint}-lead")
        self.board.say(
            AgentSignedIn(
                at=now(), agent=CLEO, session="l", device=DeviceKind.PHONE, endpoint=self.seat
            )
        )
        await self.board.expect(DeviceChanged, endpoint=self.seat, registered=False)
        self.own = ScriptedPhone(
            self.server,
            self.seat,
            PASSWORD,
            answering=Answering(script=Script(say=Tone(SUPERVISOR_HZ))),
            retry_s=0.2,
        )
        await self.own.start()
        await self.own.wait(Step.REGISTERED)
        await self.board.expect(DeviceChanged, endpoint=self.seat, registered=True)

    async def end(self) -> None:
        """CLEO goes home too."""
        self.channel.perform(RetireDevice(endpoint=self.seat))
        await super().end()
        await self.own.stop()

    @property
    def supervisor(self) -> Hearing:
        """What the supervisor hears."""
        return self.own.calls[-1].hearing

    async def listen(self, mode: MonitorMode = MonitorMode.LISTEN) -> MonitorTuned:
        """CLEO is in on ANNA's conversation."""
        self.board.say(MonitorAsked(at=now(), by=CLEO, agent=ANNA, mode=mode))
        return await self.board.fact(MonitorTuned)

    def mode(self, mode: MonitorMode) -> None:
        """CLEO wants others to hear her."""
        (monitor,) = self.board.engine.state.monitors
        self.board.say(MonitorModeAsked(at=now(), by=CLEO, monitor=monitor, mode=mode))

    async def they_hear(self, **expected: tuple[int, ...]) -> None:
        """Each of customer, agent, supervisor hears just these tones."""
        ears = {"customer": self.customer, "agent": self.agent, "supervisor": self.supervisor}
        shares: dict[str, list[float]] = {}
        for _ in range(40):
            await ears["agent"].wait_for_audible(0.2)
            shares = {
                who: [ears[who].tone_share(hz) for hz in (CUSTOMER_HZ, AGENT_HZ, SUPERVISOR_HZ)]
                for who in expected
            }
            if all(_is(shares[who], tones) for who, tones in expected.items()):
                return
        raise AssertionError(f"expected {expected}, heard {shares}")

    async def nothing_is_left(self) -> Sighting:
        """No ear at the switch any more."""
        for _ in range(400):
            seen = await self.channel.belief()
            roles = {leg.role for leg in seen.legs.values()}
            if not roles & {LegRole.SNOOP, LegRole.MONITOR} and not any(
                bridge.startswith("mon-") for bridge in seen.bridges
            ):
                return seen
            # poll: nobody tells of a bridge that is gone
            await asyncio.sleep(0.05)
        raise AssertionError(seen)


def _is(shares: list[float], tones: tuple[int, ...]) -> bool:
    return all(
        share > HEARD if hz in tones else share < UNHEARD
        for hz, share in zip((CUSTOMER_HZ, AGENT_HZ, SUPERVISOR_HZ), shares, strict=True)
    )


@pytest.fixture
async def call(
    asterisk: AsteriskProcess, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Supervised]:
    speaking = Answering(script=Script(say=Tone(AGENT_HZ)))
    monkeypatch.setitem(ANSWERING, Habit.ANSWERS, speaking)
    call = Supervised(asterisk)
    await call.begin()
    await call.sit_down()
    yield call
    await call.end()


async def test_in_each_mode_just_those_hear_the_supervisor_who_should(call: Supervised) -> None:
    await call.they_hear_each_other()
    both = (CUSTOMER_HZ, AGENT_HZ)
    # Listen: nobody hears the supervisor, who hears both
    await call.listen()
    heard = {"customer": (AGENT_HZ,), "agent": (CUSTOMER_HZ,), "supervisor": both}
    await call.they_hear(**heard)
    # Whisper: the agent alone
    call.mode(MonitorMode.WHISPER)
    await call.they_hear(**{**heard, "agent": (CUSTOMER_HZ, SUPERVISOR_HZ)})
    # Barge in: everybody
    call.mode(MonitorMode.BARGE)
    await call.they_hear(
        customer=(AGENT_HZ, SUPERVISOR_HZ), agent=(CUSTOMER_HZ, SUPERVISOR_HZ), supervisor=both
    )
    # And all the way back
    call.mode(MonitorMode.WHISPER)
    await call.they_hear(**{**heard, "agent": (CUSTOMER_HZ, SUPERVISOR_HZ)})
    call.mode(MonitorMode.LISTEN)
    await call.they_hear(**heard)
    # Over one and the same leg
    assert len(call.own.calls) == 1
    assert len(call.board.all(LegEnded)) == 0
    # The end frees everything, and the two talk on
    (monitor,) = call.board.engine.state.monitors
    call.board.say(MonitorEndAsked(at=now(), by=CLEO, monitor=monitor))
    await call.nothing_is_left()
    await call.they_hear_each_other()


async def test_what_is_whispered_is_not_in_the_recording(call: Supervised) -> None:
    await call.listen(MonitorMode.WHISPER)
    await call.they_hear(agent=(CUSTOMER_HZ, SUPERVISOR_HZ), customer=(AGENT_HZ,))
    contact = call.board.engine.state.contacts[call.contact]
    await call.agent.wait_for_audible(1)
    await call.caller_hangs_up(call.contact)
    await call.board.fact(MonitorTuned)
    raw = call.process.instance.recordings / contact.recording
    samples = await closed(raw, call.process.pid)
    for side in (0, 1):
        assert _share(samples[side::2][-16_000:], SUPERVISOR_HZ) < 0.01
    heard = [_share(samples[side::2][-16_000:], AGENT_HZ) for side in (0, 1)]
    assert max(heard) > 0.8


async def test_a_take_over_leaves_customer_and_supervisor(call: Supervised) -> None:
    await call.listen()
    # Given a customer on hold
    call.board.say(HoldAsked(at=now(), agent=ANNA, contact=call.contact))
    (monitor,) = call.board.engine.state.monitors
    call.board.say(TakeOverAsked(at=now(), by=CLEO, monitor=monitor))
    # Then the agent's leg ends, and the two hear each other
    await call.board.expect(LegEnded)
    await asyncio.gather(call.customer.wait_for_audible(1.5), call.supervisor.wait_for_audible(1.5))
    assert call.customer.tone_share(SUPERVISOR_HZ) > 0.9
    assert call.supervisor.tone_share(CUSTOMER_HZ) > 0.9
    seen = await call.nothing_is_left()
    assert {leg.role for leg in seen.legs.values()} == {LegRole.CUSTOMER, LegRole.AGENT}
    assert call.board.engine.state.contacts[call.contact].agent == CLEO


async def test_the_supervisor_hangs_up_the_phone(call: Supervised) -> None:
    await call.listen(MonitorMode.BARGE)
    await call.they_hear(customer=(AGENT_HZ, SUPERVISOR_HZ))
    await call.own.calls[-1].hang_up()
    await call.board.fact(MonitorEnded)
    await call.nothing_is_left()
    await call.they_hear_each_other()
    # And once more, for the next call of the agent, in silence until then
    call.board.say(MonitorAsked(at=now(), by=CLEO, agent=ANNA))
    assert len([one for one in call.board.journal if isinstance(one, MonitorBegan)]) == 2


def _share(samples: "array[int]", hz: int) -> float:
    energy = sum(one * one for one in samples) or 1
    turn = 2 * pi * hz / 8_000
    real = sum(one * cos(turn * at) for at, one in enumerate(samples))
    imaginary = sum(one * sin(turn * at) for at, one in enumerate(samples))
    return 2 * (real * real + imaginary * imaginary) / (len(samples) * energy)
