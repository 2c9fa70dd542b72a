"""What every telephone channel keeps about trunks: who finds no channel is turned away."""

from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.trunks import ArrangeTrunks, TurnAway
from tests.channels.stage import Stage


class TrunkContract:
    """Turning away, and trunks that come and go."""

    async def test_a_caller_is_turned_away_unanswered(self, stage: Stage) -> None:
        contact = await stage.caller_arrives()
        leg = stage.ear.all(i.ContactArrived)[-1].leg
        stage.channel.perform(TurnAway(contact=contact, leg=leg))
        stage.channel.perform(TurnAway(contact=contact, leg=leg))  # and again does no harm
        await stage.caller_is_gone(contact)
        assert leg not in (await stage.channel.belief()).legs

    async def test_trunks_that_go_leave_callers_alone(self, stage: Stage) -> None:
        contact = await stage.caller_arrives()
        stage.channel.perform(ArrangeTrunks(trunks=()))
        leg = stage.ear.all(i.ContactArrived)[-1].leg
        assert leg in (await stage.channel.belief()).legs
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
