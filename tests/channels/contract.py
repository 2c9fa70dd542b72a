"""What every telephone channel keeps. One suite of sentences, played on both switches."""

import asyncio
from collections.abc import Callable

from lianxi.channels.fake.world import Habit
from lianxi.engine.messages import commands as c
from lianxi.engine.messages import flow_commands as fc
from lianxi.engine.messages import flowing as f
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId, OfferId, PlaybackId, PromptName, RequestId
from lianxi.kernel.time import Millis
from tests.channels.stage import CALLER, CALLER_NAME, DIALLED, WITHIN_S, Stage

LEG = LegId("leg-1")
AGAIN = LegId("leg-2")
OFFER = OfferId("offer-1")
SHORT = PromptName("digits_1")
LONG = PromptName("main_menu")


def customer_leg(stage: Stage, contact: ContactId) -> LegId:
    return stage.ear.all(i.ContactArrived, contact=contact)[0].leg


async def answered_caller(stage: Stage) -> tuple[ContactId, LegId]:
    contact = await stage.caller_arrives()
    leg = customer_leg(stage, contact)
    stage.channel.perform(c.AnswerCustomer(contact=contact, leg=leg))
    return contact, leg


def ring(stage: Stage, contact: ContactId, leg: LegId = LEG, offer: OfferId | None = OFFER) -> None:
    stage.channel.perform(
        c.RingAgent(
            contact=contact,
            customer_leg=customer_leg(stage, contact),
            agent=stage.desk.agent,
            endpoint=stage.desk.endpoint,
            leg=leg,
            offer=offer,
            caller=CALLER,
            caller_name=CALLER_NAME,
            ring=Millis(10_000),
        )
    )


async def desk(stage: Stage, habit: Habit = Habit.RINGS) -> None:
    stage.channel.perform(
        c.ProvisionDevice(
            agent=stage.desk.agent, endpoint=stage.desk.endpoint, device=stage.desk.kind
        )
    )
    await stage.ear.expect(i.DeviceChanged, endpoint=stage.desk.endpoint, registered=False)
    await stage.desk_registers(habit)
    await stage.ear.expect(i.DeviceChanged, endpoint=stage.desk.endpoint, registered=True)


async def conversation(stage: Stage) -> tuple[ContactId, LegId]:
    await desk(stage, Habit.ANSWERS)
    contact, leg = await answered_caller(stage)
    ring(stage, contact)
    await stage.ear.expect(i.LegAnswered, leg=LEG)
    stage.channel.perform(c.JoinLegs(contact=contact, customer_leg=leg, leg=LEG))
    await stage.ear.expect(i.LegJoined, contact=contact, leg=LEG)
    return contact, leg


async def until_seen(stage: Stage, is_so: Callable[[Sighting], bool]) -> None:
    """What no input tells (a bridge is gone, the customer is on hold) has to be looked for."""
    deadline = asyncio.get_running_loop().time() + WITHIN_S
    while not is_so(await stage.channel.belief()):
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.02)  # poll: see above


