"""Whom a move is about, and when it happens."""

from typing import TYPE_CHECKING

from lianxi.engine.messages.values import DeviceKind, Intent, LegCause
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

CAUSES = list(LegCause)
DEVICES = list(DeviceKind)
INTENTS = list(Intent)
PAUSES_MS = (1, 1_000, 1_000, 5_000, 5_000, 20_000, 20_000, 60_000, 60_000, 600_000)
DIGITS = "0123459*"


def at_now(world: "World") -> Instant:
    """This moment."""
    return Instant(world.now)


def an_agent(world: "World") -> AgentId:
    """Somebody configured at first; now and then nobody."""
    if world.sometimes(0.02):
        return AgentId("8999")
    return world.random.choice(world.first_routing.agents).id


def a_busy_agent(world: "World") -> AgentId:
    """Somebody in a conversation, if there is one; now and then anybody."""
    busy = [a.id for a in world.state.agents.values() if a.contact is not None or a.texts]
    if not busy or world.sometimes(0.3):
        return an_agent(world)
    return world.random.choice(busy)


def a_contact(world: "World") -> ContactId:
    """One that is open; now and then one that is over or never was."""
    living = list(world.state.contacts)
    if not living or world.sometimes(0.1):
        return ContactId(f"c{world.random.randint(0, world.callers + 1)}")
    return world.random.choice(living)


def contact_of(agent: AgentId, world: "World") -> ContactId:
    """What the agent is busy with; else any."""
    known = world.state.agents.get(agent)
    if known is None:
        return a_contact(world)
    held = [*known.texts, *([known.contact] if known.contact is not None else ())]
    return world.random.choice(held) if held else a_contact(world)
