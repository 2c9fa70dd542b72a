"""What every telephone channel keeps when we call: an agent, or the dialler."""

import pytest

from lianxi.channels.fake.flow_work import Reaching
from lianxi.channels.fake.world import Habit
from lianxi.engine.messages import calling as k
from lianxi.engine.messages import commands as c
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.campaigns import DialProgress
from lianxi.engine.messages.dialing import CallProgress, DialNumber, DropDial
from lianxi.engine.messages.pausing import START_FAILED
from lianxi.engine.messages.recordings import StartRecording
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, DialId, LegId, TrunkId
from lianxi.kernel.time import Millis
from tests.channels.contract import desk, until_seen
from tests.channels.stage import DIALLED, Stage

NUMBER = "13900139000"
OWN = LegId("leg-k1")
CONTACT = ContactId("out-c1")
THERE, THERE_AGAIN = LegId("to-out-c1"), LegId("to-out-c1.2")
INSIDE, INSIDE_LEG = ContactId("int-c2"), LegId("to-int-c2")
DIAL, DIALS, DIALLED_LEG = DialId("d1"), ContactId("out-d1"), LegId("to-out-d1")


def ring_own(stage: Stage, contact: ContactId = CONTACT) -> None:
    stage.channel.perform(
        c.RingAgent(
            contact=contact,
            customer_leg=LegId(""),
            agent=stage.desk.agent,
            endpoint=stage.desk.endpoint,
            leg=OWN,
            offer=None,
            caller=NUMBER,
            caller_name="",
            ring=Millis(10_000),
        )
    )


def dial_out(stage: Stage, leg: LegId = THERE, contact: ContactId = CONTACT) -> None:
    stage.channel.perform(
        k.DialOut(
            contact=contact,
            agent_leg=OWN,
            leg=leg,
            number=NUMBER,
            trunk=TrunkId(""),
            caller=DIALLED,
            ring=Millis(10_000),
        )
    )


def dial(stage: Stage) -> None:
    stage.channel.perform(
        DialNumber(
            dial=DIAL,
            contact=DIALS,
            leg=DIALLED_LEG,
            number=NUMBER,
            caller_number=DIALLED,
            ring=Millis(10_000),
        )
    )


async def own_device(stage: Stage) -> None:
    """The agent's device is there and listens."""
    await desk(stage, Habit.ANSWERS)
    ring_own(stage)
    await stage.ear.expect(i.LegAnswered, leg=OWN)


async def over(stage: Stage) -> None:
    """Nothing of the call is left."""
    stage.channel.perform(c.CloseContact(contact=CONTACT, leg=THERE))
    stage.channel.perform(c.DropLeg(leg=OWN))
    await until_seen(stage, lambda seen: not seen.legs and "br-out-c1" not in seen.bridges)


