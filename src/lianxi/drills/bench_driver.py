"""Bench `driver`: how long an input takes to be stored and acted on, beside a bare commit loop.

A whole switchboard (leader, Driver, inbox, heartbeats, reconciler, watchdog) runs the real engine
and writes the real PostgreSQL; only the switch is one in memory, so nothing but our own path is
measured. The times are taken outside: from the moment a channel tells something, or a desk asks it
through the durable inbox, to the moment the switch gets the command that follows. A bare psycopg
loop that stores one row a time at the same rate is the floor that this database gives on this
machine; the two take turns, so that both meet the same neighbours.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from lianxi.channels.fake.world import World
from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import migrate
from lianxi.drills.bench_floor import AGENTS, SESSION, Floor, StopWatch, WatchedSwitch, Way, routing
from lianxi.drills.machine import machine_facts
from lianxi.drills.report import Report
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.state import State
from lianxi.journal.connecting import connect
from lianxi.journal.heartbeats import Heartbeats
from lianxi.journal.inbox import Inbox
from lianxi.journal.signals import Beat
from lianxi.runtime.clock import now
from lianxi.runtime.driver import Driver
from lianxi.runtime.switchboard import Parts, Switchboard
from lianxi.settings import Home

ROUND_S = 5.0
"""How long switchboard and peer work before the other has its turn."""

WARM_S = 1.0
"""Not measured: plans are prepared, caches filled."""

BEAT_EVERY_S = 3.0
"""As a page does."""

P99_COMMAND_MS = 10.0
LIVE_PER_S = 200.0
"""The rate of the figure `live_p99_ms`."""


@dataclass(slots=True, kw_only=True)
class Measured:
    """What the rounds gave, in seconds."""

    watch: StopWatch
    rounds_p99: list[float] = field(default_factory=list)
    """Of each round, told and asked together."""
    commits: list[float] = field(default_factory=list)
    to_commit: list[float] = field(default_factory=list)
    loop_late: list[float] = field(default_factory=list)
    """How late the event loop woke the pacing task: what the machine itself adds."""
    facts: int = 0
    cpu_s: float = 0.0
    """Processor time of this process while the switchboard worked."""


async def measured(report: Report, *, per_second: float, seconds: float) -> None:
    """As `measure`; what goes wrong is a statement that does not hold."""
    try:
        await measure(report, per_second=per_second, seconds=seconds)
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])


async def live(report: Report, *, seconds: float = 10.0) -> None:
    """The figure `live_p99_ms`: input to committed to command at 200 inputs a second.

    Args:
        report: gets the figure, what it is made of, and whether the goal was reached.
        seconds: how long the switchboard works; the peer works as long.
    """
    await measured(report, per_second=LIVE_PER_S, seconds=seconds)
    report.figure("live_p99_ms", report.figures.get("input_to_command_p99_ms"))


async def measure(report: Report, *, per_second: float, seconds: float) -> None:
    """Measure, and state what holds.

    Args:
        report: where to.
        per_second: inputs a second by people; what the switch answers comes on top.
        seconds: how long switchboard and peer work, each.
    """
    report.machine.update(machine_facts())
    memory_before = _memory_mb()
    with tempfile.TemporaryDirectory(prefix="lianxi-bench-") as folder:
        root = Path(folder) / "home"
        home = Home(root=root, cache=root / "cache")
        home.make()
        postgres = EmbeddedPostgres(home)
        await postgres.start()
        try:
            await migrate(postgres.url())
            found = await _measure(postgres.url(), per_second, seconds)
        finally:
            await postgres.stop()
    _tell(report, found, per_second, seconds)
    report.figure("memory_before_mb", memory_before)
    report.figure("memory_after_mb", _memory_mb())
    _state(report, found.watch, per_second * seconds)


async def _measure(url: str, per_second: float, seconds: float) -> Measured:
    found = Measured(watch=StopWatch())
    async with _open(url, found.watch) as (floor, driver), await connect(url) as bare:
        await bare.execute("CREATE TABLE bench_peer (id bigserial PRIMARY KEY, fact jsonb)")
        await _work(floor, per_second, WARM_S)
        found.watch.clear()
        driver.latencies.clear()
        rounds = max(round(seconds / ROUND_S), 1)
        for _ in range(rounds):
            began_at, cpu = driver.position, time.process_time()
            measured_before = found.watch.marks()
            found.loop_late += await _work(floor, per_second, seconds / rounds)
            found.cpu_s += time.process_time() - cpu
            found.facts += driver.position - began_at
            found.rounds_p99.append(quantile(found.watch.since(measured_before), 0.99))
            await _store(bare, found.commits, per_second, seconds / rounds)
        found.to_commit = [latency.stored for latency in driver.latencies]
    return found


@asynccontextmanager
async def _open(url: str, watch: StopWatch) -> AsyncIterator[tuple[Floor, Driver]]:
    """A switchboard that leads, forty agents who are ready, and nobody on the line."""
    world = World(now=now, prompts_end_at_once=True)
    inbox = Inbox(url, now)

    async def opening(state: State) -> Sequence[Input]:
        return [RoutingPublished(at=now(), routing=routing())]

    board = Switchboard(
        Parts(
            url=url,
            channel=lambda devices: WatchedSwitch(world, devices, watch),
            is_connected=lambda _: world.tell is not None,
            now=now,
            opening=opening,
        )
    )
    running = [asyncio.create_task(work) for work in (board.run(), inbox.run(), _beat(url))]
    try:
        async with asyncio.timeout(30):
            await board.is_leading.wait()
            assert board.driver is not None
            driver = board.driver
            floor = Floor(world, inbox, lambda: driver.state, watch)
            await floor.open()
            await _settled(driver)
        yield floor, driver
        if board.driver is not driver:
            watch.refusals.append("the Driver ended")
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await inbox.close()


async def _beat(url: str) -> None:
    """The heartbeats of all desks."""
    heartbeats = Heartbeats(url)
    async with asyncio.TaskGroup() as group:
        group.create_task(heartbeats.run())
        while True:
            for setup in routing().agents:
                heartbeats.beat(Beat(agent=setup.id, session=SESSION))
                await asyncio.sleep(BEAT_EVERY_S / AGENTS)  # pace: pages beat on their own


async def _work(floor: Floor, per_second: float, seconds: float) -> list[float]:
    async def one_deed() -> None:
        floor.act()

    late = await _paced(one_deed, per_second, seconds)
    await floor.settled()
    return late


async def _store(
    bare: psycopg.AsyncConnection[tuple[object, ...]],
    commits: list[float],
    per_second: float,
    seconds: float,
) -> None:
    """The peer's turn."""

    async def store() -> None:
        began = time.perf_counter()
        await bare.execute("INSERT INTO bench_peer (fact) VALUES (%s)", ('{"one": "row"}',))
        commits.append(time.perf_counter() - began)

    await _paced(store, per_second, seconds)


