"""The Driver writes first and acts then, decides in order, and keeps deadlines."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_events import AgentCame, AgentDeviceChanged, AgentIntentChanged
from lianxi.engine.messages.agent_inputs import AgentStateAsked, HangUpAsked
from lianxi.engine.messages.commands import AnswerCustomer, RingAgent
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    RoutingChanged,
)
from lianxi.engine.messages.inputs import RoutingPublished, SwitchRestarted, Tick
from lianxi.engine.messages.values import Intent, OfferOutcome, Phase
from lianxi.journal.contracts import Asked, JournalBroken
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis
from lianxi.runtime import driver as driver_module
from tests.builders.centre import ANNA, DIRECT, SALES, a_queue, a_routing
from tests.runtime.shop import Shop

pytestmark = pytest.mark.unit

HASTY = a_queue(SALES, ring=Millis(30))


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    shop = Shop()
    running = asyncio.create_task(shop.driver.run())
    shop.opens()
    await shop.written(RoutingChanged)
    yield shop
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def ringing(shop: Shop) -> ContactId:
    """A caller who rings at Anna's."""
    endpoint = shop.agent_comes(ANNA)
    await shop.written(AgentCame)
    shop.world.device_registers(endpoint)
    contact = shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(OfferMade)
    return contact


async def test_a_call_goes_from_arrival_to_conversation_and_end(shop: Shop) -> None:
    contact = await ringing(shop)
    shop.world.agent_answers(shop.driver.state.agents[ANNA].endpoint)
    await shop.written(ContactConnected)
    assert shop.driver.state.contacts[contact].phase is Phase.TALKING
    shop.driver.tell(HangUpAsked(at=shop.now(), agent=ANNA, contact=contact))
    await shop.written(ContactEnded)
    assert Engine(shop.events).state == shop.driver.state


async def test_what_cannot_be_written_is_not_done_and_ends_the_driver() -> None:
    shop = Shop()
    running = asyncio.create_task(shop.driver.run())
    shop.opens()
    await shop.written(RoutingChanged)
    shop.journal.is_broken = True
    shop.world.caller_arrives(dialled=DIRECT)
    with pytest.raises(JournalBroken):
        await running
    assert not any(isinstance(command, AnswerCustomer) for command in shop.commands)
    assert not any(isinstance(event, ContactBegan) for event in shop.events)


async def test_nothing_is_done_before_it_is_committed(shop: Shop) -> None:
    shop.journal.open.clear()
    shop.journal.begun.clear()
    shop.world.caller_arrives(dialled=DIRECT)
    await shop.journal.begun.wait()
    assert not any(isinstance(command, AnswerCustomer) for command in shop.commands)
    shop.journal.open.set()
    await shop.written(ContactBegan)
    assert any(isinstance(command, AnswerCustomer) for command in shop.commands)


async def test_what_comes_during_an_append_is_committed_together(shop: Shop) -> None:
    # Given an append that takes its time
    shop.journal.open.clear()
    shop.journal.begun.clear()
    shop.world.caller_arrives(dialled=DIRECT)
    await shop.journal.begun.wait()
    before = len(shop.journal.batches)
    # When three more callers arrive meanwhile
    for _ in range(3):
        shop.world.caller_arrives(dialled=DIRECT)
    shop.journal.open.set()
    await shop.written(ContactBegan, 4)
    # Then one transaction takes them all
    assert len(shop.journal.batches) == before + 1
    assert len(shop.journal.batches[-1][0]) == 3


async def test_a_line_of_another_writer_ends_the_driver(shop: Shop) -> None:
    stale = shop.drive(Engine(), 0)
    stale.tell(SwitchRestarted(at=shop.now(), generation="g2"))
    with pytest.raises(JournalBroken):
        await stale.run()


async def test_a_deadline_that_came_before_an_input_goes_before_it(shop: Shop) -> None:
    contact = await ringing(shop)
    (made,) = [e for e in shop.events if isinstance(e, OfferMade)]
    # When the agent picks up a moment after the offer's end
    shop.at = made.expires_at + 1
    shop.world.agent_answers(made.endpoint)
    # Then the offer was not answered
    (ended,) = await shop.written(OfferEnded)
    assert isinstance(ended, OfferEnded)
    assert ended.outcome is OfferOutcome.NO_ANSWER
    assert shop.driver.state.contacts[contact].phase is Phase.WAITING


