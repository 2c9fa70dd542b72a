"""Recordings, and how legs are heard: rules, wishes of agents, what the switch measures."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.recordings import (
    LegQualityMeasured,
    RecordingRule,
    RecordingStartAsked,
)
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.kernel.ids import ContactId, LegId, PromptName
from lianxi.simulator.fuzz.picking import a_busy_agent, a_contact, at_now, contact_of

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

POLICIES = list(RecordingPolicy)
NOTICE = (PromptName("recording_notice"),)
LOSSES = (0.0, 0.0, 0.005, 0.05, 0.4)
DELAYS_MS = (0.0, 40.0, 900.0)


def a_policy(random: Random) -> RecordingPolicy:
    """All, a share, on demand or off."""
    return random.choice(POLICIES)


def a_rule(random: Random) -> RecordingRule:
    """With or without words about it."""
    return RecordingRule(
        share=random.choice((0.0, 0.3, 1.0)), notice=random.choice(((), (), NOTICE))
    )


def keeps(world: "World") -> list[Input]:
    """An agent wants the rest of the conversation kept, also where that is no choice."""
    agent = a_busy_agent(world)
    return [RecordingStartAsked(at=at_now(world), agent=agent, contact=contact_of(agent, world))]


def measures(world: "World") -> list[Input]:
    """What came over a leg, good or bad; for the last time, also of a contact that is over."""
    contact = a_contact(world)
    random = world.random
    return [
        LegQualityMeasured(
            at=at_now(world),
            contact=contact,
            leg=_a_leg(contact, world),
            loss=random.choice(LOSSES),
            jitter_ms=random.choice((0.0, 5.0, 80.0)),
            round_trip_ms=random.choice(DELAYS_MS),
            packets=random.choice((0, 99, 100, 5_000)),
            is_last=random.random() < 0.2,
        )
    ]


def device_holds(world: "World") -> list[Input]:
    """The key of a telephone: of the agent's leg mostly."""
    leg = _a_leg(contact_of(a_busy_agent(world), world), world)
    return [LegHoldTold(at=at_now(world), leg=leg, held=world.sometimes(0.5))]


def _a_leg(contact: ContactId, world: "World") -> LegId:
    """One of the contact's; now and then any."""
    known = world.state.contacts.get(contact)
    if known is None or world.sometimes(0.1):
        return world.random.choice(world.legs)
    legs = [known.leg, *known.parties]
    if known.agent_leg is not None:
        legs += [known.agent_leg, known.agent_leg]
    return world.random.choice(legs)


KEEPING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = (
    (5, keeps),
    (4, measures),
    (3, device_holds),
)
