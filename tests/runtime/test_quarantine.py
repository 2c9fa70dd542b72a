"""A fault of the engine costs one input, never the house."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from structlog.typing import EventDict

from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_events import AgentCame
from lianxi.engine.messages.agent_inputs import HoldAsked
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactEnded,
    OfferEnded,
    OfferMade,
    RoutingChanged,
)
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DigitPressed,
    RoutingPublished,
    Tick,
)
from lianxi.engine.messages.values import Phase
from lianxi.journal.contracts import Asked
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis
from lianxi.runtime.quarantine import ALARM, ALARM_MS, HELD_MS
from tests.builders.centre import ANNA, BEN, DIRECT, SALES, a_queue, a_routing
from tests.runtime.shop import Shop

pytestmark = pytest.mark.unit


class Clumsy(Engine):
    """Has a fault of each kind: with the key 9, with holding, and with deadlines of BEN's offers.
    What it did until then stays done."""

    tried = 0

    def step(self, given: Input) -> list[Event]:
        """As an engine, mostly."""
        match given:
            case DigitPressed(digit="9") | HoldAsked():
                Clumsy.tried += 1
                self.state.counters["broken"] = 1
                self.state.contacts.clear()
                raise ZeroDivisionError
            case Tick() if (name := self.state.timers.due(given.at)) is not None:
                offer = self.state.offers.get(name.removeprefix("offer:"))  # type: ignore[call-overload]
                if offer is not None and offer.agent == BEN:
                    Clumsy.tried += 1
                    super().step(given)
                    raise ZeroDivisionError
        return super().step(given)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """What was logged, unprinted: traces are long."""
    with structlog.testing.capture_logs() as logged:
        yield logged


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    Clumsy.tried = 0
    shop = Shop(Clumsy())
    running = asyncio.create_task(shop.driver.run())
    shop.opens()
    await shop.written(RoutingChanged)
    yield shop
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def true_to_its_journal(shop: Shop) -> bool:
    """Whether the state is what the journal makes of it."""
    return Engine(shop.events).state == shop.driver.state


async def test_an_input_of_the_switch_that_fails_is_dropped_and_all_else_goes_on(
    shop: Shop,
) -> None:
    contact = shop.world.caller_arrives(dialled=DIRECT)
    state = shop.driver.state
    # When a poisonous input comes between two good ones
    shop.world.caller_presses(contact, "9")
    other = shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(ContactBegan, 2)
    # Then both good ones are done, and nothing of the bad one is left
    assert shop.driver.state is state
    assert set(state.contacts) == {contact, other}
    assert "broken" not in state.counters
    assert true_to_its_journal(shop)


async def test_the_fault_is_logged_with_its_input_and_alarms_for_a_while(
    shop: Shop, logged: list[EventDict]
) -> None:
    assert shop.driver.alarm == ""
    contact = shop.world.caller_arrives(dialled=DIRECT)
    shop.world.caller_presses(contact, "9")
    shop.world.caller_hangs_up(contact)
    await shop.written(ContactEnded)
    (line,) = [line for line in logged if line["event"] == "driver.input_quarantined"]
    assert isinstance(line["pii.given"], dict)
    assert line["pii.given"]["digit"] == "9"
    assert isinstance(line["exc_info"].__cause__, ZeroDivisionError)
    assert shop.driver.alarm == ALARM
    shop.at += ALARM_MS
    assert shop.driver.alarm == ""


async def test_who_asked_for_it_gets_an_answer(shop: Shop) -> None:
    shop.agent_comes(ANNA)
    await shop.written(AgentCame)
    asked = HoldAsked(at=Instant(1), agent=ANNA, contact=ContactId("c"))
    shop.driver._refusal = lambda given: None  # type: ignore[method-assign]
    shop.driver.ask(Asked(number=5, given=asked))
    assert await shop.answered(5) == "internal_fault"


async def test_the_same_words_again_are_not_tried_for_a_while(shop: Shop) -> None:
    contact = shop.world.caller_arrives(dialled=DIRECT)
    for _ in range(3):
        shop.world.caller_presses(contact, "9")
    shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(ContactBegan, 2)
    assert Clumsy.tried == 1
    shop.at += HELD_MS + 1
    shop.world.caller_presses(contact, "9")
    shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(ContactBegan, 3)
    assert Clumsy.tried == 2


async def test_a_deadline_that_fails_is_put_off_and_the_others_are_kept(shop: Shop) -> None:
    # Given two offers with a deadline, the earlier one poisonous
    quick = a_queue(SALES, ring=Millis(10_000))
    shop.driver.tell(RoutingPublished(at=shop.now(), routing=a_routing(quick)))
    await shop.written(RoutingChanged, 2)
    for number, agent in enumerate((BEN, ANNA), start=1):
        endpoint = shop.agent_comes(agent)
        await shop.written(AgentCame, number)
        shop.world.device_registers(endpoint)
        shop.at += 10
        shop.world.caller_arrives(dialled=DIRECT)
        await shop.written(OfferMade, number)
    made = {e.agent: e for e in await shop.written(OfferMade, 2) if isinstance(e, OfferMade)}
    # When both are due
    shop.at += 10_001
    shop.driver.tell(Tick(at=shop.now()))
    # Then Anna's ends, and the other caller can still hang up
    (ended,) = await shop.written(OfferEnded)
    assert isinstance(ended, OfferEnded)
    assert ended.agent == ANNA
    tried = Clumsy.tried
    shop.driver.tell(ContactGone(at=shop.now(), contact=made[BEN].contact))
    await shop.written(ContactEnded)
    assert tried == 1
    assert shop.driver.state.contacts.keys() == {made[ANNA].contact}
    assert true_to_its_journal(shop)


async def test_a_deadline_that_fails_again_waits_longer_each_time(shop: Shop) -> None:
    endpoint = shop.agent_comes(BEN)
    await shop.written(AgentCame)
    shop.world.device_registers(endpoint)
    shop.world.caller_arrives(dialled=DIRECT)
    (made,) = await shop.written(OfferMade)
    assert isinstance(made, OfferMade)
    waits: list[int] = []
    shop.at = made.expires_at
    for number in range(4):
        shop.driver.tell(Tick(at=shop.now()))
        shop.world.caller_arrives(dialled="9999")
        await shop.written(ContactBegan, number + 2)
        deadline = shop.driver.state.timers.armed(f"offer:{made.offer}")
        assert deadline is not None
        waits.append(deadline - shop.at)
        shop.at = deadline
    assert waits == [1_000, 2_000, 4_000, 8_000]
    assert Clumsy.tried == 4


async def test_a_command_that_cannot_be_performed_keeps_nothing_else_from_being_done(
    shop: Shop,
) -> None:
    def perform(command: object) -> None:
        raise ZeroDivisionError

    shop.driver._perform = perform
    contact = shop.world.caller_arrives(dialled=DIRECT)
    shop.driver.tell(
        ContactArrived(
            at=shop.now(),
            contact=ContactId("c2"),
            leg=shop.world.customer(contact).id,
            dialled=DIRECT,
            caller="",
        )
    )
    await shop.written(ContactBegan, 2)
    assert shop.driver.state.contacts[contact].phase is Phase.WAITING
    assert shop.driver.alarm == ALARM
