"""What an open contact keeps in memory, and whether a week leaves anything behind."""

import gc
import tracemalloc

from lianxi.drills.bench_engine_decisions import Crowd
from lianxi.drills.report import Report
from lianxi.engine.messages.base import Event
from lianxi.simulator import classics
from lianxi.simulator.scenario import DAY
from lianxi.simulator.world import World

OPEN = 10_000
BYTES_GOAL = 2_048

WEEK_LOAD, WEEK_AGENTS = 20.0, 22
GROWTH_KIB = 64.0
"""From the second midnight of a week to the last; strings and tables breathe a little."""


def bytes_per_waiting(waiting: int = OPEN) -> float:
    """Bytes that a waiting contact keeps, its ids and deadlines included."""
    crowd = Crowd(agents=10, waiting=20)
    crowd.fill()
    crowd.waiting = 20 + waiting
    return _grown(crowd, waiting)


def bytes_per_talking(talking: int = OPEN) -> float:
    """Bytes that a contact in conversation keeps; its agent was there before."""
    crowd = Crowd(agents=talking, waiting=0)
    crowd.sign_in()
    return _grown(crowd, talking)


def _grown(crowd: Crowd, contacts: int) -> float:
    crowd.is_timed = False
    gc.collect()
    tracemalloc.start()
    try:
        crowd.come()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / contacts
    finally:
        tracemalloc.stop()


class Watch:
    """Looks at the traced memory at every midnight of a simulation."""

    def __init__(self, world_begins: int) -> None:
        self._next = world_begins + DAY
        self.kib: list[float] = []

    def see(self, events: list[Event]) -> None:
        """Called with the events of each step."""
        if events and events[-1].at >= self._next:
            self._next += DAY
            gc.collect()
            self.kib.append(tracemalloc.get_traced_memory()[0] / 1024)


def week() -> list[float]:
    """KiB in use at the midnights of a simulated week, the first after one day."""
    scenario = classics.mmn(load_erlang=WEEK_LOAD, agents=WEEK_AGENTS, days=7)
    watch = Watch(scenario.begins)
    gc.collect()
    tracemalloc.start()
    try:
        World(scenario, keep=watch.see).run()
    finally:
        tracemalloc.stop()
    return watch.kib


def measure_memory(report: Report) -> None:
    """Note the bytes, and state the goals."""
    waiting, talking = bytes_per_waiting(), bytes_per_talking()
    report.figure("bytes_per_contact", float(round(max(waiting, talking))))
    report.figure("bytes_per_waiting_contact", float(round(waiting)))
    report.figure("bytes_per_talking_contact", float(round(talking)))
    report.state(
        f"An open contact keeps at most {BYTES_GOAL:,} bytes",
        max(waiting, talking) <= BYTES_GOAL,
        f"waiting {waiting:.0f}, in conversation {talking:.0f}",
    )
    kib = week()
    grown = kib[-1] - kib[1]
    report.figure("week_growth_kib", grown)
    report.state(
        "A week leaves nothing behind",
        grown <= GROWTH_KIB,
        "KiB at midnight: " + ", ".join(f"{each:.0f}" for each in kib),
    )
