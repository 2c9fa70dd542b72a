"""A customer who is forgotten on hold, heard at both ends of the real Asterisk."""

import asyncio
from array import array
from collections.abc import AsyncIterator

import msgspec
import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.hearing import Hearing
from lianxi.channels.fake.sip.phone import Answering
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.world import Habit
from lianxi.engine.messages.agent_inputs import (
    AgentSignedIn,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
)
from lianxi.engine.messages.commands import PauseRecording
from lianxi.engine.messages.events import ContactConnected
from lianxi.engine.messages.holding import ContactHeld, ContactResumed, HoldAlarmed, HoldRule
from lianxi.engine.messages.inputs import DeviceChanged, RecordingProblem
from lianxi.engine.messages.pausing import PAUSE_FAILED, RecordingPaused, RecordingResumed
from lianxi.engine.messages.routing import NumberRule
from lianxi.engine.messages.values import Intent, Phase
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, SALES, a_queue, a_routing
from tests.channels.raw_files import closed
from tests.channels.stage import DIALLED
from tests.channels.switchboard import Switchboard, now
from tests.channels.test_asterisk_contract import ALARM_HZ, ANSWERING, AsteriskStage

pytestmark = pytest.mark.asterisk

CUSTOMER_HZ, AGENT_HZ = 440, 880
RULE = HoldRule(alarm=Millis(2_000), recall=Millis(4_500))


class Call(AsteriskStage):
    """ANNA with a telephone, and a caller who is joined with her."""

    def __init__(self, process: AsteriskProcess) -> None:
        super().__init__(process)
        routing = a_routing(a_queue(SALES, hold=RULE))
        straight = NumberRule(number=DIALLED, queue=SALES)
        self.board = Switchboard(msgspec.structs.replace(routing, numbers=(straight,)))
        self.ear = self.board

    async def begin(self) -> None:
        """They talk."""
        await self.open()
        self.board.channel = self.channel
        self.clock = asyncio.create_task(self.board.keep_time())
        desk = self.desk
        self.board.say(
            AgentSignedIn(
                at=now(), agent=ANNA, session="t", device=desk.kind, endpoint=desk.endpoint
            )
        )
        await self.board.expect(DeviceChanged, endpoint=desk.endpoint, registered=False)
        await self.desk_registers(Habit.ANSWERS)
        await self.board.expect(DeviceChanged, endpoint=desk.endpoint, registered=True)
        self.board.say(AgentStateAsked(at=now(), agent=ANNA, to=Intent.READY))
        self.contact: ContactId = await self.caller_arrives()
        await self.board.fact(ContactConnected)

    async def end(self) -> None:
        """Everybody goes home."""
        self.clock.cancel()
        await asyncio.gather(self.clock, return_exceptions=True)
        await self.close()

    @property
    def customer(self) -> Hearing:
        """What the customer hears."""
        return self.calls[self.contact].hearing

    @property
    def agent(self) -> Hearing:
        """What the agent hears."""
        assert self.phone is not None
        return self.phone.calls[-1].hearing

    @property
    def phase(self) -> Phase:
        """Of the contact."""
        return self.board.engine.state.contacts[self.contact].phase

    async def they_hear_each_other(self) -> None:
        """One second of it, at both ends."""
        await asyncio.gather(self.customer.wait_for_audible(1), self.agent.wait_for_audible(1))
        assert self.customer.tone_share(AGENT_HZ) > 0.9
        assert self.agent.tone_share(CUSTOMER_HZ) > 0.9

    async def hold(self) -> None:
        """The agent holds the customer, who hears music."""
        self.board.say(HoldAsked(at=now(), agent=ANNA, contact=self.contact))
        assert self.phase is Phase.HELD
        await self.customer.wait_for_audible(1)
        assert self.customer.tone_share(AGENT_HZ) < 0.3


@pytest.fixture
async def call(asterisk: AsteriskProcess, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Call]:
    speaking = Answering(script=Script(say=Tone(AGENT_HZ)))
    monkeypatch.setitem(ANSWERING, Habit.ANSWERS, speaking)
    call = Call(asterisk)
    await call.begin()
    yield call
    await call.end()


