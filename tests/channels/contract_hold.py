"""What every telephone channel keeps of a hold, of a paused recording, and tells of the sound."""

from lianxi.engine.messages import commands as c
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.pausing import PAUSE_FAILED
from lianxi.engine.messages.recordings import LegQualityMeasured
from lianxi.kernel.ids import LegId
from tests.channels.contract import AGAIN, LEG, conversation, until_seen
from tests.channels.stage import Stage


class HoldContract:
    """Hold, the alarm, the recording."""

    async def test_hold_takes_the_customer_out_and_resume_brings_it_back(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        stage.channel.perform(c.ResumeCustomer(contact=contact, leg=leg))
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        await until_seen(stage, lambda seen: seen.legs[leg].bridge is None)
        stage.channel.perform(c.ResumeCustomer(contact=contact, leg=leg))
        await until_seen(stage, lambda seen: seen.legs[leg].bridge == f"br-{contact}")
        assert len(stage.ear.all(i.LegJoined)) == 1

    async def test_an_agent_is_alerted_on_hold_and_nothing_is_told(self, stage: Stage) -> None:
        contact, leg = await conversation(stage)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        stage.channel.perform(c.AlertAgent(contact=contact, leg=LEG))
        await stage.agent_is_alerted()
        # And whose leg is gone hears nothing, and nobody minds
        stage.channel.perform(c.AlertAgent(contact=contact, leg=AGAIN))
        await stage.agent_hangs_up()
        await stage.ear.expect(i.LegEnded, leg=LEG)
        assert not stage.ear.all(i.PlaybackEnded)

    async def test_an_agent_is_alerted_as_the_customer_comes_back(self, stage: Stage) -> None:
        contact, leg = await conversation(stage)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        await until_seen(stage, lambda seen: seen.legs[leg].bridge is None)
        stage.channel.perform(c.AlertAgent(contact=contact, leg=LEG))
        stage.channel.perform(c.ResumeCustomer(contact=contact, leg=leg))
        await stage.agent_is_alerted()
        await until_seen(stage, lambda seen: seen.legs[leg].bridge == f"br-{contact}")

    async def test_a_telephones_own_hold_key_is_told_and_nothing_else_changes(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)
        await stage.agent_presses_hold(held=True)
        await stage.ear.expect(LegHoldTold, leg=LEG, held=True)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        await until_seen(stage, lambda seen: seen.legs[leg].bridge is None)
        await stage.agent_presses_hold(held=False)
        await stage.ear.expect(LegHoldTold, leg=LEG, held=False)
        stage.channel.perform(c.ResumeCustomer(contact=contact, leg=leg))
        await until_seen(stage, lambda seen: seen.legs[leg].bridge == f"br-{contact}")
        assert len(stage.ear.all(LegHoldTold)) == 2
        assert not stage.ear.all(i.LegEnded)

    async def test_a_hold_key_pressed_while_nobody_listened_is_told_afterwards(
        self, stage: Stage
    ) -> None:
        await conversation(stage)

        async def press() -> None:
            await stage.agent_presses_hold(held=True)

        await stage.while_away(press)
        await stage.ear.expect(LegHoldTold, leg=LEG, held=True)

    async def test_a_hold_that_ended_at_the_telephone_while_nobody_listened_is_told_afterwards(
        self, stage: Stage
    ) -> None:
        # Given a customer whom the agent's telephone holds, as is known
        contact, leg = await conversation(stage)
        await stage.agent_presses_hold(held=True)
        await stage.ear.expect(LegHoldTold, leg=LEG, held=True)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        await until_seen(stage, lambda seen: seen.legs[leg].bridge is None)

        async def take_back() -> None:
            await stage.agent_presses_hold(held=False)

        # When its key ends that while nobody listens, then the one press is enough
        await stage.while_away(take_back)
        await stage.ear.expect(LegHoldTold, leg=LEG, held=False)
        # And what has not changed is no news, however often it is said
        assert [one.held for one in stage.ear.all(LegHoldTold)] == [True, False]

    async def test_how_well_a_leg_is_heard_is_told_while_it_lasts_and_at_its_end(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)
        await stage.caller_is_heard_badly(contact)
        told = stage.ear.all(LegQualityMeasured, contact=contact, leg=leg, is_last=False)[-1]
        assert 0.1 < told.loss < 0.3, told
        assert told.packets
        await stage.caller_hangs_up(contact)
        last = await stage.ear.expect(LegQualityMeasured, contact=contact, leg=leg, is_last=True)
        assert last.loss > 0.01

    async def test_a_recording_is_paused_and_goes_on_and_what_cannot_be_is_told(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)
        stage.channel.perform(c.PauseRecording(contact=contact, leg=leg))
        stage.channel.perform(c.ResumeRecording(contact=contact, leg=leg))
        stage.channel.perform(c.PauseRecording(contact=contact, leg=LegId("1.1")))
        told = await stage.ear.expect(i.RecordingProblem, contact=contact)
        assert told.code == PAUSE_FAILED
        assert len(stage.ear.all(i.RecordingProblem)) == 1