class CallerContract:
    """Callers, prompts, keys."""

    async def test_connecting_tells_the_generation(self, stage: Stage) -> None:
        told = await stage.ear.expect(i.SwitchRestarted)
        assert stage.ear.told[0] == told
        assert told.generation == (await stage.channel.belief()).generation

    async def test_a_caller_who_arrives_is_told_with_number_name_and_recording(
        self, stage: Stage
    ) -> None:
        contact = await stage.caller_arrives()
        told = stage.ear.all(i.ContactArrived)[0]
        assert (told.caller, told.caller_name, told.dialled) == (CALLER, CALLER_NAME, DIALLED)
        assert contact == "c" + told.leg.replace(".", "-")
        assert told.recording == f"{told.leg}.raw"

    async def test_prompts_are_heard_to_their_end(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        playback = PlaybackId("play-1")
        stage.channel.perform(
            c.PlayPrompts(contact=contact, leg=leg, playback=playback, prompts=(SHORT, SHORT))
        )
        await stage.caller_hears_out(contact)
        await stage.ear.expect(i.PlaybackEnded, contact=contact, playback=playback, failed=False)

    async def test_a_prompt_without_a_file_counts_as_failed_and_the_rest_is_heard(
        self, stage: Stage
    ) -> None:
        contact, leg = await answered_caller(stage)
        for playback, prompts in (
            (PlaybackId("play-1"), (PromptName("no_such_prompt"),)),
            (PlaybackId("play-2"), (PromptName("no_such_prompt"), SHORT)),
        ):
            stage.channel.perform(
                c.PlayPrompts(contact=contact, leg=leg, playback=playback, prompts=prompts)
            )
            await stage.ear.expect(i.PlaybackEnded, playback=playback, failed=True)

    async def test_prompts_can_be_cut_short(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        playback = PlaybackId("play-1")
        stage.channel.perform(c.StartMusic(contact=contact, leg=leg))
        stage.channel.perform(
            c.PlayPrompts(contact=contact, leg=leg, playback=playback, prompts=(LONG, LONG))
        )
        stage.channel.perform(c.StopPrompts(contact=contact, playback=playback))
        await stage.ear.expect(i.PlaybackEnded, playback=playback, within_s=2)

    async def test_prompts_to_a_caller_who_is_gone_have_failed(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
        playback = PlaybackId("play-1")
        stage.channel.perform(
            c.PlayPrompts(contact=contact, leg=leg, playback=playback, prompts=(SHORT,))
        )
        await stage.ear.expect(i.PlaybackEnded, playback=playback, failed=True)

    async def test_each_key_is_told_once(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        stage.channel.perform(c.StartMusic(contact=contact, leg=leg))
        for digit in "20":
            await stage.caller_presses(contact, digit)
        await stage.ear.expect(i.DigitPressed, contact=contact, digit="0")
        assert [one.digit for one in stage.ear.all(i.DigitPressed)] == ["2", "0"]

    async def test_what_a_channel_cannot_do_for_a_flow_is_declined(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        wanted: list[fc.FindCustomer | fc.AskHttp] = [
            fc.FindCustomer(
                contact=contact, request=RequestId("r1"), number=CALLER, limit=Millis(2_000)
            ),
            fc.AskHttp(
                contact=contact,
                request=RequestId("r2"),
                connector="orders",
                arguments={},
                secrets={},
                limit=Millis(2_000),
            ),
        ]
        for command in wanted:
            stage.channel.perform(command)
            said = await stage.ear.expect(f.RequestFailed, contact=contact, request=command.request)
            assert said.cause == "not_supported"
        # And nobody minds that something is no longer wanted
        stage.channel.perform(fc.CancelRequest(contact=contact, leg=leg, request=RequestId("r2")))

    async def test_the_end_of_a_caller_is_told_once(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
        stage.channel.perform(c.CloseContact(contact=contact, leg=leg))
        second = await stage.caller_arrives()
        assert len(stage.ear.all(i.ContactGone, contact=contact)) == 1
        assert second != contact

    async def test_closing_a_contact_leaves_nothing_of_it(self, stage: Stage) -> None:
        contact, leg = await conversation(stage)
        stage.channel.perform(c.DropLeg(leg=LEG))
        stage.channel.perform(c.CloseContact(contact=contact, leg=leg))
        await stage.caller_is_gone(contact)
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.NORMAL)
        await stage.ear.expect(i.ContactGone, contact=contact)
        await until_seen(stage, lambda seen: not seen.legs and not seen.bridges)

    async def test_a_caller_who_is_not_taken_in_hears_the_apology_and_is_written_down(
        self, stage: Stage
    ) -> None:
        contact = await stage.caller_arrives()
        leg = customer_leg(stage, contact)
        stage.channel.apologise(contact, leg)
        await stage.caller_hears_apology(contact)
        await until_seen(stage, lambda seen: bool(stage.ear.all(i.FallbackSeen)))
        (seen,) = stage.ear.all(i.FallbackSeen)
        assert (seen.contact, seen.dialled, seen.caller) == (contact, DIALLED, CALLER)
        # And nothing else is told of the caller
        assert leg not in (await stage.channel.belief()).legs
        assert not stage.ear.all(i.ContactGone)


class AgentContract:
    """Agents' legs and devices, conversations."""

    async def test_a_ringing_device_is_told_and_shows_no_full_number(self, stage: Stage) -> None:
        await desk(stage)
        contact, _ = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegRinging, leg=LEG)
        assert await stage.desk_shows() == "138****8000"
        assert not stage.ear.all(i.LegAnswered)

    async def test_an_answered_leg_is_joined_with_the_customer(self, stage: Stage) -> None:
        await desk(stage)
        contact, leg = await answered_caller(stage)
        stage.channel.perform(c.StartMusic(contact=contact, leg=leg))
        ring(stage, contact)
        await stage.ear.expect(i.LegRinging, leg=LEG)
        await stage.agent_answers()
        await stage.ear.expect(i.LegAnswered, leg=LEG)
        stage.channel.perform(c.JoinLegs(contact=contact, customer_leg=leg, leg=LEG))
        await stage.ear.expect(i.LegJoined, contact=contact, leg=LEG)
        seen = await stage.channel.belief()
        assert seen.bridges == {f"br-{contact}": frozenset({leg, LEG})}
        assert (seen.legs[leg].role, seen.legs[LEG].role) == (LegRole.CUSTOMER, LegRole.AGENT)
        assert seen.legs[LEG].contact == seen.legs[leg].contact == contact

    async def test_a_caller_gone_while_the_agent_rings_is_told_and_the_leg_can_be_dropped(
        self, stage: Stage
    ) -> None:
        await desk(stage)
        contact, _ = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegRinging, leg=LEG)
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
        stage.channel.perform(c.DropLeg(leg=LEG))
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.NORMAL)

    async def test_a_refusing_device_is_told_as_rejected(self, stage: Stage) -> None:
        await desk(stage, Habit.REJECTS)
        contact, _ = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.REJECTED)

    async def test_a_busy_device_is_told_as_busy(self, stage: Stage) -> None:
        await desk(stage, Habit.BUSY)
        contact, _ = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.BUSY)
        assert len(stage.ear.all(i.LegEnded)) == 1

    async def test_a_device_that_is_not_registered_is_unreachable(self, stage: Stage) -> None:
        await desk(stage)
        await stage.desk_unregisters()
        await stage.ear.expect(i.DeviceChanged, registered=False, count=2)
        contact, _ = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.UNREACHABLE)

    async def test_a_retired_device_is_told_as_gone(self, stage: Stage) -> None:
        await desk(stage)
        stage.channel.perform(c.RetireDevice(endpoint=stage.desk.endpoint))
        await stage.ear.expect(i.DeviceChanged, registered=False, count=2)
        contact, _ = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.UNREACHABLE)

    async def test_an_agent_who_hangs_up_ends_the_leg_and_not_the_customer(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)
        await stage.agent_hangs_up()
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.NORMAL)
        assert leg in (await stage.channel.belief()).legs
        assert not stage.ear.all(i.ContactGone, contact=contact)

    async def test_a_restored_leg_is_answered_by_the_device_and_joined_again(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)
        await stage.agent_hangs_up()
        await stage.ear.expect(i.LegEnded, leg=LEG)
        stage.channel.perform(
            c.PlayPrompts(
                contact=contact, leg=leg, playback=PlaybackId("play-1"), prompts=(LONG, LONG)
            )
        )
        ring(stage, contact, AGAIN, None)
        await stage.ear.expect(i.LegAnswered, leg=AGAIN)
        stage.channel.perform(c.JoinLegs(contact=contact, customer_leg=leg, leg=AGAIN))
        await stage.ear.expect(i.LegJoined, contact=contact, leg=AGAIN, within_s=3)

    async def test_joining_with_a_customer_who_is_gone_fails(self, stage: Stage) -> None:
        await desk(stage, Habit.ANSWERS)
        contact, leg = await answered_caller(stage)
        ring(stage, contact)
        await stage.ear.expect(i.LegAnswered, leg=LEG)
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)
        stage.channel.perform(c.JoinLegs(contact=contact, customer_leg=leg, leg=LEG))
        await stage.ear.expect(i.JoinFailed, contact=contact, leg=LEG)


