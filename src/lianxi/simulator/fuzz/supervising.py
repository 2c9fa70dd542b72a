"""Who waits where is changed: pulled, ranked, merged, called back, handed on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lianxi.engine.messages.agent_inputs import (
    CallbackAsked,
    CallbackCancelled,
    ContactPulled,
    ContactRanked,
    MergeAsked,
    OfferTaken,
    TransferAsked,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.limiting import WrapUpLimitAsked
from lianxi.engine.messages.routing import Destination
from lianxi.kernel.ids import ContactId, OfferId, QueueId
from lianxi.kernel.time import Instant, Millis
from lianxi.simulator.fuzz.centre import GROUP, anywhere
from lianxi.simulator.fuzz.picking import a_busy_agent, a_contact, an_agent, at_now, contact_of

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

NUMBERS = ("13800138000", "13800138001", "13900139000", " ")


def _queues(world: "World") -> tuple[QueueId, ...]:
    return tuple(queue.id for queue in world.first_routing.queues)


def _waiting(world: "World") -> ContactId:
    """Somebody in line, if there is anybody."""
    entries = list(world.state.entries.values())
    return world.random.choice(entries).contact if entries else a_contact(world)


def _to(world: "World") -> Destination:
    if world.sometimes(0.3):
        return Destination(agent=an_agent(world))
    return anywhere(_queues(world), world.random)


def pulls(world: "World") -> list[Input]:
    """Somebody who waits is moved."""
    return [ContactPulled(at=at_now(world), contact=_waiting(world), to=_to(world), by="7001")]


def ranks(world: "World") -> list[Input]:
    """Somebody who waits is given another priority."""
    priority = world.random.choice((-2, 0, 1, 9))
    return [ContactRanked(at=at_now(world), contact=_waiting(world), priority=priority, by="7001")]


def merges(world: "World") -> list[Input]:
    """All queues together, or apart again."""
    return [MergeAsked(at=at_now(world), group=GROUP, merged=world.sometimes(0.5), by="7001")]


def limits(world: "World") -> list[Input]:
    """After-call work gets another limit for a while, or its own one back."""
    queue = world.random.choice(_queues(world))
    limit = world.random.choice((None, Millis(5_000), Millis(90_000)))
    lasts = Millis(world.random.choice((10_000, 600_000)))
    return [WrapUpLimitAsked(at=at_now(world), queue=queue, limit=limit, lasts=lasts, by="7001")]


def calls_back(world: "World") -> list[Input]:
    """Somebody wants to be called back: who waits, or anybody."""
    world.callers += 1
    contact = ContactId(f"c{world.callers}") if world.sometimes(0.3) else _waiting(world)
    queue = world.random.choice((None, *_queues(world)))
    due = world.random.choice((None, None, Instant(world.now + 30_000), Instant(world.now - 1)))
    number = world.random.choice(NUMBERS)
    return [CallbackAsked(at=at_now(world), contact=contact, number=number, queue=queue, due=due)]


def cancels(world: "World") -> list[Input]:
    """A callback is called off, or what never was one."""
    kept = [*world.state.planned, *world.state.callbacks.values()]
    callback = world.random.choice(kept) if kept else a_contact(world)
    return [CallbackCancelled(at=at_now(world), callback=callback, by="8001")]


def hands_on(world: "World") -> list[Input]:
    """An agent hands a conversation on."""
    agent = a_busy_agent(world)
    contact = contact_of(agent, world)
    return [TransferAsked(at=at_now(world), agent=agent, contact=contact, to=_to(world))]


def takes(world: "World") -> list[Input]:
    """Somebody takes an offer, perhaps another one's."""
    offers = list(world.state.offers.values())
    if not offers:
        return [OfferTaken(at=at_now(world), offer=OfferId("o0"), agent=an_agent(world))]
    offer = world.random.choice(offers)
    agent = offer.agent if world.sometimes(0.7) else an_agent(world)
    return [OfferTaken(at=at_now(world), offer=offer.id, agent=agent)]


SUPERVISING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = (
    (3, pulls),
    (2, ranks),
    (2, merges),
    (1, limits),
    (3, calls_back),
    (1, cancels),
    (2, hands_on),
    (1, takes),
)
