"""SIPp's customers against a scripted phone and the real Asterisk."""

import asyncio

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.drills.sipp import Customers
from lianxi.engine.messages.commands import AnswerCustomer
from lianxi.engine.messages.inputs import ContactArrived, ContactGone, DigitPressed
from tests.channels.test_asterisk_contract import AsteriskStage
from tests.fixtures.sipp import Sipp

pytestmark = pytest.mark.asterisk


async def test_keys_and_voice_arrive_at_a_phone(sipp: Sipp) -> None:
    # Given a phone that answers anybody (it need not be registered for that)
    phone = ScriptedPhone(
        ("127.0.0.1", 9), "8001", "unused", answering=Answering(script=Script(say=Tone(880)))
    )
    async with phone:
        # When a customer of SIPp calls it, presses 2 and twice 0, and hangs up
        customer = Customers(press=(("2", 500), ("0", 500), ("0", 300)), hang_up_after_ms=1_000)
        running = asyncio.create_task(sipp(customer, phone.address))
        call = await phone.next_call()
        await call.wait(Step.BYE)
        statistics = await running
    # Then the phone heard voice and keys, and SIPp is content
    assert (statistics.created, statistics.successful, statistics.failed) == (1, 1, 0)
    assert call.keys_heard == "200"
    assert call.caller == "13800138000"
    assert call.hearing.audible_s > 1


async def test_a_customer_who_is_hung_up_on_is_no_failure(sipp: Sipp) -> None:
    phone = ScriptedPhone(
        ("127.0.0.1", 9), "8001", "unused", answering=Answering(script=Script(hang_up_after_s=0.3))
    )
    async with phone:
        statistics = await sipp(Customers(calls=3, hang_up_after_ms=20_000), phone.address)
    assert (statistics.successful, statistics.failed) == (3, 0)


async def test_twenty_callers_without_a_switchboard_all_hear_the_apology(
    sipp: Sipp, asterisk: AsteriskProcess
) -> None:
    crowd = Customers(calls=20, per_second=10, hang_up_after_ms=30_000)
    statistics = await sipp(crowd, ("127.0.0.1", asterisk.instance.sip_port))
    assert (statistics.successful, statistics.failed) == (20, 0), statistics.errors


async def test_a_long_call_with_a_key_is_heard_by_the_switchboard_to_its_end(
    sipp: Sipp, asterisk: AsteriskProcess
) -> None:
    # Given a switchboard that answers whoever calls
    stage = AsteriskStage(asterisk)
    await stage.open()
    # When a customer presses 2 and talks for longer than the sample lasts
    customer = Customers(press=(("2", 1_000),), hang_up_after_ms=6_500)
    running = asyncio.create_task(sipp(customer, stage.server))
    arrived = await stage.ear.expect(ContactArrived)
    stage.channel.perform(AnswerCustomer(contact=arrived.contact, leg=arrived.leg))
    # Then the key is heard once, and the end of the call is the customer's
    await stage.ear.expect(DigitPressed, contact=arrived.contact, digit="2")
    await stage.ear.expect(ContactGone, contact=arrived.contact, within_s=15)
    assert len(stage.ear.all(DigitPressed)) == 1
    statistics = await running
    assert (statistics.successful, statistics.failed) == (1, 0), statistics.errors
    assert statistics.answered_after_ms < 1_000
    await stage.close()
