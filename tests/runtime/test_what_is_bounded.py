"""Why nobody inside has to wait for somebody else's announcement when a Driver is behind: what
those inside still cause does not pile up while it is."""

import asyncio

import msgspec
import pytest

from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.quality import Quality
from lianxi.channels.asterisk.session import Answer, Asking, Body
from lianxi.channels.asterisk.wire import ChannelView, Said
from lianxi.engine.messages.events import PositionAnnounced
from lianxi.engine.messages.inputs import Tick
from lianxi.kernel.time import Instant
from tests.builders.centre import Centre, at

pytestmark = pytest.mark.unit


def test_a_driver_that_is_late_owes_nobody_the_announcements_it_missed() -> None:
    centre = Centre()
    for number in range(3):
        centre.calls(f"c{number}")
    # Given a place that is told every thirty seconds, and a clock that was not looked at for ten
    # minutes
    events = centre.say(Tick(at=at(600)))
    # Then each caller hears it once, and the next time is counted from now
    told = [event for event in events if isinstance(event, PositionAnnounced)]
    assert [(one.contact, one.next_at) for one in told] == [
        ("c0", at(630)),
        ("c1", at(630)),
        ("c2", at(630)),
    ]


class Slow(Asking):
    """A switch that answers when it is let."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.under_way = 0
        self.most = 0
        self.may = asyncio.Semaphore(0)
        self.begun = asyncio.Event()

    async def call(self, method: str, path: str, *, body: Body | None = None) -> str:
        raise AssertionError("nothing is changed")

    async def get(self, path: str, kind: type[Answer]) -> Answer:
        self.asked.append(path)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.begun.set()
        await self.may.acquire()
        self.under_way -= 1
        return msgspec.convert({}, kind)


async def test_legs_are_asked_about_one_after_the_other_however_slow_the_switch_is() -> None:
    switch = Slow()
    quality = Quality(switch, Lines(), lambda given: None, now=lambda: Instant(0), every_s=0.001)
    for number in range(3):
        channel = ChannelView(id=f"1.{number}", channelvars={"LX_ROLE": "customer"})
        quality.hear(Said(type="StasisStart", channel=channel))
    watching = asyncio.create_task(quality.watch())
    # When the answers take longer than the rounds are apart
    async with asyncio.timeout(10):
        for done in range(3):
            await switch.begun.wait()
            switch.begun.clear()
            await asyncio.sleep(0.005)  # pace: several rounds would have begun
            assert len(switch.asked) == done + 1
            switch.may.release()
    # Then there is never a second question under way
    assert switch.most == 1
    watching.cancel()
