"""More to do than can be done: who is inside is served in order, who is not in yet is told so."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from lianxi.engine.messages.agent_inputs import HangUpAsked
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    FallbackCounted,
    RoutingChanged,
)
from lianxi.engine.messages.inputs import RoutingPublished, Tick
from lianxi.engine.messages.sighting import Sighting
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis
from lianxi.runtime import mending
from lianxi.runtime.lateness import LATE, LATE_S, Gate
from lianxi.runtime.mending import reconcile
from tests.builders.centre import ANNA, DIRECT, SALES, a_queue, a_routing
from tests.runtime.shop import WITHIN_S, Shop
from tests.runtime.test_driver import ringing

pytestmark = pytest.mark.unit


class Busy(Shop):
    """A Driver that counts as behind as soon as anything waits for its journal."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate(self.driver, self.switch, late_s=0.0)

    def opens(self) -> None:
        super().opens()
        self.switch._tell = self.world.tell = self.gate.tell

    async def falls_behind(self) -> ContactId:
        """The last caller who is taken in; what that causes is not written yet."""
        self.journal.open.clear()
        self.journal.begun.clear()
        contact = self.world.caller_arrives(dialled=DIRECT)
        await self.journal.begun.wait()
        return contact

    async def catches_up(self) -> None:
        self.journal.open.set()
        while self.driver.behind_s:  # noqa: ASYNC110
            await asyncio.sleep(0)  # poll: the end of a batch has no event


@pytest.fixture
async def shop() -> AsyncIterator[Busy]:
    shop = Busy()
    running = asyncio.create_task(shop.driver.run())
    shop.opens()
    await shop.written(RoutingChanged)
    await shop.catches_up()
    yield shop
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def began(shop: Shop) -> list[ContactId]:
    return [event.contact for event in shop.events if isinstance(event, ContactBegan)]


async def test_who_calls_while_the_driver_is_behind_hears_the_apology_and_is_counted(
    shop: Busy,
) -> None:
    inside = await shop.falls_behind()
    # When others call meanwhile
    others = [shop.world.caller_arrives(dialled=DIRECT) for _ in range(3)]
    # Then they are apologised to at once, and the Driver has nothing more to do for it
    assert [one.contact for one in shop.world.unserved] == others
    assert shop.gate.turned_away == 3
    assert shop.gate.alarm == LATE
    # And when it has caught up, who was in is served, and the others can be called back
    await shop.catches_up()
    await shop.switch.belief()
    counted = await shop.written(FallbackCounted, 3)
    assert [getattr(event, "contact", "") for event in counted] == others
    assert began(shop) == [inside]
    # And who calls now is taken in
    later = shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(ContactBegan, 2)
    assert began(shop) == [inside, later]


async def test_what_those_inside_do_is_taken_in_its_order_however_late(shop: Busy) -> None:
    contact = await ringing(shop)
    shop.world.agent_answers(shop.driver.state.agents[ANNA].endpoint)
    await shop.written(ContactConnected)
    await shop.catches_up()
    # Given a Driver that is behind
    shop.journal.open.clear()
    shop.journal.begun.clear()
    shop.driver.tell(
        RoutingPublished(at=shop.now(), routing=a_routing(a_queue(SALES, ring=Millis(1))))
    )
    await shop.journal.begun.wait()
    # When the two who talk hang up
    shop.driver.tell(HangUpAsked(at=shop.now(), agent=ANNA, contact=contact))
    assert shop.gate.turned_away == 0
    shop.journal.open.set()
    # Then that is heard, behind what came before it
    (ended,) = await shop.written(ContactEnded)
    assert isinstance(ended, ContactEnded)
    assert ended.contact == contact


async def test_how_far_behind_the_driver_is(shop: Busy) -> None:
    assert shop.driver.behind_s == 0
    assert not shop.gate.is_late
    # A deadline that cannot be written counts as well as a caller
    shop.driver.tell(Tick(at=shop.now()))
    await shop.falls_behind()
    first = shop.driver.behind_s
    assert 0 < first < shop.driver.behind_s
    # And a moment behind is nothing: callers are used to three seconds
    assert LATE_S == 3
    assert not Gate(shop.driver, shop.switch).is_late
    await shop.catches_up()
    assert Gate(shop.driver, shop.switch).alarm == ""


async def test_while_it_is_behind_nothing_is_compared(
    shop: Busy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it believes is older than what the switch shows: a caller it has not come to yet would
    be nobody's."""
    monkeypatch.setattr(mending, "EVERY_S", 0.001)
    asked: list[Instant] = []
    belief = shop.switch.belief

    async def looked() -> Sighting:
        asked.append(shop.now())
        return await belief()

    shop.switch.belief = looked  # type: ignore[method-assign]
    await shop.falls_behind()
    looking = asyncio.create_task(
        reconcile(shop.driver, shop.switch, shop.journal, shop.now, shop.gate)
    )
    for _ in range(20):
        await asyncio.sleep(0.001)  # pace: that nothing happens has no event
    assert asked == []
    await shop.catches_up()
    async with asyncio.timeout(WITHIN_S):
        while not asked:  # noqa: ASYNC110
            await asyncio.sleep(0.001)  # poll: see above
    looking.cancel()
