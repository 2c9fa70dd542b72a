"""What is not waited for while an agent is called, and what is left out."""

import asyncio

import pytest

from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.customer_side import MUSIC_AFTER_S, CustomerSide, together
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.session import AriRefused, Body
from lianxi.kernel.ids import ContactId, LegId

pytestmark = pytest.mark.unit

CALL, LEG = ContactId("c1"), LegId("1")


class Switch:
    """Notes what it is asked for; answers when it is let."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers = asyncio.Event()
        self.answers.set()
        self.refuses: dict[str, int] = {}
        self.was_asked = asyncio.Event()

    async def call(self, method: str, path: str, *, body: Body | None = None) -> str:
        """See `Asking.call`."""
        self.asked.append(f"{method} {path}")
        self.was_asked.set()
        await self.answers.wait()
        if (status := self.refuses.pop(f"{method} {path}", None)) is not None:
            raise AriRefused(path, status)
        return ""

    async def get(self, path: str, kind: type[object]) -> object:
        """Nothing is asked so."""
        raise NotImplementedError


def side(switch: Switch, lines: Lines) -> CustomerSide:
    return CustomerSide(Hands(switch), lines)  # type: ignore[arg-type]


async def test_an_answer_is_waited_for_only_by_what_the_customer_hears() -> None:
    # Given a switch that takes its time
    switch = Switch()
    switch.answers.clear()
    customers = side(switch, Lines())
    # When the customer is answered
    customers.answer(CALL, LEG)
    waiting = asyncio.create_task(customers.answered(CALL))
    await asyncio.sleep(0)  # pace: one turn of the loop
    await asyncio.sleep(0)  # pace: one turn of the loop
    # Then whoever needs the answer waits until the switch has done it
    assert switch.asked == ["POST channels/1/answer"]
    assert not waiting.done()
    switch.answers.set()
    await waiting


async def test_who_is_put_through_at_once_needs_no_music() -> None:
    switch, lines = Switch(), Lines()
    customers = side(switch, lines)
    working = asyncio.create_task(lines.run())
    # Given music that is due in a moment
    customers.answer(CALL, LEG)
    customers.music_soon(CALL, LEG)
    # When the agent answers before that
    assert customers.no_music(CALL)
    # Then it never begins
    await asyncio.sleep(MUSIC_AFTER_S * 1.5)  # poll: what does not happen has no event
    assert switch.asked == ["POST channels/1/answer"]
    working.cancel()


async def test_music_of_a_hold_has_to_be_stopped_whatever_was_put_off_after_it() -> None:
    # Given a customer on hold, who goes back into the line
    customers = side(Switch(), Lines())
    customers.answer(CALL, LEG)
    customers.else_heard(CALL)
    customers.music_soon(CALL, LEG)
    # When the next agent answers at once
    # Then nobody may think that no music plays
    assert not customers.no_music(CALL)


async def test_who_waits_hears_music_after_a_moment() -> None:
    switch, lines = Switch(), Lines()
    customers = side(switch, lines)
    working = asyncio.create_task(lines.run())
    customers.music_soon(CALL, LEG)
    async with asyncio.timeout(10):
        await switch.was_asked.wait()
    assert switch.asked == ["POST channels/1/moh"]
    assert not customers.no_music(CALL)
    working.cancel()


async def test_a_bridge_is_made_once_and_anew_after_the_switch_was() -> None:
    switch = Switch()
    bridges = Bridges(Hands(switch))  # type: ignore[arg-type]
    await bridges.make(CALL)
    await bridges.make(CALL)
    assert switch.asked == ["POST bridges"]
    # When the switch does not know it any more
    switch.refuses["POST bridges/br-c1/addChannel"] = 404
    await bridges.put(CALL, [LEG])
    # Then it is made anew and the legs are put into it
    assert switch.asked[1:] == [
        "POST bridges/br-c1/addChannel",
        "POST bridges",
        "POST bridges/br-c1/addChannel",
    ]


async def test_of_two_at_once_a_failure_of_either_is_told() -> None:
    async def fails() -> None:
        raise AriRefused("bridge", 400)

    async def holds() -> None:
        return None

    with pytest.raises(AriRefused):
        await together(fails(), holds())
    with pytest.raises(AriRefused):
        await together(holds(), fails())
