"""Many replications: in this process, in parallel processes, or on a Ray cluster."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from lianxi.simulator.drawing import Floats
from lianxi.simulator.keeping import Keeper
from lianxi.simulator.measures import measured
from lianxi.simulator.on_ray import played_on_ray
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One replication."""

    replication: int
    measures: Floats
    """[figure, queue, interval], see `measures.measured`."""
    contacts: int
    events: int
    cpu_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where replications run."""

    jobs: int = 0
    """Processes; 0 = one for each processor, 1 = this one."""
    ray: bool = False
    """On the Ray cluster that RAY_ADDRESS names, or on a local one."""
    keep: Path | None = None
    """Folder for the journal of the first replication."""


def play(scenario: Scenario, replication: int, journal: Path | None = None) -> Played:
    """Play one replication.

    Args:
        journal: keep its events in this file.

    Raises:
        OSError: the journal cannot be written.
    """
    began = time.process_time()
    if journal is None:
        world = World(scenario, replication)
        tally = world.run()
    else:
        with Keeper(journal) as keeper:
            world = World(scenario, replication, keeper.keep)
            tally = world.run()
    return Played(
        replication=replication,
        measures=measured(scenario, tally),
        contacts=world.contacts,
        events=world.events,
        cpu_s=time.process_time() - began,
    )


def _silent(_: Played) -> None:
    """Nobody watches."""


def replicate(
    scenario: Scenario,
    count: int,
    way: Way | None = None,
    told: Callable[[Played], None] = _silent,
) -> list[Played]:
    """Play replications 0 to count - 1; the result does not depend on where they run.

    Args:
        told: called with each one as it is ready.

    Raises:
        RayMissing, RayNotReached: Ray is asked for and not installed, or not there.
        OSError: the journal cannot be written.
    """
    way = way or Way()
    found: list[Played] = []
    for played in _played(scenario, count, way):
        told(played)
        found.append(played)
    return sorted(found, key=lambda played: played.replication)


def _played(scenario: Scenario, count: int, way: Way) -> Iterator[Played]:
    work = [(scenario, number, _journal(way, number)) for number in range(count)]
    jobs = min(count, way.jobs or len(os.sched_getaffinity(0)))
    if way.ray:
        yield from _on_ray(scenario, count, way)
    elif jobs == 1:
        yield from (play(*one) for one in work)
    else:
        # A fresh interpreter for each worker: no threads or locks of ours are copied into it.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            for done in as_completed([pool.submit(play, *one) for one in work]):
                yield done.result()


def _journal(way: Way, number: int) -> Path | None:
    if way.keep is None or number > 0:
        return None
    return way.keep / "replication-1.jsonl"


def _on_ray(scenario: Scenario, count: int, way: Way) -> Iterator[Played]:
    """On the cluster; the one whose journal is kept is played here, where it is wanted."""
    kept = 0 if way.keep is None else 1
    yield from played_on_ray(play, scenario, list(range(kept, count)))
    yield from (play(scenario, number, _journal(way, number)) for number in range(kept))
