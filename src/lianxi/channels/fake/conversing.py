"""More than two at the switch in memory: parties outside, and who stands where."""

from typing import TYPE_CHECKING

from lianxi.channels.fake.flow_work import UNREACHED, Reaching
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.parties import Arrange, CallParty
from lianxi.kernel.ids import LegId

if TYPE_CHECKING:
    from lianxi.channels.fake.world import Leg, World


def call_party(world: "World", leg: "Leg", command: CallParty) -> None:
    """It rings outside, is answered, or is busy: as whoever is called outside does now."""
    at = world.now()
    if (refused := UNREACHED.get(world.flows.reaching)) is not None:
        world.say(LegEnded(at=at, leg=command.leg, cause=refused))
        return
    world.legs[leg.id] = leg
    world.say(LegRinging(at=at, leg=leg.id))
    if world.flows.reaching is Reaching.ANSWERS:
        party_answers(world, leg.id)


def party_answers(world: "World", leg: LegId) -> None:
    """The party picks up."""
    world.legs[leg].up = True
    world.say(LegAnswered(at=world.now(), leg=leg))


def arrange(world: "World", command: Arrange) -> None:
    """Everybody who is named to the place that is named."""
    if command.main:
        world.bridges.add(command.contact)
    for names, in_bridge, aside in (
        (command.main, True, False),
        (command.aside, False, True),
        (command.music, False, False),
    ):
        for name in names:
            leg = world.legs.get(name)
            if leg is not None:
                leg.in_bridge, leg.aside = in_bridge, aside
                leg.music = not in_bridge and not aside
