"""Calls out in memory: those of agents and those of the dialler."""

from typing import TYPE_CHECKING

from lianxi.channels.fake.flow_work import UNREACHED, Reaching
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.calling import DialOut
from lianxi.engine.messages.campaigns import DialProgress
from lianxi.engine.messages.dialing import CallProgress, DialNumber
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant

if TYPE_CHECKING:
    from lianxi.channels.fake.world import Leg, World

UNANSWERED = {
    LegCause.BUSY: DialProgress.BUSY,
    LegCause.NO_ANSWER: DialProgress.NO_ANSWER,
    LegCause.TRUNK_FAILED: DialProgress.TRUNK_FAILED,
}


def call_out(world: "World", leg: "Leg", command: DialOut | DialNumber) -> None:
    """It rings outside, is answered, or is busy: as whoever is called outside does now."""
    world.legs[leg.id] = leg
    if isinstance(command, DialOut):
        world.bridges.add(leg.contact)
        own = world.legs.get(command.agent_leg)
        leg.in_bridge = True
        if own is not None:
            own.in_bridge = True
    if (refused := UNREACHED.get(world.flows.reaching)) is not None:
        world.end(leg.id, refused)
        return
    world.say(_said(leg, LegRinging(at=world.now(), leg=leg.id)))
    if world.flows.reaching is Reaching.ANSWERS:
        customer_answers(world, leg.id)


def customer_answers(world: "World", leg_id: LegId) -> None:
    """Who is called outside picks up."""
    leg = world.legs[leg_id]
    leg.up = True
    world.say(_said(leg, LegAnswered(at=world.now(), leg=leg_id)))


def unanswered(leg: "Leg", cause: LegCause, at: Instant) -> Input:
    """Who was called did not come to speak."""
    return _said(leg, LegEnded(at=at, leg=leg.id, cause=cause))


def _said(leg: "Leg", given: LegRinging | LegAnswered | LegEnded) -> Input:
    """In the dialler's words where it is one of the dialler's."""
    if leg.dial is None:
        return given
    match given:
        case LegRinging():
            progress = DialProgress.RINGING
        case LegAnswered():
            progress = DialProgress.ANSWERED
        case LegEnded():
            progress = UNANSWERED.get(given.cause, DialProgress.FAILED)
    return CallProgress(at=given.at, dial=leg.dial, progress=progress)