async def test_acd_36_a_forgotten_customer_is_heard_again(call: Call) -> None:
    """https://github.com/signalwire/freeswitch/issues/1140"""
    await call.they_hear_each_other()
    # Given a customer on hold, and an agent who goes on talking
    await call.hold()
    silent_s = call.agent.audible_s
    assert not isinstance(call.board.journal[-1], HoldAlarmed)
    # When the time of the alarm has come
    told = await call.board.fact(HoldAlarmed)
    assert told.held >= RULE.alarm
    # Then the agent hears a tone, and of that and of the agent's words the customer hears nothing
    await call.agent_is_alerted()
    assert call.agent.audible_s - silent_s < 1
    assert max(call.customer.tone_share(tone) for tone in (ALARM_HZ, AGENT_HZ)) < 0.3
    # And when the time of the recall has come they hear each other again
    back = await call.board.fact(ContactResumed)
    assert back.recalled
    await call.agent_is_alerted()
    await call.they_hear_each_other()


async def test_who_comes_back_in_time_is_not_alarmed(call: Call) -> None:
    await call.hold()
    call.board.say(ResumeAsked(at=now(), agent=ANNA, contact=call.contact))
    await call.they_hear_each_other()
    assert not [one for one in call.board.journal if isinstance(one, HoldAlarmed)]
    # And an agent who hangs up on hold lets the customer go
    await call.hold()
    await call.agent_hangs_up()
    await call.caller_is_gone(call.contact)


async def test_acd_57_what_is_said_in_a_pause_is_silence_in_the_recording(call: Call) -> None:
    """https://github.com/asterisk/asterisk/issues/455

    The file keeps the time of the call: nothing that comes later moves.
    """
    await call.they_hear_each_other()
    contact = call.board.engine.state.contacts[call.contact]
    # When the agent pauses the recording for a while
    call.board.say(RecordingPauseAsked(at=now(), agent=ANNA, contact=call.contact))
    await call.they_hear_each_other()
    await call.they_hear_each_other()
    call.board.say(RecordingResumeAsked(at=now(), agent=ANNA, contact=call.contact))
    await call.they_hear_each_other()
    call.board.say(HangUpAsked(at=now(), agent=ANNA, contact=call.contact))
    await call.caller_is_gone(call.contact)
    # Then of both sides the recording has what was said before and after, and silence between
    raw = call.process.instance.recordings / contact.recording
    heard = loud(await closed(raw, call.process.pid))
    assert 3 < len(heard) / 10 < 10
    assert all(heard[:5])
    assert all(heard[-8:-2])
    quiet = heard.index(False)
    assert not any(heard[quiet : quiet + 15])
    assert heard[quiet:].index(True) < 35
    assert not call.board.all(RecordingProblem)
    paused = await call.board.fact(RecordingPaused)
    resumed = await call.board.fact(RecordingResumed)
    assert resumed.at - paused.at == pytest.approx(heard.count(False) * 100, abs=400)


async def test_a_pause_that_cannot_be_made_is_told(call: Call) -> None:
    gone = LegId("1.1")
    call.channel.perform(PauseRecording(contact=call.contact, leg=gone))
    await call.board.expect(RecordingProblem, contact=call.contact, code=PAUSE_FAILED)


def loud(samples: "array[int]") -> list[bool]:
    """Of each tenth of a second, whether both sides are heard in a recording."""
    tenths = range(0, len(samples) - 1_600, 1_600)
    return [
        min(max(samples[at : at + 1_600 : 2]), max(samples[at + 1 : at + 1_600 : 2])) > 1_000
        for at in tenths
    ]


async def test_acd_36_the_hold_key_of_the_telephone_is_a_hold_like_any_other(call: Call) -> None:
    """https://github.com/signalwire/freeswitch/issues/1140"""
    await call.they_hear_each_other()
    assert call.phone is not None
    telephone = call.phone.calls[-1]
    # When the agent presses the telephone's own key
    await telephone.hold()
    held = await call.board.fact(ContactHeld)
    assert held.by_device
    # Then the customer hears music and, when the time has come, agent and team lead are told
    await call.customer.wait_for_audible(1)
    assert call.customer.tone_share(AGENT_HZ) < 0.3
    await call.board.fact(HoldAlarmed)
    assert call.phase is Phase.HELD
    # And when the key is pressed again they hear each other
    await telephone.take_back()
    back = await call.board.fact(ContactResumed)
    assert not back.recalled
    await call.they_hear_each_other()
