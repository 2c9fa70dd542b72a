"""What every telephone channel keeps of faxes, both ways. A page that goes through takes a real
machine half a minute: see `test_fax_asterisk`."""

import pytest

from lianxi.channels.fake.flow_work import Reaching
from lianxi.engine.faxed import Sending
from lianxi.engine.ivr.walk import Mail
from lianxi.engine.messages import commands as c
from lianxi.engine.messages import fax as f
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.state import State
from lianxi.kernel import tiff
from lianxi.kernel.ids import ContactId, FaxId, LegId, QueueId, RequestId, TrunkId
from lianxi.kernel.time import Instant, Millis
from lianxi.runtime.reconciler import Reconciler
from tests.channels.contract import answered_caller, until_seen
from tests.channels.stage import CALLER, Stage

FAX = FaxId("fx9")
LEG = LegId("fax-fx9.1")
REQUEST = RequestId("r1")
DOCUMENT = "out.tif"
ROWS = 600


def a_page() -> bytes:
    """Stripes, most of it white."""
    white, black = bytes(216), b"\0" * 20 + b"\xff" * 20 + b"\0" * 176
    rows = [black if 200 < row < 260 else white for row in range(ROWS)]
    return tiff.written([rows], width=1728, x_dpi=204, y_dpi=98)


def sends(stage: Stage) -> None:
    command = f.SendFax(
        fax=FAX, leg=LEG, document=DOCUMENT, number="02161234567", trunk=TrunkId(""),
        caller=CALLER, ring=Millis(10_000), longest=Millis(60_000),
    )  # fmt: skip
    stage.channel.perform(command)


def receives(stage: Stage, contact: ContactId, leg: LegId) -> None:
    command = f.ReceiveFax(contact=contact, leg=leg, request=REQUEST, longest=Millis(60_000))
    stage.channel.perform(command)


async def rings(stage: Stage) -> None:
    """A machine outside that does not pick up yet."""
    await stage.outside_will(Reaching.RINGS)
    sends(stage)
    await until_seen(stage, lambda seen: LEG in seen.legs)


async def answers(stage: Stage) -> None:
    """A machine outside that picked up, and is being sent to."""
    await rings(stage)
    await stage.machine_answers(LEG)
    await stage.ear.expect(f.FaxSendBegan, fax=FAX, leg=LEG)
    await stage.at_rest(ContactId(LEG))


class FaxContract:
    """Faxes that are sent and received."""

    async def test_a_machine_is_called_and_a_fax_that_breaks_off_is_told(
        self, stage: Stage
    ) -> None:
        await rings(stage)
        seen = (await stage.channel.belief()).legs[LEG]
        assert (seen.role, seen.contact, seen.up) == (LegRole.FAX, ContactId(FAX), False)
        assert not stage.ear.all(f.FaxSendBegan)
        # When the machine picks up, it is there; when it hangs up, nothing was sent
        await stage.machine_answers(LEG)
        await stage.ear.expect(f.FaxSendBegan, fax=FAX, leg=LEG)
        assert (await stage.channel.belief()).legs[LEG].up
        await stage.machine_hangs_up(LEG)
        ended = await stage.ear.expect(f.FaxSendEnded, fax=FAX, leg=LEG)
        assert (ended.is_whole, ended.pages) == (False, 0)
        assert ended.cause
        await until_seen(stage, lambda seen: LEG not in seen.legs)
        assert len(stage.ear.all(f.FaxSendBegan)) == len(stage.ear.all(f.FaxSendEnded)) == 1

    @pytest.mark.parametrize(
        ("do", "cause"), [(Reaching.BUSY, "busy"), (Reaching.CARRIER_FAILS, "trunk_failed")]
    )
    async def test_a_machine_that_is_not_reached_is_told_with_its_cause(
        self, stage: Stage, do: Reaching, cause: str
    ) -> None:
        await stage.outside_will(do)
        sends(stage)
        ended = await stage.ear.expect(f.FaxSendEnded, fax=FAX, leg=LEG)
        assert (ended.cause, ended.pages) == (cause, 0)
        assert not stage.ear.all(f.FaxSendBegan)

    async def test_a_fax_nobody_wants_any_more_is_ended(self, stage: Stage) -> None:
        await answers(stage)
        stage.channel.perform(c.DropLeg(leg=LEG))
        await stage.ear.expect(f.FaxSendEnded, fax=FAX, leg=LEG, is_whole=False)
        await until_seen(stage, lambda seen: LEG not in seen.legs)

    async def test_what_ended_while_nobody_listened_is_told_afterwards(self, stage: Stage) -> None:
        await answers(stage)

        async def hangs_up() -> None:
            await stage.machine_hangs_up(LEG)

        await stage.while_away(hangs_up)
        await stage.ear.expect(f.FaxSendEnded, fax=FAX, leg=LEG, is_whole=False)
        assert LEG not in (await stage.channel.belief()).legs

    async def test_a_caller_whose_machine_hangs_up_has_sent_nothing(self, stage: Stage) -> None:
        contact, leg = await answered_caller(stage)
        receives(stage, contact, leg)
        await stage.at_rest(contact)
        # While it is sent its leg is there, and not gone
        assert (await stage.channel.belief()).legs[leg].role is LegRole.CUSTOMER
        assert not stage.ear.all(i.ContactGone)
        await stage.caller_hangs_up(contact)
        told = await stage.ear.expect(f.FaxReceived, contact=contact, request=REQUEST)
        assert (told.pages, told.is_whole) == (0, False)
        await stage.ear.expect(i.ContactGone, contact=contact)

    async def test_under_faxes_of_both_ways_the_switch_dies(self, stage: Stage) -> None:
        # Given a fax that goes out and one that comes in
        first = (await stage.ear.expect(i.SwitchRestarted)).generation
        await answers(stage)
        contact, leg = await answered_caller(stage)
        receives(stage, contact, leg)
        await stage.at_rest(contact)
        # When the switch dies, and is there again
        await stage.restart_switch()
        again = (await stage.ear.expect(i.SwitchRestarted, count=2)).generation
        # Then two looks at it show that both are over, and why
        state = State()
        state.generation = again
        sent = Sending(
            fax=FAX, contact=ContactId(""), queue=None, number="1", document=DOCUMENT, pages=1
        )
        sent.leg, sent.generation = LEG, first
        state.sendings[FAX] = sent
        state.faxes[REQUEST] = Mail(contact=contact, queue=QueueId("sales"), caller=CALLER)
        reconciler, at = Reconciler(), Instant(60_000)
        reconciler.confirmed(state, await stage.channel.belief(), at)
        found = reconciler.confirmed(state, await stage.channel.belief(), at)
        told = [(type(one.tell), getattr(one.tell, "cause", None)) for one in found]
        assert told == [(f.FaxSendEnded, f.SWITCH_DIED), (f.FaxReceived, "gone")]
