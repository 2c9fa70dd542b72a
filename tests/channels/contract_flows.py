"""What every telephone channel keeps that works for flows: messages, secret digits, callers handed
on to a number outside."""

from lianxi.channels.fake.flow_work import Reaching
from lianxi.engine.messages import flow_commands as fc
from lianxi.engine.messages import flowing as f
from lianxi.engine.messages import inputs as i
from lianxi.kernel.ids import ContactId, LegId, RequestId
from lianxi.kernel.time import Millis
from tests.channels.contract import answered_caller
from tests.channels.stage import CALLER, Stage

FIRST, SECOND = RequestId("r1"), RequestId("r2")


def record(
    stage: Stage, contact: ContactId, leg: LegId, *, key: str = "#", longest: int = 60_000
) -> None:
    stage.channel.perform(
        fc.RecordVoicemail(
            contact=contact,
            leg=leg,
            request=FIRST,
            longest=Millis(longest),
            silence=Millis(5_000),
            key=key,
        )
    )


def call_out(stage: Stage, contact: ContactId, leg: LegId) -> None:
    stage.channel.perform(
        fc.TransferOut(
            contact=contact,
            leg=leg,
            request=FIRST,
            number="02161234567",
            caller=CALLER,
            ring=Millis(10_000),
        )
    )


class FlowContract:
    """Work for flows."""

    async def test_secret_digits_are_told_as_x_and_stay_at_the_switch(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        # When the digits of a first try are hidden, and those of a second under another id
        for request, digits in ((FIRST, "12"), (SECOND, "34")):
            stage.channel.perform(fc.HideDigits(contact=contact, leg=leg, request=request))
            await stage.at_rest(contact)
            for digit in digits + "#":
                await stage.caller_presses(contact, digit)
            ends = 1 if request == FIRST else 2
            await stage.ear.expect(i.DigitPressed, contact=contact, digit="#", count=ends)
        # Then nobody is told them, and whoever asks by the id has them
        assert [one.digit for one in stage.ear.all(i.DigitPressed)] == ["x", "x", "#"] * 2
        assert stage.secret(contact, FIRST) == "12"
        assert stage.secret(contact, SECOND) == "34"
        # And when it is over keys are told again, and what was kept is still known
        stage.channel.perform(fc.ShowDigits(contact=contact, leg=leg, request=SECOND))
        await stage.at_rest(contact)
        await stage.caller_presses(contact, "5")
        await stage.ear.expect(i.DigitPressed, contact=contact, digit="5")
        assert stage.secret(contact, SECOND) == "34"
        assert not stage.ear.all(f.RequestFailed)
        # But not after the call
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
        assert stage.secret(contact, SECOND) is None

    async def test_a_message_ends_by_its_key(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        for key in ("#", "5"):
            record(stage, contact, leg, key=key)
            await stage.caller_speaks(contact)
            await stage.caller_presses(contact, key)
            done = 1 if key == "#" else 2
            told = await stage.ear.expect(f.VoicemailRecorded, contact=contact, count=done)
            assert (told.request, told.recording) == (FIRST, f"vm-r1.{contact}.wav")
            assert 1_000 <= told.length <= 8_000

    async def test_a_message_of_a_caller_who_hangs_up_is_told_all_the_same(
        self, stage: Stage
    ) -> None:
        contact, leg = await answered_caller(stage)
        record(stage, contact, leg)
        await stage.caller_speaks(contact)
        await stage.caller_hangs_up(contact)
        told = await stage.ear.expect(f.VoicemailRecorded, contact=contact, request=FIRST)
        assert told.length >= 1_000
        await stage.ear.expect(i.ContactGone, contact=contact)

    async def test_a_message_nobody_wants_any_more_is_not_told(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        record(stage, contact, leg)
        await stage.caller_speaks(contact)
        stage.channel.perform(fc.CancelRequest(contact=contact, leg=leg, request=FIRST))
        await stage.at_rest(contact)
        await stage.caller_presses(contact, "#")
        await stage.ear.expect(i.DigitPressed, contact=contact, digit="#")
        assert not stage.ear.all(f.VoicemailRecorded)

    async def test_a_message_of_a_caller_who_is_gone_has_failed(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
        record(stage, contact, leg)
        await stage.ear.expect(f.RequestFailed, contact=contact, request=FIRST)

    async def test_a_caller_talks_with_somebody_outside_who_then_leaves(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.outside_will(Reaching.ANSWERS)
        call_out(stage, contact, leg)
        await stage.ear.expect(f.TransferOutAnswered, contact=contact, request=FIRST)
        await stage.outside_hangs_up(contact)
        await stage.ear.expect(f.TransferOutEnded, contact=contact, request=FIRST)
        await stage.nobody_is_outside()
        seen = await stage.channel.belief()
        assert seen.legs[leg].bridge is None

    async def test_somebody_outside_who_is_busy_was_not_reached(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.outside_will(Reaching.BUSY)
        call_out(stage, contact, leg)
        told = await stage.ear.expect(f.RequestFailed, contact=contact, request=FIRST)
        assert told.cause == "busy"
        assert not stage.ear.all(f.TransferOutAnswered)

    async def test_who_rings_outside_rings_no_more_when_nobody_wants_it(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.outside_will(Reaching.RINGS)
        call_out(stage, contact, leg)
        await stage.outside_rings(contact)
        stage.channel.perform(fc.CancelRequest(contact=contact, leg=leg, request=FIRST))
        await stage.nobody_is_outside()
        assert not stage.ear.all(f.RequestFailed)
        assert not stage.ear.all(f.TransferOutEnded)

    async def test_nobody_stays_alone_outside(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.outside_will(Reaching.ANSWERS)
        call_out(stage, contact, leg)
        await stage.ear.expect(f.TransferOutAnswered, contact=contact, request=FIRST)
        await stage.caller_hangs_up(contact)
        await stage.nobody_is_outside()
        assert not stage.ear.all(f.TransferOutEnded)