class LossContract:
    """The client or the switch goes away and returns."""

    async def test_a_returning_client_finds_the_conversation_as_it_was(self, stage: Stage) -> None:
        contact, leg = await conversation(stage)
        before = await stage.channel.belief()

        async def nothing() -> None:
            """Time passes."""

        await stage.while_away(nothing)
        assert await stage.channel.belief() == before
        assert before.legs[leg].bridge == f"br-{contact}"
        assert not stage.ear.all(i.ContactGone)
        stage.channel.perform(c.HoldCustomer(contact=contact, leg=leg))
        await stage.caller_hangs_up(contact)
        await stage.ear.expect(i.ContactGone, contact=contact)

    async def test_what_ended_while_the_client_was_away_is_told_when_it_returns(
        self, stage: Stage
    ) -> None:
        contact, _ = await conversation(stage)

        async def both_hang_up() -> None:
            await stage.caller_hangs_up(contact)
            await stage.agent_hangs_up()

        await stage.while_away(both_hang_up)
        await stage.ear.expect(i.ContactGone, contact=contact, cause=LegCause.GONE)
        await stage.ear.expect(i.LegEnded, leg=LEG, cause=LegCause.GONE)
        assert not (await stage.channel.belief()).legs

    async def test_what_was_wanted_while_the_client_was_away_is_done_when_it_returns(
        self, stage: Stage
    ) -> None:
        contact, leg = await conversation(stage)

        async def close() -> None:
            stage.channel.perform(c.DropLeg(leg=LEG))
            stage.channel.perform(c.CloseContact(contact=contact, leg=leg))

        await stage.while_away(close)
        await stage.ear.expect(i.ContactGone, contact=contact)
        await stage.ear.expect(i.LegEnded, leg=LEG)
        await stage.caller_is_gone(contact)

    async def test_a_restarted_switch_is_told_with_a_new_generation_and_devices_return(
        self, stage: Stage
    ) -> None:
        await conversation(stage)
        before = await stage.ear.expect(i.SwitchRestarted)
        devices = len(stage.ear.all(i.DeviceChanged, registered=True))
        await stage.restart_switch()
        after = await stage.ear.expect(i.SwitchRestarted, count=2)
        assert after.generation != before.generation
        await stage.desk_registers(Habit.ANSWERS)
        await stage.ear.expect(i.DeviceChanged, registered=True, count=devices + 1)
        contact, leg = await answered_caller(stage)
        ring(stage, contact, AGAIN)
        await stage.ear.expect(i.LegAnswered, leg=AGAIN)
        stage.channel.perform(c.JoinLegs(contact=contact, customer_leg=leg, leg=AGAIN))
        await stage.ear.expect(i.LegJoined, contact=contact, leg=AGAIN)

    async def test_a_call_that_nobody_could_take_is_told_once(self, stage: Stage) -> None:
        async def call() -> None:
            await stage.caller_is_refused()

        await stage.while_away(call)
        seen = await stage.ear.expect(i.FallbackSeen)
        assert (seen.dialled, seen.caller) == (DIALLED, CALLER)

        async def nothing() -> None:
            """Time passes."""

        await stage.while_away(nothing)
        assert len(stage.ear.all(i.FallbackSeen)) == 1
