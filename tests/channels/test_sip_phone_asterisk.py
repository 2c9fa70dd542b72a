"""Scripted phones on the real Asterisk: sound both ways, hold, the apology, a killed server."""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.channels.fake.world import Habit
from lianxi.engine.messages.commands import CloseContact, HoldCustomer, ResumeCustomer
from tests.channels.contract import conversation, customer_leg, desk
from tests.channels.stage import PASSWORD, Stage
from tests.channels.test_asterisk_contract import ANSWERING, AsteriskStage

pytestmark = pytest.mark.asterisk

CUSTOMER_HZ, AGENT_HZ = 440, 880


@pytest.fixture
async def stage(
    asterisk: AsteriskProcess, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsteriskStage]:
    speaking = Answering(script=Script(say=Tone(AGENT_HZ)))
    monkeypatch.setitem(ANSWERING, Habit.ANSWERS, speaking)
    stage = AsteriskStage(asterisk)
    await stage.open()
    yield stage
    await stage.close()


async def test_customer_and_agent_hear_each_other_and_on_hold_only_music(
    stage: AsteriskStage,
) -> None:
    # Given a conversation: the customer says 440 Hz, the agent 880 Hz
    contact, _ = await conversation(cast(Stage, stage))
    call, phone = stage.calls[contact], stage.phone
    assert phone is not None
    offered = phone.calls[-1]
    for heard, own, theirs in (
        (call.hearing, CUSTOMER_HZ, AGENT_HZ),
        (offered.hearing, AGENT_HZ, CUSTOMER_HZ),
    ):
        await heard.wait_for_audible(1.0)
        assert heard.tone_share(theirs) > 0.9
        assert heard.tone_share(own) < 0.05
    # When the agent puts the customer on hold
    leg = customer_leg(cast(Stage, stage), contact)
    stage.channel.perform(HoldCustomer(contact=contact, leg=leg))
    await call.hearing.wait_for_audible(1.0)
    # Then the customer hears something, but not the agent, and the agent hears nothing
    assert call.hearing.tone_share(AGENT_HZ) < 0.3
    before_s = offered.hearing.audible_s
    await call.hearing.wait_for_audible(0.5)
    assert offered.hearing.audible_s - before_s < 0.1
    # And after the hold both hear each other again
    stage.channel.perform(ResumeCustomer(contact=contact, leg=leg))
    await offered.hearing.wait_for_audible(1.0)
    assert offered.hearing.tone_share(CUSTOMER_HZ) > 0.9
    # And the end of the contact ends both calls, with every packet of them counted
    stage.channel.perform(CloseContact(contact=contact, leg=leg))
    await call.wait(Step.BYE)
    assert call.counts.lost == 0
    assert call.counts.sent > 100 < call.counts.received


async def test_a_phone_comes_back_by_itself_after_the_server_was_killed(
    stage: AsteriskStage,
) -> None:
    # Given a phone that looks after its registration every half second
    await desk(cast(Stage, stage))
    assert stage.phone is not None
    await stage.phone.stop()
    phone = ScriptedPhone(stage.server, stage.desk.endpoint, PASSWORD, refresh_s=0.5, retry_s=0.5)
    async with phone:
        await phone.wait(Step.REGISTERED)
        # When Asterisk is killed and comes back without knowing its devices
        await stage.restart_switch()
        seen = len(phone.timeline.every(Step.REGISTERED))
        # Then the phone is registered again before anybody touches it
        await phone.wait(Step.REGISTERED, count=seen + 1, timeout_s=15)


async def test_while_no_switchboard_is_attached_a_caller_hears_the_apology(
    asterisk: AsteriskProcess,
) -> None:
    async with ScriptedCaller() as caller:
        call = await caller.call("4001", ("127.0.0.1", asterisk.instance.sip_port))
        await call.wait_for_end(timeout_s=15)
    bye = call.timeline.first(Step.BYE)
    assert bye is not None
    assert bye.facts["by"] == "them"
    assert call.hearing.audible_s > 2
    assert call.counts.lost == 0
