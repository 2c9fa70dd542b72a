"""Recordings and the quality of legs at the real Asterisk; what is in the file after a crash."""

import io
import os
import signal
import stat
import wave
from pathlib import Path

import numpy as np
import pytest

from lianxi.channels.fake.sip.sound import Tone
from lianxi.engine.messages.agent_inputs import HangUpAsked
from lianxi.engine.messages.flow_commands import HideDigits, ShowDigits
from lianxi.engine.messages.inputs import RecordingProblem, SwitchRestarted
from lianxi.engine.messages.recordings import LegQualityMeasured, LegQualityTold
from lianxi.kernel.ids import RequestId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import sealing, sound
from lianxi.modules.recordings.rules import BYTES_PER_MS, RATE, cut
from tests.builders.centre import ANNA
from tests.channels.raw_files import closed
from tests.channels.switchboard import now
from tests.channels.test_hold_asterisk import AGENT_HZ, CUSTOMER_HZ, Call, call, loud

__all__ = ("call",)

pytestmark = pytest.mark.asterisk

KEY_5_HZ = (770, 1336)


def raw_of(call: Call) -> Path:
    contact = call.board.engine.state.contacts[call.contact]
    return call.process.instance.recordings / contact.recording


def share_of(samples: np.ndarray, hz: int) -> float:
    """How much of a sound lies within 15 Hz of a tone, 0 to 1."""
    power = np.abs(np.fft.rfft(samples.astype(float))) ** 2
    bins = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(power[np.abs(bins - hz) < 15].sum() / max(power.sum(), 1.0))


async def test_acd_57_a_killed_switch_leaves_a_file_that_can_be_heard(
    call: Call, tmp_path: Path
) -> None:
    """https://github.com/asterisk/asterisk/issues/455"""
    began = now()
    for _ in range(3):
        await call.they_hear_each_other()
    raw, pid = raw_of(call), call.process.pid
    assert pid is not None
    # Given a folder that only the switch and we may look into: what lies there is not sealed yet
    assert stat.S_IMODE(raw.parent.stat().st_mode) == 0o700
    # When the switch is killed in the middle of the conversation
    os.kill(pid, signal.SIGKILL)
    killed = now()
    # Then what it wrote is a recording: sealed, opened again, played as WAV
    size = raw.stat().st_size
    lost_ms = (killed - began) - size / BYTES_PER_MS
    assert lost_ms < 1_500
    kept = cut(size, began=Instant(0), connected=Instant(0), ended=Instant(size // BYTES_PER_MS))
    made = sealing.seal(sound.wav(raw, kept), sound.wav_size(kept), tmp_path / "sealed")
    file = sealing.SealedFile(tmp_path / "sealed" / sealing.path_of(made.name), made.key)
    with wave.open(io.BytesIO(b"".join(file.read()))) as heard:
        assert heard.getnchannels() == 2
        frames = np.frombuffer(heard.readframes(heard.getnframes()), dtype="<i2").reshape(-1, 2)
    assert len(frames) > 1.5 * RATE
    # And each side is in its own channel
    last = frames[-RATE:]
    assert share_of(last[:, 0], CUSTOMER_HZ) > 0.8
    assert share_of(last[:, 1], AGENT_HZ) > 0.8
    await call.board.expect(SwitchRestarted, count=2, within_s=20)
    await call.calls[call.contact].hang_up()


async def test_while_digits_are_secret_not_even_their_tones_are_in_the_file(call: Call) -> None:
    await call.they_hear_each_other()
    contact = call.board.engine.state.contacts[call.contact]
    request = RequestId("r1")
    caller = call.calls[call.contact]
    # Given a caller whose telephone sends keys as sound, and a step that keeps them secret
    call.channel.perform(HideDigits(contact=call.contact, leg=contact.leg, request=request))
    await call.they_hear_each_other()
    # When the key's tone is heard for a while, and keys are pressed as events as well
    caller.say(Tone(KEY_5_HZ[0]), again=True)
    caller.press("5")
    await call.agent.wait_for_audible(1)
    caller.say(Tone(KEY_5_HZ[1]), again=True)
    await call.agent.wait_for_audible(1)
    caller.say(Tone(CUSTOMER_HZ), again=True)
    await call.agent.wait_for_audible(1)
    call.channel.perform(ShowDigits(contact=call.contact, leg=contact.leg, request=request))
    await call.they_hear_each_other()
    raw = raw_of(call)
    call.board.say(HangUpAsked(at=now(), agent=ANNA, contact=call.contact))
    await call.caller_is_gone(call.contact)
    # Then the file has silence there, and neither tone anywhere
    heard = loud(await closed(raw, call.process.pid))
    assert heard.count(False) >= 25
    samples = np.frombuffer(raw.read_bytes(), dtype="<i2").reshape(-1, 2)
    for start in range(0, len(samples) - RATE // 4, RATE // 4):
        stretch = samples[start : start + RATE // 4]
        for channel in (0, 1):
            if np.abs(stretch[:, channel]).max() < 100:
                continue
            assert all(share_of(stretch[:, channel], hz) < 0.2 for hz in KEY_5_HZ)
    assert not call.board.all(RecordingProblem)


async def test_at_the_end_of_each_leg_it_is_told_how_well_it_was_heard(call: Call) -> None:
    for _ in range(2):
        await call.they_hear_each_other()
    contact = call.board.engine.state.contacts[call.contact]
    legs = {contact.leg, contact.agent_leg}
    call.board.say(HangUpAsked(at=now(), agent=ANNA, contact=call.contact))
    await call.caller_is_gone(call.contact)
    await call.board.expect(LegQualityMeasured, count=2, is_last=True)
    told = [one for one in call.board.journal if isinstance(one, LegQualityTold)]
    assert {one.leg for one in told} == legs
    for one in told:
        assert one.is_last
        assert not one.is_bad
        assert one.packets > 90
        assert one.mos > 4.2
        assert one.loss < 0.02
        assert one.jitter_ms < 50


async def test_a_leg_is_looked_at_while_it_lasts(call: Call) -> None:
    await call.they_hear_each_other()
    contact = call.board.engine.state.contacts[call.contact]
    await call.channel._quality.look(contact.leg)
    now_and_then = await call.board.expect(LegQualityMeasured, leg=contact.leg)
    assert not now_and_then.is_last
    assert now_and_then.packets > 40


async def test_a_leg_that_loses_packets_is_an_alarm(call: Call) -> None:
    contact = call.board.engine.state.contacts[call.contact]
    # When every fifth packet of the customer is lost on the way
    call.calls[call.contact].lose(5)
    await call.counts_lost(contact.leg, 0.05)
    await call.channel._quality.look(contact.leg)
    # Then it is an alarm at once, and known of the contact
    told = await call.board.fact(LegQualityTold)
    assert (told.leg, told.is_bad, told.is_last) == (contact.leg, True, False)
    assert 0.05 < told.loss < 0.25
    assert told.mos < 3.6
    assert call.board.engine.state.bad_legs == {contact.leg: call.contact}
