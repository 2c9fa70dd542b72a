"""Agents call: numbers and colleagues, also when they cannot; answered, refused, or nobody says."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lianxi.engine.messages.agent_inputs import HangUpAsked
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.calling import CallAsked, ColleagueCallAsked, DialOut
from lianxi.engine.messages.inputs import ContactGone, LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.values import LegCause
from lianxi.simulator.fuzz.picking import CAUSES, a_busy_agent, an_agent, at_now, contact_of

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

NUMBERS = ("13900139000", "13900139001", "110", "", "139;x")


def calls(world: "World") -> list[Input]:
    """A number outside, for a queue or for none."""
    queues = [None, None, *(queue.id for queue in world.first_routing.queues)]
    number, queue = world.random.choice(NUMBERS), world.random.choice(queues)
    return [CallAsked(at=at_now(world), agent=an_agent(world), number=number, queue=queue)]


def calls_colleague(world: "World") -> list[Input]:
    """A colleague, perhaps oneself."""
    to = an_agent(world)
    return [ColleagueCallAsked(at=at_now(world), agent=an_agent(world), to=to)]


def gives_up(world: "World") -> list[Input]:
    """Either of the two hangs up, on the way or while they talk."""
    agent = a_busy_agent(world)
    return [HangUpAsked(at=at_now(world), agent=agent, contact=contact_of(agent, world))]


CALLING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = (
    (4, calls),
    (3, calls_colleague),
    (1, gives_up),
)


def dialled_out(world: "World", command: DialOut) -> None:
    """It rings and is answered; is not; or the network says nothing."""
    leg, draw = command.leg, world.random.random()
    world.legs.append(leg)
    if len(world.legs) > 40:
        del world.legs[:20]
    world.expect(LegRinging(at=world.after(50, 3_000), leg=leg))
    if draw < 0.6:
        world.expect(LegAnswered(at=world.after(300, 20_000), leg=leg))
        gone = ContactGone(at=world.after(20_000, 90_000), contact=command.contact)
        world.expect(gone)
    elif draw < 0.8 and command.trunk:
        failed = LegCause.TRUNK_FAILED
        world.expect(LegEnded(at=world.after(50, 2_000), leg=leg, cause=failed))
    elif draw < 0.9:
        cause: LegCause = world.random.choice(CAUSES)
        world.expect(LegEnded(at=world.after(50, 40_000), leg=leg, cause=cause))
