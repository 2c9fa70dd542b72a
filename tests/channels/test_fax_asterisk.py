"""A document goes out over a trunk of the real switch and comes in again at its own door."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import lianxi
from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.channel import AsteriskChannel, House
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.sounds import Sounds
from lianxi.engine.messages.commands import AnswerCustomer
from lianxi.engine.messages.fax import (
    FaxReceived,
    FaxSendBegan,
    FaxSendEnded,
    ReceiveFax,
    SendFax,
)
from lianxi.engine.messages.inputs import ContactArrived, ContactGone, SwitchRestarted
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.trunks import ArrangeTrunks, Trunk
from lianxi.kernel import tiff
from lianxi.kernel.ids import FaxId, LegId, RequestId, TrunkId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant, Millis
from tests.channels.contract_fax import ROWS, a_page
from tests.channels.stage import Ear
from tests.channels.test_trunks_asterisk import Carrier, nothing
from tests.fixtures.asterisk import ARI_PASSWORD

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(150)]

LOOP = TrunkId("loop")
FAX = FaxId("fx7")
LEG = LegId("fax-fx7.1")
PAGE_MS = Millis(120_000)


async def nobody(_: object) -> None:
    return None


class Looped:
    """A channel at a switch whose only trunk leads to itself."""

    def __init__(self, process: AsteriskProcess) -> None:
        self.process = process
        self.folder = process.instance.recordings
        self.known = Carrier()
        self.begin()

    def begin(self) -> None:
        """A switchboard attaches."""
        self.ear = Ear()
        self.channel = AsteriskChannel(
            Address(port=self.process.instance.ari_port, password=ARI_PASSWORD),
            House(
                now=lambda: Instant(1),
                devices=lambda: [],
                password=nobody,
                caller_name=nothing,
                shown=mask,
                trunks=self.known,
                faxes=self.folder,
            ),
            Sounds((Path(lianxi.__file__).parent / "assets" / "prompts",), "zh"),
            self.process.control,
        )
        self.running = asyncio.create_task(self.channel.run(self.ear.hear))

    async def die(self) -> None:
        """The switchboard is gone in the middle of whatever it did."""
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)

    async def arrange(self, *, t38: bool) -> None:
        """The trunk, once the switch has it."""
        server = f"127.0.0.1:{self.process.instance.sip_port}"
        trunk = Trunk(id=LOOP, name="loop", server=server, t38=t38, check_every=Millis(0))
        self.known.listed = (trunk,)
        self.channel.perform(ArrangeTrunks(trunks=(trunk,)))
        async with asyncio.timeout(20):
            while True:
                if "tk-loop" in await self.process.control.ask("pjsip list endpoints"):
                    return
                await asyncio.sleep(0.02)  # poll: the console announces nothing

    async def begins_to_write(self) -> None:
        """The first line of a page has come."""
        async with asyncio.timeout(30):
            while True:
                if list(self.folder.glob("fx-*.tif")):
                    return
                await asyncio.sleep(0.05)  # poll: the switch tells nothing of it

    async def sends(self) -> ContactArrived:
        """A page, to a number that leads back here; picked up and received."""
        (self.process.instance.faxes / "out.tif").write_bytes(a_page())
        send = SendFax(
            fax=FAX, leg=LEG, document="out.tif", number="4001", trunk=LOOP, caller="075512345678",
            ring=Millis(20_000), longest=PAGE_MS,
        )  # fmt: skip
        self.channel.perform(send)
        arrived = await self.ear.expect(ContactArrived)
        self.channel.perform(AnswerCustomer(contact=arrived.contact, leg=arrived.leg))
        receive = ReceiveFax(
            contact=arrived.contact, leg=arrived.leg, request=RequestId("r1"), longest=PAGE_MS
        )
        self.channel.perform(receive)
        return arrived


@pytest.fixture
async def looped(asterisk: AsteriskProcess) -> AsyncIterator[Looped]:
    found = Looped(asterisk)
    yield found
    await found.die()
    (asterisk.instance.faxes / "out.tif").unlink()


async def test_a_page_goes_out_and_comes_in_though_the_switchboard_died_meanwhile(
    looped: Looped,
) -> None:
    await looped.arrange(t38=True)
    # Given a page on its way, and a switchboard that dies
    arrived = await looped.sends()
    await looped.ear.expect(FaxSendBegan)
    await looped.begins_to_write()
    assert looped.ear.all(ContactGone) == []  # who left us for the dialplan is still there
    await looped.die()
    # When another one attaches, and the machines are through
    looped.begin()
    await looped.ear.expect(SwitchRestarted)
    # Then it sees both legs, though the dialplan has them
    legs = (await looped.channel.belief()).legs
    assert (legs[LEG].role, legs[arrived.leg].role) == (LegRole.FAX, LegRole.CUSTOMER)
    # And it hears of both, and the page is there
    received = await looped.ear.expect(FaxReceived, within_s=100)
    sent = await looped.ear.expect(FaxSendEnded, within_s=10)
    assert (received.contact, received.request) == (arrived.contact, "r1")
    assert (received.pages, received.is_whole, received.station) == (1, True, "075512345678")
    assert (sent.fax, sent.leg, sent.pages, sent.is_whole) == (FAX, LEG, 1, True)
    assert (received.mode, sent.mode) == ("t38", "t38")
    (page,) = tiff.pages((looped.folder / received.document).read_bytes())
    assert (page.width, page.height) == (1728, ROWS)
    # And nothing is told twice: what was told is taken off the switch's list, a moment later
    async with asyncio.timeout(10):
        while "0 results" not in await looped.process.control.ask("database show lianxi-fax"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # poll: the console announces nothing
