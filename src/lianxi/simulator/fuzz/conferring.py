"""More than two in a conversation: consulted, invited, handed over, dropped; in any order."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lianxi.engine.acd.party_sides import can_be_rung
from lianxi.engine.messages.agent_inputs import HangUpAsked, TransferAsked
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.events import ContactConnected
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.parties import (
    CallParty,
    ConferenceAsked,
    ConsultAsked,
    ConsultCancelled,
    ConsultCompleted,
    ConsultSwapAsked,
    InviteAsked,
    LeaveAsked,
    PartyAsked,
    PartyDropAsked,
    PartyJoined,
    Target,
)
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.picking import CAUSES, a_busy_agent, an_agent, at_now, contact_of

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

NUMBERS = ("13900139000", "13900139001", "+8613900139002", "", "139/x")


def _target(world: "World") -> Target:
    draw = world.random.random()
    free = [a.id for a in world.state.agents.values() if can_be_rung(a, world.state)]
    if draw < 0.5:
        is_free = free and world.sometimes(0.8)
        return Target(agent=world.random.choice(free) if is_free else an_agent(world))
    if draw < 0.8:
        return Target(number=world.random.choice(NUMBERS))
    queues = [queue.id for queue in world.first_routing.queues]
    return Target(queue=world.random.choice(queues))


def _a_party(contact: ContactId, world: "World") -> LegId:
    known = world.state.contacts.get(contact)
    legs = list(known.parties) if known is not None else []
    return world.random.choice(legs) if legs else world.random.choice(world.legs)


PLAIN = (ConsultSwapAsked, ConsultCompleted, ConsultCancelled, ConferenceAsked, LeaveAsked)


def _wish(agent: AgentId, contact: ContactId, at: Instant, world: "World") -> Input:
    draw = world.random.random()
    if draw < 0.2:
        kind = world.random.choice((ConsultAsked, InviteAsked, InviteAsked))
        return kind(at=at, agent=agent, contact=contact, to=_target(world))
    if draw < 0.3:
        leg = _a_party(contact, world)
        return PartyDropAsked(at=at, agent=agent, contact=contact, leg=leg)
    if draw < 0.35:
        return HangUpAsked(at=at, agent=agent, contact=contact)
    return world.random.choice(PLAIN)(at=at, agent=agent, contact=contact)


def confers(world: "World") -> list[Input]:
    """Somebody busy asks for something of the kind, also when there is nothing to ask."""
    agent = a_busy_agent(world)
    return [_wish(agent, contact_of(agent, world), at_now(world), world)]


def begins(world: "World") -> list[Input]:
    """A consult, an invitation, or handed on to a number."""
    agent = a_busy_agent(world)
    contact, at = contact_of(agent, world), at_now(world)
    if world.sometimes(0.2):
        number = world.random.choice(NUMBERS)
        return [TransferAsked(at=at, agent=agent, contact=contact, number=number)]
    kind = ConsultAsked if world.sometimes(0.6) else InviteAsked
    return [kind(at=at, agent=agent, contact=contact, to=_target(world))]


CONFERRING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = ((4, begins), (3, confers))


def connected(world: "World", event: ContactConnected) -> None:
    """In the course of a conversation somebody is asked for advice."""
    if world.sometimes(0.3):
        kind = ConsultAsked if world.sometimes(0.7) else InviteAsked
        at = world.after(500, 20_000)
        world.expect(kind(at=at, agent=event.agent, contact=event.contact, to=_target(world)))


def asked(world: "World", event: PartyAsked) -> None:
    """While it rings something else is wanted."""
    if event.by is not None and world.sometimes(0.3):
        world.expect(_wish(event.by, event.contact, world.after(100, 15_000), world))


def joined(world: "World", event: PartyJoined) -> None:
    """Swap, hand over, all together, one more; or the party has heard enough."""
    contact = world.state.contacts.get(event.contact)
    if contact is None:
        return
    for _ in range(world.random.randint(1, 3)):
        if contact.agent is not None:
            world.expect(_wish(contact.agent, event.contact, world.after(200, 15_000), world))
    if event.agent is not None and world.sometimes(0.2):
        kind = LeaveAsked if world.sometimes(0.5) else HangUpAsked
        at = world.after(200, 20_000)
        world.expect(kind(at=at, agent=event.agent, contact=event.contact))
    if world.sometimes(0.5):
        cause = world.random.choice(CAUSES)
        world.expect(LegEnded(at=world.after(500, 60_000), leg=event.leg, cause=cause))


def calling(world: "World", command: CallParty) -> None:
    """Somebody outside is reached, or not."""
    leg = command.leg
    world.legs.append(leg)
    if len(world.legs) > 40:
        del world.legs[:20]
    world.expect(LegRinging(at=world.after(50, 3_000), leg=leg))
    draw = world.random.random()
    if draw < 0.65:
        world.expect(LegAnswered(at=world.after(300, 12_000), leg=leg))
    elif draw < 0.85:
        cause = world.random.choice(CAUSES)
        world.expect(LegEnded(at=world.after(50, 20_000), leg=leg, cause=cause))
