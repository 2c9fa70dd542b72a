"""Scripted phones against each other over loopback: signalling, audio both ways, keys."""

import asyncio
import wave
from array import array
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.digest import Credentials
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step, StepNeverCame
from tests.channels.registrar import QUICK, Registrar, open_registrar

pytestmark = pytest.mark.unit

DESK = Credentials(username="8001", password="an example password")
LOOPBACK = "127.0.0.1"


@pytest.fixture
async def registrar() -> AsyncIterator[Registrar]:
    registrar = await open_registrar(DESK)
    yield registrar
    registrar.close()


@pytest.fixture
async def phone(registrar: Registrar) -> AsyncIterator[ScriptedPhone]:
    phone = ScriptedPhone(registrar.address, DESK.username, DESK.password, timers=QUICK)
    async with phone:
        await phone.wait(Step.REGISTERED)
        yield phone


@pytest.fixture
async def caller() -> AsyncIterator[ScriptedCaller]:
    async with ScriptedCaller(local_host=LOOPBACK, timers=QUICK) as caller:
        yield caller


async def test_both_sides_hear_the_tone_of_the_other(
    caller: ScriptedCaller, phone: ScriptedPhone
) -> None:
    # Given a phone that answers after a moment and plays 880 Hz
    phone.answering = Answering(after_s=0.05, script=Script(say=Tone(880)))
    # When a customer calls and plays 440 Hz
    call = await caller.call(
        "8001", phone.address, caller="13900139000", caller_name="王先生", say=Tone(440)
    )
    offered = await phone.next_call()
    await call.hearing.wait_for_audible(0.3)
    await offered.hearing.wait_for_audible(0.3)
    # Then each hears the other's tone and nothing is lost
    assert call.hearing.tone_share(880, last_s=0.2) > 0.9
    assert call.hearing.tone_share(440, last_s=0.2) < 0.05
    assert offered.hearing.tone_share(440, last_s=0.2) > 0.9
    assert call.hearing.loudness_dbfs(last_s=0.2) == pytest.approx(-16, abs=0.5)
    assert call.counts.lost == offered.counts.lost == 0
    # And the phone was shown who calls
    assert (offered.caller, offered.caller_name) == ("13900139000", "王先生")
    # And hanging up is seen on both sides
    await call.hang_up()
    bye = await offered.wait(Step.BYE)
    assert bye.facts == {"by": "them"}
    assert [one.step for one in call.timeline.happenings] == [
        Step.TRYING,
        Step.RINGING,
        Step.ANSWERED,
        Step.FIRST_PACKET,
        Step.FIRST_AUDIO,
        Step.BYE,
    ]


async def test_keys_arrive_once_each_and_in_order(
    caller: ScriptedCaller, phone: ScriptedPhone
) -> None:
    call = await caller.call("8001", phone.address, press=[("20#", 0.0)])
    offered = await phone.next_call()
    await offered.timeline.wait(Step.KEY, timeout_s=2, count=3)
    await call.hang_up()
    assert offered.keys_heard == "20#"


async def test_a_call_cancelled_while_it_rings_ends_on_both_sides(
    caller: ScriptedCaller, phone: ScriptedPhone
) -> None:
    phone.answering = Answering(after_s=None)
    call = await caller.call("8001", phone.address)
    await call.wait(Step.RINGING)
    offered = await phone.next_call()
    await call.hang_up()
    await offered.wait_for_end()
    cancelled = call.timeline.first(Step.CANCELLED)
    assert cancelled is not None
    assert cancelled.facts["status"] == 487
    assert offered.timeline.first(Step.CANCELLED) is not None
    assert not call.is_answered


async def test_a_busy_phone_refuses(caller: ScriptedCaller, phone: ScriptedPhone) -> None:
    phone.answering = Answering(refuse_with=486)
    call = await caller.call("8001", phone.address)
    refused = await call.wait(Step.REFUSED)
    assert refused.facts["status"] == 486
    assert call.is_over


async def test_a_phone_that_hangs_up_by_script_ends_the_call(
    caller: ScriptedCaller, phone: ScriptedPhone
) -> None:
    phone.answering = Answering(script=Script(hang_up_after_s=0.1))
    call = await caller.call("8001", phone.address)
    bye = await call.wait(Step.BYE)
    assert bye.facts["by"] == "them"
    assert call.timeline.between_s(Step.ANSWERED, Step.BYE) == pytest.approx(0.1, abs=0.08)


