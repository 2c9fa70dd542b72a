"""Journals of random days, as the fuzzer's worlds live them."""

from functools import cache

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event
from lianxi.simulator.fuzz.world import World
from tests.builders.story import Line

CONFERRING, EVERYTHING = 9, 10
"""Numbers of worlds whose mood is to confer, and to do a bit of all."""


@cache
def a_day(number: int, events: int, *, seed: int = 5) -> tuple[Line, ...]:
    """The first lines of a random day's journal. Clocks may go back."""
    world = World(seed, number)
    world.run(events)
    engine = Engine()
    journal: list[Event] = []
    for step in world.trace:
        if step is not None:
            journal += engine.step(step)
    return tuple(Line(position, event) for position, event in enumerate(journal, start=1))
