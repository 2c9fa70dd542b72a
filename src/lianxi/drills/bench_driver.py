"""Bench `driver`: how long an input takes to be stored and acted on, beside a bare commit loop.

The Driver runs the real engine and writes the real PostgreSQL; the switch is the one in memory, so
nothing but our own path is measured. A bare psycopg loop that stores one row a time at the same
rate is the floor that this database gives on this machine; the two take turns, so that both meet
the same neighbours.
"""

import asyncio
import os
import tempfile
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import migrate
from lianxi.drills.bench_floor import Floor
from lianxi.drills.machine import machine_facts
from lianxi.drills.report import Report
from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Command, Input
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Answer, Recorded, Step
from lianxi.journal.store import PostgresJournal
from lianxi.runtime.clock import now
from lianxi.runtime.driver import Driver
from lianxi.settings import Home

ROUND_S = 5.0
"""How long Driver and peer work before the other has its turn."""

P99_COMMAND_MS = 100.0


@dataclass(slots=True)
class Taken:
    """Latencies of inputs, in seconds."""

    to_commit: list[float] = field(default_factory=list)
    to_command: list[float] = field(default_factory=list)
    _heard: "deque[float]" = field(default_factory=deque)

    def hear(self) -> None:
        """An input was told."""
        self._heard.append(time.perf_counter())

    def heard_before(self, moment: float) -> list[float]:
        """The inputs of a batch that is being stored: all that were told before it."""
        batch = []
        while self._heard and self._heard[0] <= moment:
            batch.append(self._heard.popleft())
        return batch


class TimedJournal(PostgresJournal):
    """The journal, with a stop-watch on each append."""

    def __init__(
        self, url: str, writing: psycopg.AsyncConnection[tuple[object, ...]], taken: Taken
    ) -> None:
        super().__init__(url, writing=writing)
        self._taken = taken

    async def append(self, steps: Sequence[Step], answers: Sequence[Answer] = ()) -> list[Recorded]:
        """Store, and note for each input of the batch how long it took."""
        heard = self._taken.heard_before(time.perf_counter())
        recorded = await super().append(steps, answers)
        stored = time.perf_counter()
        self._taken.to_commit += [stored - each for each in heard]
        # The Driver performs without a pause after this; whoever is scheduled next runs later.
        asyncio.get_running_loop().call_soon(self._performed, heard)
        return recorded

    def _performed(self, heard: list[float]) -> None:
        done = time.perf_counter()
        self._taken.to_command += [done - each for each in heard]


async def measured(report: Report, *, per_second: float, seconds: float) -> None:
    """As `measure`; what goes wrong is a statement that does not hold."""
    try:
        await measure(report, per_second=per_second, seconds=seconds)
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])


async def measure(report: Report, *, per_second: float, seconds: float) -> None:
    """Measure, and state what holds.

    Args:
        report: where to.
        per_second: inputs a second; what the switch answers comes on top.
        seconds: how long Driver and peer work, each.
    """
    report.machine.update(machine_facts())
    with tempfile.TemporaryDirectory(prefix="lianxi-bench-") as folder:
        root = Path(folder) / "home"
        home = Home(root=root, cache=root / "cache")
        home.make()
        postgres = EmbeddedPostgres(home)
        await postgres.start()
        try:
            await migrate(postgres.url())
            await _measure(report, postgres.url(), per_second, seconds)
        finally:
            await postgres.stop()


async def _measure(report: Report, url: str, per_second: float, seconds: float) -> None:
    taken = Taken()
    memory_before = _memory_mb()
    async with await connect(url) as writing, await connect(url) as bare:
        journal = TimedJournal(url, writing, taken)
        world = World(now=now, prompts_end_at_once=True)
        switch = FakeSwitch(world)

        async def from_the_start() -> tuple[Engine, int]:
            return Engine(), 0

        def perform(command: Command) -> None:
            switch.perform(command)

        driver = Driver(
            Engine(), position=0, journal=journal, perform=perform, now=now, rebuild=from_the_start
        )

        def tell(given: Input) -> None:
            taken.hear()
            driver.tell(given)

        running = [asyncio.create_task(driver.run()), asyncio.create_task(switch.run(tell))]
        try:
            floor = Floor(driver, world, tell)
            floor.open()
            await _settled(driver)
            floor.register()
            await _settled(driver)
            taken.to_commit.clear()
            taken.to_command.clear()
            began_at = driver.position
            commits = await _take_turns(floor.act, bare, per_second, seconds)
            await _settled(driver)
            facts = driver.position - began_at
            ended = [task for task in running if task.done()]
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
    for name, value in {
        "inputs_per_s": per_second,
        "seconds": seconds,
        "inputs": len(taken.to_command),
        "facts": facts,
        **_quantiles("input_to_committed", taken.to_commit),
        **_quantiles("input_to_command", taken.to_command),
        **_quantiles("peer_bare_commit", commits),
        "memory_before_mb": memory_before,
        "memory_after_mb": _memory_mb(),
    }.items():
        report.figure(name, value)
    _state(report, taken, per_second * seconds, driver_ended=bool(ended))


def _state(report: Report, taken: Taken, wanted: float, *, driver_ended: bool) -> None:
    inputs = len(taken.to_command)
    report.state(
        "Every input was decided, stored and acted on",
        inputs >= wanted and not driver_ended,
        f"{inputs} inputs, {wanted:.0f} of them by people",
    )
    late = report.figures.get("input_to_command_p99_ms")
    report.state(
        f"99 of 100 inputs are acted on within {P99_COMMAND_MS:.0f} ms",
        isinstance(late, float) and late <= P99_COMMAND_MS,
        f"p99 {late} ms; a bare commit: {report.figures.get('peer_bare_commit_p99_ms')} ms",
    )


async def _take_turns(
    act: Callable[[], None],
    bare: psycopg.AsyncConnection[tuple[object, ...]],
    per_second: float,
    seconds: float,
) -> list[float]:
    """Driver and peer in rounds; returns the peer's latencies."""
    await bare.execute("CREATE TABLE bench_peer (id bigserial PRIMARY KEY, fact jsonb)")
    commits: list[float] = []

    async def store() -> None:
        began = time.perf_counter()
        await bare.execute("INSERT INTO bench_peer (fact) VALUES (%s)", ('{"one": "row"}',))
        commits.append(time.perf_counter() - began)

    async def one_deed() -> None:
        act()

    rounds = max(round(seconds / ROUND_S), 1)
    for _ in range(rounds):
        await _paced(one_deed, per_second, seconds / rounds)
        await _paced(store, per_second, seconds / rounds)
    return commits


async def _paced(deed: Callable[[], Awaitable[None]], per_second: float, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    for index in range(round(per_second * seconds)):
        wait = began + index / per_second - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)  # pace: people act at this rate
        await deed()


async def _settled(driver: Driver) -> None:
    """Wait until the Driver has written nothing for a moment."""
    seen = -1
    while driver.position != seen:
        seen = driver.position
        await asyncio.sleep(0.2)  # poll: a Driver at rest says nothing


def _quantiles(name: str, values: list[float]) -> dict[str, float | None]:
    ordered = sorted(values)
    if not ordered:
        return {f"{name}_p50_ms": None, f"{name}_p99_ms": None}
    return {
        f"{name}_p50_ms": round(ordered[len(ordered) // 2] * 1000, 2),
        f"{name}_p99_ms": round(ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)] * 1000, 2),
    }


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