async def test_a_recovery_call_is_answered_at_once(
    caller: ScriptedCaller, phone: ScriptedPhone
) -> None:
    phone.answering = Answering(after_s=None)
    call = await caller.call("8001", phone.address, headers={"X-Recover": "1"})
    await call.wait(Step.ANSWERED)


async def test_a_phone_answers_challenges_and_takes_its_registration_away(
    registrar: Registrar,
) -> None:
    phone = ScriptedPhone(registrar.address, DESK.username, DESK.password, timers=QUICK)
    async with phone:
        await phone.wait(Step.REGISTERED)
        assert registrar.challenges == 1
        assert list(registrar.bindings) == ["8001"]
    assert registrar.bindings == {}
    assert phone.timeline.first(Step.UNREGISTERED) is not None


async def test_a_wrong_password_is_refused_and_tried_again(registrar: Registrar) -> None:
    phone = ScriptedPhone(registrar.address, "8001", "wrong", retry_s=0.05, timers=QUICK)
    async with phone:
        failed = await phone.wait(Step.REGISTRATION_FAILED, count=2)
    assert failed.facts["status"] == 401
    assert not phone.is_registered


async def test_a_phone_registers_again_when_its_server_comes_back() -> None:
    first = await open_registrar(DESK)
    port = first.address[1]
    phone = ScriptedPhone(
        first.address, "8001", DESK.password, refresh_s=0.05, retry_s=0.05, timers=QUICK
    )
    async with phone:
        await phone.wait(Step.REGISTERED)
        first.close()
        await phone.wait(Step.REGISTRATION_FAILED)
        again = await open_registrar(DESK, port=port)
        await phone.wait(Step.REGISTERED, count=len(phone.timeline.every(Step.REGISTERED)) + 1)
        assert list(again.bindings) == ["8001"]
    again.close()


async def test_a_challenged_invite_is_signed(registrar: Registrar) -> None:
    async with ScriptedCaller(credentials=DESK, timers=QUICK) as caller:
        call = await caller.call("4001", registrar.address)
        refused = await call.wait(Step.REFUSED)
    assert refused.facts["status"] == 486
    assert registrar.challenges == 1


async def test_a_call_to_a_dead_port_fails_and_says_so(caller: ScriptedCaller) -> None:
    gone = await open_registrar(DESK)
    address = gone.address
    gone.close()
    call = await caller.call("4001", address)
    # 64 x T1 would be 3.2 s here; hanging up does not shorten what nobody answers
    with pytest.raises(StepNeverCame, match="no answered within"):
        await call.wait(Step.ANSWERED, timeout_s=0.2)
    call.vanish()


async def test_what_is_heard_is_recorded_as_wav(
    caller: ScriptedCaller, phone: ScriptedPhone, tmp_path: Path
) -> None:
    # Given a wav file of 0.1 s of a square wave that the phone plays
    played = tmp_path / "played.wav"
    with wave.open(str(played), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(array("h", [8000, 8000, -8000, -8000] * 200).tobytes())
    phone.answering = Answering(script=Script(say=played))
    heard = tmp_path / "heard.wav"
    call = await caller.call("8001", phone.address, record=heard)
    # When it was heard and the call is over
    await call.hearing.wait_for_audible(0.1)
    await call.hang_up()
    # Then the recording holds it
    with wave.open(str(heard)) as recorded:
        assert recorded.getframerate() == 8000
        samples = array("h", recorded.readframes(recorded.getnframes()))
    assert max(samples) == pytest.approx(8000, abs=200)


async def test_keys_no_telephone_has_are_refused_before_the_call(caller: ScriptedCaller) -> None:
    with pytest.raises(ValueError, match="not a telephone key: 'x'"):
        await caller.call("8001", (LOOPBACK, 5060), press=[("x", 0.0)])


async def test_calls_placed_at_the_same_moment_share_one_port(phone: ScriptedPhone) -> None:
    async with ScriptedCaller(timers=QUICK) as caller:
        calls = await asyncio.gather(*(caller.call("8001", phone.address) for _ in range(3)))
        await asyncio.gather(*(call.wait(Step.ANSWERED) for call in calls))
        assert len(caller.calls) == 3
    assert all(call.is_over for call in calls)
