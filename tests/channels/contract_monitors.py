"""What every telephone channel keeps while a supervisor is in on a conversation."""

from lianxi.engine.messages import commands as c
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.monitoring import (
    CallMonitor,
    EndMonitor,
    MonitorMode,
    TakeOver,
    TuneMonitor,
)
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.kernel.ids import ContactId, Endpoint, LegId, MonitorId
from lianxi.kernel.time import Millis
from tests.channels.contract import LEG, conversation, until_seen
from tests.channels.stage import Stage

MONITOR = MonitorId("m1")
EAR = LegId("leg-m1")


def called(stage: Stage, endpoint: Endpoint) -> CallMonitor:
    return CallMonitor(
        monitor=MONITOR, agent=stage.desk.agent, endpoint=endpoint, leg=EAR, ring=Millis(10_000)
    )


def tuned(contact: ContactId | None, mode: MonitorMode = MonitorMode.LISTEN) -> TuneMonitor:
    agent_leg = LEG if contact is not None else None
    return TuneMonitor(monitor=MONITOR, leg=EAR, contact=contact, agent_leg=agent_leg, mode=mode)


async def in_on_it(stage: Stage) -> tuple[ContactId, LegId]:
    """Customer and agent talk, and a supervisor listens: at the same telephone, for once."""
    contact, leg = await conversation(stage)
    stage.channel.perform(called(stage, stage.desk.endpoint))
    await stage.ear.expect(i.LegAnswered, leg=EAR)
    stage.channel.perform(tuned(contact))
    await until_heard(stage, f"mon-{MONITOR}", ears=1)
    return contact, leg


async def until_heard(stage: Stage, bridge: str | None, *, ears: int) -> None:
    """The supervisor stands there, with as many ears at agents' legs; nothing else is left."""

    def is_so(seen: Sighting) -> bool:
        own = seen.legs.get(EAR)
        snoops = [leg for leg in seen.legs.values() if leg.role is LegRole.SNOOP]
        stands = own.bridge if own is not None else None
        is_left = own is None and any(name.startswith("mon-") for name in seen.bridges)
        return stands == bridge and len(snoops) == ears and not is_left

    await until_seen(stage, is_so)


class MonitorContract:
    """Supervisors."""

    async def test_a_supervisor_stands_aside_or_among_them_and_leaves(self, stage: Stage) -> None:
        contact, leg = await in_on_it(stage)
        seen = await stage.channel.belief()
        assert seen.legs[EAR].role is LegRole.MONITOR
        stage.channel.perform(tuned(contact, MonitorMode.BARGE))
        await until_heard(stage, f"br-{contact}", ears=0)
        stage.channel.perform(tuned(contact, MonitorMode.WHISPER))
        stage.channel.perform(tuned(contact, MonitorMode.WHISPER))
        await until_heard(stage, f"mon-{MONITOR}", ears=1)
        stage.channel.perform(EndMonitor(monitor=MONITOR, leg=EAR))
        await stage.ear.expect(i.LegEnded, leg=EAR)
        await until_heard(stage, None, ears=0)
        # And the two never noticed
        seen = await stage.channel.belief()
        assert {seen.legs[leg].bridge, seen.legs[LEG].bridge} == {f"br-{contact}"}
        assert len(stage.ear.all(i.LegEnded)) == 1
        assert len(stage.ear.all(i.LegJoined)) == 1

    async def test_between_two_conversations_there_is_silence(self, stage: Stage) -> None:
        await in_on_it(stage)
        stage.channel.perform(tuned(None))
        await until_heard(stage, f"mon-{MONITOR}", ears=0)
        assert not stage.ear.all(i.LegEnded)

    async def test_the_supervisor_takes_over_a_customer_on_hold(self, stage: Stage) -> None:
        contact, leg = await in_on_it(stage)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        stage.channel.perform(
            TakeOver(monitor=MONITOR, contact=contact, leg=EAR, customer_leg=leg, agent_leg=LEG)
        )
        await stage.ear.expect(i.LegEnded, leg=LEG)
        await until_heard(stage, f"br-{contact}", ears=0)
        await until_seen(stage, lambda seen: seen.legs[leg].bridge == f"br-{contact}")
        # And the contact's end is that of the supervisor's part
        stage.channel.perform(c.CloseContact(contact=contact, leg=leg))
        stage.channel.perform(c.DropLeg(leg=EAR))
        await stage.ear.expect(i.LegEnded, leg=EAR)

    async def test_who_cannot_be_called_is_told_of(self, stage: Stage) -> None:
        stage.channel.perform(called(stage, Endpoint("ag-nobody-1")))
        await stage.ear.expect(i.LegEnded, leg=EAR)

    async def test_an_agents_leg_that_ends_takes_the_ear_with_it(self, stage: Stage) -> None:
        await in_on_it(stage)
        stage.channel.perform(c.DropLeg(leg=LEG))
        await stage.ear.expect(i.LegEnded, leg=LEG)
        await until_heard(stage, f"mon-{MONITOR}", ears=0)
        assert not stage.ear.all(i.LegEnded, leg=EAR)
