"""What the reconciler found is told to the engine, or done at the switch."""

import asyncio
from collections.abc import AsyncIterator, Callable

import msgspec
import pytest

from lianxi.engine.messages.agent_events import AgentCame, AgentDeviceChanged, WrapUpBegan
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.commands import CloseContact, RingAgent
from lianxi.engine.messages.events import (
    AgentLegLost,
    ContactBegan,
    ContactConnected,
    ContactEnded,
    OfferRang,
    RoutingChanged,
)
from lianxi.engine.messages.fax import SWITCH_DIED, FaxAnswered, FaxBrokeOff, FaxSendAsked
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.messages.sighting import Sighting
from lianxi.engine.messages.trunks import Route
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, Endpoint, FaxId, LegId
from lianxi.runtime import mending
from lianxi.runtime.lateness import Gate
from lianxi.runtime.mending import reconcile
from tests.builders.centre import ANNA, DIRECT, a_routing
from tests.engine.specs.test_trunks import TELCO, a_trunk
from tests.runtime.shop import WITHIN_S, Shop

pytestmark = pytest.mark.unit


@pytest.fixture
async def shop(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    """A Driver whose switch is looked at all the time."""
    monkeypatch.setattr(mending, "EVERY_S", 0.001)
    shop = Shop()
    running = asyncio.create_task(shop.driver.run())
    shop.opens()
    await shop.written(RoutingChanged)
    yield shop
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def looks(shop: Shop) -> asyncio.Task[None]:
    gate = Gate(shop.driver, shop.switch)
    return asyncio.create_task(reconcile(shop.driver, shop.switch, shop.journal, shop.now, gate))


async def test_acd_49_a_caller_whose_arrival_was_lost_is_served(shop: Shop) -> None:
    """https://github.com/AsterNET/AsterNET/issues/273"""
    # Given a caller who arrived while nobody listened
    shop.world.tell = lambda given: None
    contact = shop.world.caller_arrives(dialled=DIRECT)
    shop.world.tell = shop.driver.tell
    # When somebody looks, Then he has arrived
    looking = await looks(shop)
    (began,) = await shop.written(ContactBegan)
    assert isinstance(began, ContactBegan)
    assert began.contact == contact
    looking.cancel()


async def rings(shop: Shop) -> tuple[ContactId, Endpoint]:
    """A caller is offered to Anna, whose device rings."""
    endpoint = shop.agent_comes(ANNA)
    await shop.written(AgentCame)
    shop.world.device_registers(endpoint)
    await shop.written(AgentDeviceChanged)
    contact = shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(OfferRang)
    return contact, endpoint


async def talks(shop: Shop) -> tuple[ContactId, Endpoint]:
    """A caller talks to Anna."""
    contact, endpoint = await rings(shop)
    shop.world.agent_answers(endpoint)
    await shop.written(ContactConnected)
    return contact, endpoint


def misses(shop: Shop, *happen: Callable[[], object]) -> None:
    """So much happens while nobody listens to the switch."""
    told, shop.world.tell = shop.world.tell, _unheard
    for each in happen:
        each()
    shop.world.tell = told


def _unheard(given: object) -> None:
    """Lost."""


async def test_acd_49_an_answer_that_nobody_heard_counts(shop: Shop) -> None:
    """https://github.com/AsterNET/AsterNET/issues/273"""
    contact, endpoint = await rings(shop)
    misses(shop, lambda: shop.world.agent_answers(endpoint))
    looking = await looks(shop)
    (connected,) = await shop.written(ContactConnected)
    assert isinstance(connected, ContactConnected)
    assert (connected.contact, connected.agent) == (contact, ANNA)
    looking.cancel()


async def test_acd_49_a_customer_who_hung_up_unheard_is_gone_and_the_agent_writes_it_down(
    shop: Shop,
) -> None:
    """https://github.com/AsterNET/AsterNET/issues/273"""
    contact, endpoint = await talks(shop)
    misses(
        shop,
        lambda: shop.world.caller_hangs_up(contact),
        lambda: shop.world.agent_hangs_up(endpoint),
    )
    looking = await looks(shop)
    (ended,) = await shop.written(ContactEnded)
    assert isinstance(ended, ContactEnded)
    assert (ended.contact, ended.cause) == (contact, LegCause.GONE)
    await shop.written(WrapUpBegan)
    looking.cancel()


async def test_acd_49_an_agents_leg_that_was_lost_unheard_leaves_the_customer_with_music(
    shop: Shop,
) -> None:
    """https://github.com/AsterNET/AsterNET/issues/273"""
    contact, endpoint = await talks(shop)
    misses(shop, lambda: shop.world.end(shop.world.leg_at(endpoint).id, LegCause.GONE))
    looking = await looks(shop)
    (lost,) = await shop.written(AgentLegLost)
    assert isinstance(lost, AgentLegLost)
    assert lost.contact == contact
    assert ContactEnded not in {type(event) for event in shop.events}
    looking.cancel()


async def test_acd_49_a_day_in_which_everything_was_lost_is_told_in_the_end(shop: Shop) -> None:
    """https://github.com/AsterNET/AsterNET/issues/273"""
    contact, endpoint = await talks(shop)
    # Given one conversation ends, the device goes, and another caller comes, all of it unheard
    others: list[ContactId] = []
    misses(
        shop,
        lambda: shop.world.caller_hangs_up(contact),
        lambda: shop.world.agent_hangs_up(endpoint),
        lambda: shop.world.device_unregisters(endpoint),
        lambda: others.append(shop.world.caller_arrives(dialled=DIRECT)),
    )
    looking = await looks(shop)
    # Then the journal has each of them once
    await shop.written(ContactBegan, 2)
    await shop.written(ContactEnded)
    await shop.written(AgentDeviceChanged, 2)
    began = [event.contact for event in shop.events if isinstance(event, ContactBegan)]
    ended = [event.contact for event in shop.events if isinstance(event, ContactEnded)]
    assert (began, ended) == ([contact, *others], [contact])
    looking.cancel()


async def test_a_caller_who_is_over_by_the_journal_is_let_go(shop: Shop) -> None:
    # Given a contact that has ended, and a switch that did not hear so
    contact = shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(ContactBegan)
    leg = shop.world.customer(contact)
    shop.world.caller_hangs_up(contact)
    await shop.written(ContactEnded)
    shop.commands.clear()
    closed = asyncio.Event()
    perform = shop.switch.perform

    def watched(command: object) -> None:
        perform(command)  # type: ignore[arg-type]
        closed.set()

    shop.switch.perform = watched  # type: ignore[method-assign]
    shop.world.legs[LegId(leg.id)] = leg
    # When somebody looks, Then the leg is ended, and nobody arrives
    looking = await looks(shop)
    async with asyncio.timeout(WITHIN_S):
        await closed.wait()
    assert shop.world.legs == {}
    assert len(await shop.written(ContactBegan)) == 1
    assert not any(isinstance(command, CloseContact) for command in shop.commands)
    looking.cancel()


async def test_a_switch_that_cannot_be_asked_is_asked_again(shop: Shop) -> None:
    belief, asked = shop.switch.belief, 0
    answered = asyncio.Event()

    async def silent_at_first() -> Sighting:
        nonlocal asked
        asked += 1
        if asked < 3:
            raise ChannelFault("not connected", temporary=True)
        answered.set()
        return await belief()

    shop.switch.belief = silent_at_first  # type: ignore[method-assign]
    looking = await looks(shop)
    async with asyncio.timeout(WITHIN_S):
        await answered.wait()
    looking.cancel()


async def test_an_offer_that_nobody_had_rung_is_rung(shop: Shop) -> None:
    # Given a ready agent, and an offer whose command was lost with its Driver
    endpoint = shop.agent_comes(ANNA)
    await shop.written(AgentCame)
    shop.world.device_registers(endpoint)
    await shop.written(AgentDeviceChanged)
    perform, lost = shop.switch.perform, asyncio.Event()

    def loses_rings(command: Command) -> None:
        if isinstance(command, RingAgent):
            lost.set()
        else:
            perform(command)

    shop.switch.perform = loses_rings  # type: ignore[method-assign]
    shop.world.caller_arrives(dialled=DIRECT)
    async with asyncio.timeout(WITHIN_S):
        await lost.wait()
    shop.switch.perform = perform  # type: ignore[method-assign]
    # When the next Driver's reconciler looks, Then the agent's device rings
    looking = await looks(shop)
    await shop.written(OfferRang)
    looking.cancel()


async def test_an_empty_bridge_of_a_contact_that_is_over_goes(shop: Shop) -> None:
    contact = shop.world.caller_arrives(dialled=DIRECT)
    await shop.written(ContactBegan)
    shop.world.caller_hangs_up(contact)
    await shop.written(ContactEnded)
    closed = asyncio.Event()
    perform = shop.switch.perform

    def watched(command: Command) -> None:
        perform(command)
        if isinstance(command, CloseContact):
            closed.set()

    shop.switch.perform = watched  # type: ignore[method-assign]
    shop.world.bridges.add(contact)
    looking = await looks(shop)
    async with asyncio.timeout(WITHIN_S):
        await closed.wait()
    assert shop.world.bridges == set()
    looking.cancel()


async def test_a_fax_under_which_the_switch_died_is_tried_again(shop: Shop) -> None:
    # Given a document on its way
    routes = (Route(pattern="X.", trunks=(TELCO,)),)
    routing = msgspec.structs.replace(a_routing(), trunks=(a_trunk(),), routes=routes, version=2)
    shop.driver.tell(RoutingPublished(at=shop.now(), routing=routing))
    shop.driver.tell(
        FaxSendAsked(
            at=shop.now(),
            fax=FaxId("fx1"),
            number="075512345678",
            document="d.tif",
            pages=1,
            by="anna",
        )
    )
    await shop.written(FaxAnswered)
    looking = await looks(shop)
    # When the switch dies, and is there again a minute later
    shop.at += 60_000
    shop.switch.restart()
    # Then the attempt is over with that cause, and there is another
    (broke,) = await shop.written(FaxBrokeOff)
    assert isinstance(broke, FaxBrokeOff)
    assert (broke.attempt, broke.cause, broke.again_at) == (1, SWITCH_DIED, shop.at + 300_000)
    looking.cancel()