async def _paced(
    deed: Callable[[], Awaitable[None]], per_second: float, seconds: float
) -> list[float]:
    """One deed at a time at this rate; returns how late each began."""
    loop = asyncio.get_running_loop()
    began, late = loop.time(), []
    for index in range(round(per_second * seconds)):
        due = began + index / per_second
        if due > loop.time():
            await asyncio.sleep(due - loop.time())  # pace: people act at this rate
        late.append(max(loop.time() - due, 0.0))
        await deed()
    return late


async def _settled(driver: Driver) -> None:
    """Wait until the Driver has written nothing for a moment."""
    seen = -1
    while driver.position != seen:
        seen = driver.position
        await asyncio.sleep(0.2)  # poll: a Driver at rest says nothing


# --- telling


def _tell(report: Report, found: Measured, per_second: float, seconds: float) -> None:
    watch = found.watch
    told, asked = watch.to_command[Way.TOLD], watch.to_command[Way.ASKED]
    for name, value in {
        "inputs_per_s": per_second,
        "seconds": seconds,
        "inputs": watch.deeds,
        "facts": found.facts,
        **_quantiles("input_to_committed", found.to_commit),
        **_quantiles("input_to_command", told + asked),
        "input_to_command_p99_median_round_ms": quantile(found.rounds_p99, 0.5) * 1000,
        **_quantiles("told_to_command", told),
        **_quantiles("asked_to_command", asked),
        **_quantiles("asked_to_answer", watch.to_answer),
        **_quantiles("loop_late", found.loop_late),
        **_quantiles("peer_bare_commit", found.commits),
        "cpu_ms_per_input": found.cpu_s * 1000 / max(watch.deeds, 1),
    }.items():
        report.figure(name, value)


def _state(report: Report, watch: StopWatch, wanted: float) -> None:
    report.state(
        "Every input was decided, stored and acted on",
        watch.deeds >= wanted and not watch.open and not watch.refusals,
        f"{watch.deeds} inputs, {watch.open} of them without their command; "
        f"refused: {watch.refusals[:3]}",
    )
    late = report.figures.get("input_to_command_p99_ms")
    report.state(
        f"99 of 100 inputs are acted on within {P99_COMMAND_MS:.0f} ms",
        isinstance(late, float) and late <= P99_COMMAND_MS,
        f"p99 {late} ms; a bare commit: {report.figures.get('peer_bare_commit_p99_ms')} ms",
    )


def _quantiles(name: str, values: list[float]) -> dict[str, float | None]:
    if not values:
        return {f"{name}_p50_ms": None, f"{name}_p99_ms": None}
    return {
        f"{name}_p50_ms": round(quantile(values, 0.5) * 1000, 2),
        f"{name}_p99_ms": round(quantile(values, 0.99) * 1000, 2),
    }


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
