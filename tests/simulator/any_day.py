"""A random day as a journal: `python -m tests.simulator.any_day world|centre NUMBER FILE`.

A program of its own, so that the same day can be lived on either core. It says which one it was.
"""

import sys
from pathlib import Path

from lianxi.drills.bench_core import core_name
from lianxi.simulator.fuzz.laws.law import Taken
from lianxi.simulator.fuzz.watched import Step, WatchedEngine
from lianxi.simulator.fuzz.world import World
from lianxi.simulator.keeping import Keeper
from lianxi.simulator.running import play
from tests.simulator.centres import centre

EVENTS = 2_500
"""Of a world in which everything may happen."""

BUSY = {"arrivals": [{"queue": "sales", "profile": {"08:00": 300, "10:00": 0}}]}


class KeptEngine(WatchedEngine):
    """Writes down what the engine brings about."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper

    def take(self, step: Step) -> Taken | None:
        """One step, watched and written."""
        taken = super().take(step)
        if taken is not None:
            self.keeper.keep(taken.events)
        return taken


def live(kind: str, number: int, journal: Path) -> None:
    """One day of a world of the fuzzer, or of a simulated centre."""
    if kind == "centre":
        play(centre(**BUSY), number, journal)
        return
    with Keeper(journal) as keeper:
        world = World(5, number)
        world.watched = KeptEngine(keeper)
        world.run(EVENTS)


if __name__ == "__main__":
    live(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.write(core_name())