class CallContract:
    """Calls out."""

    async def test_who_is_called_is_with_the_agent_before_the_answer(self, stage: Stage) -> None:
        """What the network plays is heard: both stand in the bridge while it rings."""
        await stage.outside_will(Reaching.RINGS)
        await own_device(stage)
        dial_out(stage)
        await stage.ear.expect(i.LegRinging, leg=THERE)
        seen = await stage.channel.belief()
        there = seen.legs[THERE]
        assert (there.role, there.contact, there.up) == (LegRole.CUSTOMER, CONTACT, False)
        assert there.arrival is None
        assert seen.bridges["br-out-c1"] == {OWN, THERE}
        await stage.customer_answers(THERE)
        await stage.ear.expect(i.LegAnswered, leg=THERE)
        stage.channel.perform(c.JoinLegs(contact=CONTACT, customer_leg=THERE, leg=OWN))
        await stage.ear.expect(i.LegJoined, contact=CONTACT, leg=OWN)
        await stage.party_hangs_up(THERE)
        gone = await stage.ear.expect(i.ContactGone, contact=CONTACT)
        assert gone.cause is LegCause.NORMAL
        assert not stage.ear.all(i.LegEnded, leg=THERE)
        await over(stage)

    async def test_somebody_outside_is_busy(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.BUSY)
        await own_device(stage)
        dial_out(stage)
        told = await stage.ear.expect(i.LegEnded, leg=THERE)
        assert told.cause is LegCause.BUSY
        assert not stage.ear.all(i.ContactGone)
        await over(stage)

    async def test_a_call_out_is_recorded_from_the_answer_on(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.ANSWERS)
        await own_device(stage)
        dial_out(stage)
        await stage.ear.expect(i.LegAnswered, leg=THERE)
        stage.channel.perform(StartRecording(contact=CONTACT, leg=THERE, recording=f"{THERE}.raw"))
        await stage.is_recorded(THERE)
        # Asked once more, as after a start, it goes on
        stage.channel.perform(StartRecording(contact=CONTACT, leg=THERE, recording=f"{THERE}.raw"))
        # Pausing it is as with a caller, and a leg that is gone is told
        stage.channel.perform(c.PauseRecording(contact=CONTACT, leg=THERE))
        gone = LegId("to-out-c9")
        stage.channel.perform(StartRecording(contact=CONTACT, leg=gone, recording="no.raw"))
        await stage.ear.expect(i.RecordingProblem, contact=CONTACT, code=START_FAILED)
        assert len(stage.ear.all(i.RecordingProblem)) == 1
        await over(stage)

    async def test_a_call_out_that_is_handed_on_begins_to_be_recorded_in_the_line(
        self, stage: Stage
    ) -> None:
        await stage.outside_will(Reaching.ANSWERS)
        await own_device(stage)
        dial_out(stage, THERE_AGAIN)
        await stage.ear.expect(i.LegAnswered, leg=THERE_AGAIN)
        leg = THERE_AGAIN
        stage.channel.perform(c.JoinLegs(contact=CONTACT, customer_leg=leg, leg=OWN))
        await stage.ear.expect(i.LegJoined, contact=CONTACT, leg=OWN)
        # When its agent is through, and who was called hears music
        stage.channel.perform(StartRecording(contact=CONTACT, leg=leg, recording=f"{leg}.raw"))
        stage.channel.perform(c.DropLeg(leg=OWN))
        stage.channel.perform(c.HoldCustomer(contact=CONTACT, leg=leg))
        await stage.ear.expect(i.LegEnded, leg=OWN)
        await until_seen(stage, lambda seen: seen.legs[leg].bridge is None)
        # Then that is recorded as well
        await stage.is_recorded(leg)
        stage.channel.perform(c.CloseContact(contact=CONTACT, leg=leg))
        await stage.ear.expect(i.ContactGone, contact=CONTACT)
        assert not stage.ear.all(i.RecordingProblem)

    async def test_a_carrier_that_does_not_take_it_is_told_apart_and_another_tried(
        self, stage: Stage
    ) -> None:
        await stage.outside_will(Reaching.CARRIER_FAILS)
        await own_device(stage)
        dial_out(stage)
        told = await stage.ear.expect(i.LegEnded, leg=THERE)
        assert told.cause is LegCause.TRUNK_FAILED
        # The next try has a leg of its own, of the same contact
        await stage.outside_will(Reaching.ANSWERS)
        dial_out(stage, THERE_AGAIN)
        await stage.ear.expect(i.LegAnswered, leg=THERE_AGAIN)
        stage.channel.perform(c.JoinLegs(contact=CONTACT, customer_leg=THERE_AGAIN, leg=OWN))
        await stage.ear.expect(i.LegJoined, contact=CONTACT, leg=OWN)
        await stage.party_hangs_up(THERE_AGAIN)
        await stage.ear.expect(i.ContactGone, contact=CONTACT)
        await over(stage)

    async def test_a_carrier_that_does_not_take_a_dial_is_told_apart(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.CARRIER_FAILS)
        dial(stage)
        await stage.ear.expect(CallProgress, dial=DIAL, progress=DialProgress.TRUNK_FAILED)

    async def test_the_agent_thinks_better_of_it_while_it_rings(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.RINGS)
        await own_device(stage)
        dial_out(stage)
        await stage.ear.expect(i.LegRinging, leg=THERE)
        await over(stage)
        await stage.nobody_rings_outside()

    async def test_a_colleague_is_called_and_joined(self, stage: Stage) -> None:
        """The device of this stage is both: it answers its own ring, and then itself."""
        await desk(stage, Habit.ANSWERS)
        ring_own(stage, INSIDE)
        await stage.ear.expect(i.LegAnswered, leg=OWN)
        stage.channel.perform(
            c.RingAgent(
                contact=INSIDE,
                customer_leg=OWN,
                agent=stage.desk.agent,
                endpoint=stage.desk.endpoint,
                leg=INSIDE_LEG,
                offer=None,
                caller="8002",
                caller_name="8002",
                ring=Millis(10_000),
                is_party=True,
            )
        )
        await stage.ear.expect(i.LegAnswered, leg=INSIDE_LEG)
        stage.channel.perform(c.JoinLegs(contact=INSIDE, customer_leg=INSIDE_LEG, leg=OWN))
        await stage.ear.expect(i.LegJoined, contact=INSIDE, leg=OWN)
        stage.channel.perform(c.CloseContact(contact=INSIDE, leg=INSIDE_LEG))
        await stage.ear.expect(i.LegEnded, leg=INSIDE_LEG)
        stage.channel.perform(c.DropLeg(leg=OWN))
        await stage.ear.expect(i.LegEnded, leg=OWN)

    async def test_a_dial_rings_and_is_answered_by_a_customer(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.RINGS)
        dial(stage)
        await stage.ear.expect(CallProgress, dial=DIAL, progress=DialProgress.RINGING)
        await stage.customer_answers(DIALLED_LEG)
        await stage.ear.expect(CallProgress, dial=DIAL, progress=DialProgress.ANSWERED)
        seen = (await stage.channel.belief()).legs[DIALLED_LEG]
        assert (seen.contact, seen.up, seen.arrival) == (DIALS, True, None)
        await stage.party_hangs_up(DIALLED_LEG)
        await stage.ear.expect(i.ContactGone, contact=DIALS)

    async def test_a_dial_is_busy(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.BUSY)
        dial(stage)
        await stage.ear.expect(CallProgress, dial=DIAL, progress=DialProgress.BUSY)

    async def test_a_dial_is_dropped_while_it_rings(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.RINGS)
        dial(stage)
        await stage.ear.expect(CallProgress, dial=DIAL, progress=DialProgress.RINGING)
        stage.channel.perform(DropDial(dial=DIAL, leg=DIALLED_LEG))
        await until_seen(stage, lambda seen: not seen.legs)
        await stage.nobody_rings_outside()

    @pytest.mark.parametrize("is_answered", [False, True])
    async def test_an_end_that_nobody_heard_is_told_at_the_next_connection(
        self, stage: Stage, is_answered: bool
    ) -> None:
        await stage.outside_will(Reaching.ANSWERS if is_answered else Reaching.RINGS)
        await own_device(stage)
        dial_out(stage)
        await stage.ear.expect(i.LegAnswered if is_answered else i.LegRinging, leg=THERE)

        async def hang_up() -> None:
            if is_answered:
                await stage.party_hangs_up(THERE)
            else:
                await stage.customer_refuses(THERE)

        await stage.while_away(hang_up)
        await stage.ear.expect(i.ContactGone, contact=CONTACT, cause=LegCause.GONE)
        await over(stage)
