"""Trunks of random days: what they let through, how they stand, what becomes of them."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.trunks import EMERGENCY_NUMBERS, Route, Trunk, TrunkSeen
from lianxi.kernel.ids import TrunkId
from lianxi.simulator.fuzz.picking import at_now

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

TRUNKS = tuple(TrunkId(name) for name in ("carrier", "reserve", "gateway"))
UNKNOWN = TrunkId("sold")
"""One that is configured no more, or never was."""
PATTERNS = ("139.", "1.", ".", "X.", "13900139000")
WHYS = ("unreachable", "rejected", "unregistered")


def the_ways(random: Random) -> dict[str, Any]:
    """Trunks and routes; often none, and then calls out are the switch's own business."""
    trunks = TRUNKS[: random.choice((0, 0, 1, 2, 3, 3, 3))]
    routes = tuple(
        Route(
            pattern=random.choice(PATTERNS),
            trunks=tuple(random.sample(TRUNKS, random.choice((1, 2, 3, 3)))),
            strip=random.choice((0, 0, 1)),
            prepend=random.choice(("", "9")),
        )
        for _ in range(random.choice((0, 1, 2, 2)))
    )
    return {
        "trunks": tuple(_trunk(trunk, random) for trunk in trunks),
        "routes": routes if trunks else (),
        "emergency": random.choice(((), EMERGENCY_NUMBERS["CN"])),
    }


def _trunk(trunk: TrunkId, random: Random) -> Trunk:
    return Trunk(
        id=trunk,
        name=trunk,
        enabled=random.random() < 0.9,
        server="" if random.random() < 0.1 else "192.0.2.1",
        channels=random.choice((0, 1, 2, 3, 8)),
        caller_numbers=random.choice(((), (), ("400X",))),
        caller_number=random.choice(("", "4001")),
    )


def a_trunk(world: "World") -> TrunkId:
    """Where a caller comes in: mostly on one that is configured, if there is any."""
    known = [trunk.id for trunk in world.routing.trunks]
    if not known or world.sometimes(0.1):
        return world.random.choice((TrunkId(""), UNKNOWN, *TRUNKS))
    return world.random.choice(known)


def stands(world: "World") -> list[Input]:
    """The switch says how a trunk stands, also when nothing changed, also of one nobody knows."""
    is_up = world.sometimes(0.6)
    why = "" if is_up else world.random.choice(WHYS)
    return [TrunkSeen(at=at_now(world), trunk=a_trunk(world), is_up=is_up, why=why)]


TRUNKING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = ((3, stands),)
