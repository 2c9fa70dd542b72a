"""Many random worlds, one after the other or beside each other, until enough events are written."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import perf_counter, process_time

from lianxi.simulator.fuzz.coverage import never_seen
from lianxi.simulator.fuzz.laws.book import LAWS
from lianxi.simulator.fuzz.laws.law import Broken
from lianxi.simulator.fuzz.watched import Step
from lianxi.simulator.fuzz.world import World

EVENTS_PER_WORLD = 20_000
LONG_EVERY = 25
"""Each so many worlds one lives five times as long, for what only shows after thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A world in which a law did not hold, or the engine failed."""

    seed: int
    number: int
    law: str
    """The law's name, or the type of what was raised."""
    text: str
    trace: list[Step]
    """Everything the engine was given, the last step included."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was lived through."""

    seed: int
    worlds: int = 0
    steps: int = 0
    events: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    """Events."""
    others: Counter[str] = field(default_factory=Counter)
    """Inputs that changed something, and commands."""
    finding: Finding | None = None

    def add(self, other: "Tally") -> None:
        """Another world's."""
        self.worlds += other.worlds
        self.steps += other.steps
        self.events += other.events
        self.cpu_s += other.cpu_s
        self.counts.update(other.counts)
        self.others.update(other.others)
        self.finding = self.finding or other.finding

    @property
    def never_seen(self) -> list[str]:
        """Types of messages that did not come about."""
        return never_seen(self.counts + self.others)

    def as_json(self) -> dict[str, object]:
        """In the shape of the drills' reports."""
        broken = self.finding.law if self.finding else None
        statements = [
            {
                "text": (law.__doc__ or "").split("\n", 1)[0],
                "ok": law.name != broken,
                "seen": self.finding.text if self.finding and law.name == broken else "",
                "step": law.name,
            }
            for law in LAWS
        ]
        failed = self.finding if broken not in {law.name for law in LAWS} else None
        statements.append(
            {
                "text": "The switchboard itself never fails.",
                "ok": failed is None,
                "seen": failed.text if failed else "",
                "step": "the engine",
            }
        )
        return {
            "name": "fuzz",
            "ok": self.finding is None,
            "statements": statements,
            "figures": {
                "seed": self.seed,
                "events": self.events,
                "worlds": self.worlds,
                "steps": self.steps,
                "violations": int(self.finding is not None),
                "events_per_s": round(self.events / self.wall_s) if self.wall_s else None,
                "events_per_cpu_s": round(self.events / self.cpu_s) if self.cpu_s else None,
                "wall_s": round(self.wall_s, 1),
            },
            "counts": dict(self.counts.most_common()),
            "others": dict(self.others.most_common()),
            "never_seen": self.never_seen,
        }


def one_world(seed: int, number: int, events: int) -> Tally:
    """Live through one world."""
    began = process_time()
    world = World(seed, number)
    finding = None
    try:
        world.run(events)
    except Exception as failure:
        law, text = told(failure)
        finding = Finding(seed=seed, number=number, law=law, text=text, trace=world.trace)
    return Tally(
        seed=seed,
        worlds=1,
        steps=len(world.trace),
        events=world.watched.written,
        cpu_s=process_time() - began,
        counts=_by_name(world.watched.counts.items()),
        others=_by_name(world.watched.others.items()),
        finding=finding,
    )


def _by_name(counted: Iterable[tuple[type, int]]) -> Counter[str]:
    return Counter({kind.__name__: count for kind, count in counted})


def told(failure: Exception) -> tuple[str, str]:
    """The broken law and what was seen; of any other failure its type and where it came from."""
    if isinstance(failure, Broken):
        return failure.law, str(failure)
    where = traceback.extract_tb(failure.__traceback__)[-1]
    return (
        f"{type(failure).__name__} in {where.name}",
        f"{type(failure).__name__}: {failure} ({where.filename}:{where.lineno})",
    )


def _lengths(events: int) -> Iterator[int]:
    number = 0
    while events > 0:
        number += 1
        wanted = EVENTS_PER_WORLD * (5 if number % LONG_EVERY == 0 else 1)
        yield min(wanted, events)
        events -= wanted


def fuzz(
    *,
    events: int,
    seed: int,
    jobs: int = 1,
    on_world: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Live through random worlds until so many events are written, or a law is broken.

    Args:
        events: how many, at least.
        seed: of everything; the same seed gives the same worlds, whatever `jobs` is.
        jobs: processes beside each other; 1 = this one alone.
        on_world: told the sum so far after each world.
    """
    began = perf_counter()
    total = Tally(seed=seed)
    work = list(enumerate(_lengths(events)))
    for tally in _here(seed, work) if jobs <= 1 else _beside(seed, work, jobs):
        total.add(tally)
        total.wall_s = perf_counter() - began
        on_world(total)
        if total.finding is not None:
            break
    return total


def _here(seed: int, work: list[tuple[int, int]]) -> Iterator[Tally]:
    for number, length in work:
        yield one_world(seed, number, length)


def _beside(seed: int, work: list[tuple[int, int]], jobs: int) -> Iterator[Tally]:
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        futures: list[Future[Tally]] = [
            pool.submit(one_world, seed, number, length) for number, length in work
        ]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()
