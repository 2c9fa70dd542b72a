"""What makes no sense: strays, repeats, wishes that cannot be had. One function, one table row."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lianxi.engine.messages.agent_inputs import (
    AgentLinkBack,
    HangUpAsked,
    LegAsked,
    OfferRefused,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import (
    ContactArrived,
    DigitPressed,
    JoinFailed,
    LegAnswered,
    LegEnded,
    LegJoined,
    LegRinging,
    PlaybackEnded,
)
from lianxi.kernel.ids import LegId, OfferId, PlaybackId
from lianxi.simulator.fuzz.picking import CAUSES, DIGITS, a_contact, an_agent, at_now, contact_of

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World


def stray_leg(world: "World") -> list[Input]:
    """Something about a leg that is, was or never was, in any order."""
    leg = world.random.choice(world.legs)
    at = at_now(world)
    contact = a_contact(world)
    return [
        world.random.choice(
            (
                LegRinging(at=at, leg=leg),
                LegAnswered(at=at, leg=leg),
                LegJoined(at=at, contact=contact, leg=leg),
                JoinFailed(at=at, contact=contact, leg=leg),
                LegEnded(at=at, leg=leg, cause=world.random.choice(CAUSES)),
            )
        )
    ]


def stray_wish(world: "World") -> list[Input]:
    """An agent asks for what may not be had now."""
    at, agent = at_now(world), an_agent(world)
    contact = contact_of(agent, world)
    offers = list(world.state.offers) or [OfferId("o0")]
    return [
        world.random.choice(
            (
                OfferRefused(at=at, agent=agent, offer=world.random.choice(offers)),
                LegAsked(at=at, agent=agent),
                AgentLinkBack(at=at, agent=agent),
                WrapUpNoted(at=at, agent=agent, contact=contact, note="…"),
                WrapUpExtended(at=at, agent=agent, contact=contact),
                WrapUpFinished(at=at, agent=agent, contact=contact, disposition="other"),
                HangUpAsked(at=at, agent=agent, contact=contact),
            )
        )
    ]


def stray_sound(world: "World") -> list[Input]:
    """A key nobody asked for, a playing nobody began."""
    at, contact = at_now(world), a_contact(world)
    if world.sometimes(0.5):
        return [DigitPressed(at=at, contact=contact, digit=world.random.choice(DIGITS))]
    known = world.state.contacts.get(contact)
    playback = (known.playback if known is not None else None) or PlaybackId("p0")
    return [PlaybackEnded(at=at, contact=contact, playback=playback)]


def arrives_again(world: "World") -> list[Input]:
    """The arrival of a contact that is known is told again."""
    contact = a_contact(world)
    return [
        ContactArrived(
            at=at_now(world),
            contact=contact,
            leg=LegId(f"{contact}-leg"),
            dialled="4001",
            caller="13800138000",
        )
    ]


SENSELESS: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = (
    (5, stray_leg),
    (5, stray_wish),
    (3, stray_sound),
    (1, arrives_again),
)