async def test_an_input_that_came_before_a_deadline_goes_before_it(shop: Shop) -> None:
    await ringing(shop)
    (made,) = [e for e in shop.events if isinstance(e, OfferMade)]
    # Given an append under way while the agent picks up in time
    shop.journal.open.clear()
    shop.journal.begun.clear()
    shop.world.caller_arrives(dialled=DIRECT)
    await shop.journal.begun.wait()
    shop.at = made.expires_at - 1
    shop.world.agent_answers(made.endpoint)
    # When the append ends after the offer's end
    shop.at = made.expires_at + 200
    shop.journal.open.set()
    # Then the offer was accepted
    await shop.written(OfferAccepted)
    assert not [e for e in shop.events if isinstance(e, OfferEnded)][1:]


async def test_a_deadline_comes_without_any_input(shop: Shop) -> None:
    # Given offers that end after 30 ms, and a clock that runs
    loop = asyncio.get_running_loop()
    shop.clock = lambda: Instant(round(loop.time() * 1000))
    shop.driver.tell(RoutingPublished(at=shop.now(), routing=a_routing(HASTY)))
    # When an offer is made and nobody does anything
    await ringing(shop)
    # Then it ends by itself
    (ended,) = await shop.written(OfferEnded)
    assert isinstance(ended, OfferEnded)
    assert ended.outcome is OfferOutcome.NO_ANSWER


async def test_a_refusal_is_an_answer_without_events(shop: Shop) -> None:
    before = len(shop.events)
    given = AgentStateAsked(at=Instant(1), agent=ANNA, to=Intent.READY)
    shop.driver.ask(Asked(number=7, given=given))
    assert await shop.answered(7) == "not_signed_in"
    assert len(shop.events) == before


async def test_an_asked_input_is_answered_in_the_transaction_of_its_events(shop: Shop) -> None:
    await ringing(shop)
    given = AgentStateAsked(at=Instant(1), agent=ANNA, to=Intent.NOT_READY, reason="break")
    shop.driver.ask(Asked(number=8, given=given))
    assert await shop.answered(8) is None
    steps, answers = shop.journal.batches[-1]
    assert [answer.number for answer in answers] == [8]
    assert [step.cause for step in steps] == [8]


async def test_an_input_is_stamped_with_the_clock_of_the_driver(shop: Shop) -> None:
    await ringing(shop)
    given = AgentStateAsked(at=Instant(1), agent=ANNA, to=Intent.NOT_READY, reason="break")
    shop.driver.ask(Asked(number=9, given=given))
    await shop.answered(9)
    changed = [e for e in shop.events if isinstance(e, AgentIntentChanged)][-1]
    assert changed.at == shop.now()


async def test_a_row_that_cannot_be_read_is_refused(shop: Shop) -> None:
    shop.driver.ask(Asked(number=10, given=None, refused="not_understood"))
    assert await shop.answered(10) == "not_understood"


async def test_latencies_count_what_led_to_something(shop: Shop) -> None:
    shop.driver.latencies.clear()
    shop.driver.tell(Tick(at=shop.now()))
    await ringing(shop)
    assert shop.driver.latencies
    assert all(0 <= stored <= performed < 1 for stored, performed in shop.driver.latencies)
    assert any(isinstance(command, RingAgent) for command in shop.commands)


async def test_a_snapshot_is_wanted_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver_module, "SNAPSHOT_EVERY", 3)
    shop = Shop()
    running = asyncio.create_task(shop.driver.run())
    shop.opens()
    await shop.written(RoutingChanged)
    await ringing(shop)
    await shop.written(AgentDeviceChanged)
    shop.driver.tell(AgentStateAsked(at=shop.now(), agent=ANNA, to=Intent.NOT_READY, reason="meal"))
    await shop.written(OfferEnded)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert shop.snapshots_wanted_at
    assert all(b - a >= 3 for a, b in pairwise([0, *shop.snapshots_wanted_at]))


async def test_it_can_be_cancelled_while_it_writes(shop: Shop) -> None:
    other = Shop()
    running = asyncio.create_task(other.driver.run())
    other.journal.open.clear()
    other.opens()
    await other.journal.begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert other.events == []
