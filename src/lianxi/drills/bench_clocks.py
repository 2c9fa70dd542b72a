"""Bench `clocks`: 100,000 open deadlines, 2,000 due in one second, two workers, one killed.

The deadlines stand in the real PostgreSQL with their marks at 50, 80 and 100 %; only the breaches
of 2,000 have come. Two worker processes sweep; a third is killed with SIGKILL in the middle of its
first round, after it has written and before it has committed. Told is the time from the word to
begin until nothing is due any more, and how often anything was fired. Beside it, procrastinate (a
queue of jobs on PostgreSQL) with as many future jobs and two workers runs 2,000 due ones.
"""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process, create_subprocess_exec

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.drills.machine import machine_facts
from lianxi.drills.own_database import own_database
from lianxi.drills.peers.with_procrastinate import run_due_jobs
from lianxi.drills.report import Report

OPEN = 100_000
DUE = 2_000
NOW_MS = 1_795_000_000_000
HOUR_MS = 3_600_000
GOAL_S = 5.0

_CALENDAR = (
    '{"id": "", "zone": "UTC", "always": true, "weekly": {}, "special": {}, "known_until": null}'
)
_MARKS = ", ".join(
    f'{{"action": "{action}", "percent": {percent}, "offset": null, "repeat": null}}'
    for action, percent in (("warn", 50), ("warn", 80), ("breach", 100))
)


async def measured(report: Report, *, peer: bool = True) -> None:
    """Measure and state; what goes wrong is a statement that does not hold."""
    try:
        await measure(report, peer=peer)
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])


async def measure(report: Report, *, peer: bool) -> None:
    """Measure, and state what holds. About half a minute; with the peer about two."""
    report.machine.update(machine_facts())
    async with own_database(pool=2) as (database, url):
        await _measure(report, database, url)
        if peer:
            seconds = await run_due_jobs(url, waiting=OPEN - DUE, due=DUE)
            report.figure("peer_procrastinate_s", seconds)


async def _measure(report: Report, database: Database, url: str) -> None:
    async with database.sessions.begin() as session:
        await _fill(session)
    async with database.engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("ANALYZE"))
    seconds = await _swept(url)
    async with database.sessions() as session:
        await _state(report, session, seconds)


async def _fill(session: AsyncSession) -> None:
    """Open deadlines of four hours; the first `DUE` fall due within the second before now."""
    due = f"CASE WHEN n <= {DUE} THEN {NOW_MS} - n % 1000 ELSE {NOW_MS} + {HOUR_MS} + n END"
    await session.execute(
        text(
            f"""
            INSERT INTO clock (subject, round, code, owner, target, unit, calendar, marks, state,
                started_at, due_at, is_provisional)
            SELECT 'case:' || n, 1, 'wo.resolve', 'area:' || n % 20, 4 * {HOUR_MS}, 'wall',
                CAST(:calendar AS jsonb), CAST(:marks AS jsonb), 'running',
                {due} - 4 * {HOUR_MS}, {due}, false
            FROM generate_series(1, {OPEN}) AS n
            """
        ),
        {"calendar": _CALENDAR, "marks": f"[{_MARKS}]"},
    )
    await session.execute(
        text("INSERT INTO clock_stretch (clock, since) SELECT id, started_at FROM clock")
    )
    await session.execute(
        text(
            f"""
            INSERT INTO clock_mark (clock, number, occurrence, first_at, at, fired_at)
            SELECT id, number, 1, moment, moment,
                CASE WHEN number < 2 AND moment <= {NOW_MS} THEN moment END
            FROM clock,
                LATERAL (VALUES (0, due_at - 2 * {HOUR_MS}), (1, due_at - {HOUR_MS} * 4 / 5),
                    (2, due_at)) AS mark (number, moment)
            """
        )
    )


async def _swept(url: str) -> float:
    """Seconds from the word to begin until the workers that live find nothing more."""
    workers = [await _worker(url, killed_in=1), await _worker(url), await _worker(url)]
    for worker in workers:
        assert worker.stdout is not None
        await worker.stdout.readline()
    began = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(b"begin\n")
        await worker.stdin.drain()
    await asyncio.gather(*(worker.wait() for worker in workers))
    seconds = time.perf_counter() - began
    # What the killed one had locked is free when the server notices; nothing may be left.
    last = await _worker(url)
    await last.communicate(b"begin\n")
    return seconds


async def _worker(url: str, killed_in: int | None = None) -> Process:
    command = [sys.executable, "-m", "lianxi.drills.clock_sweeper", url, str(NOW_MS)]
    extra = [] if killed_in is None else [str(killed_in)]
    return await create_subprocess_exec(*command, *extra, stdin=PIPE, stdout=PIPE)


async def _state(report: Report, session: AsyncSession, seconds: float) -> None:
    count = "SELECT count(*), count(DISTINCT object) FROM audit WHERE act = 'clock.breached'"
    told, different = (await session.execute(text(count))).one()
    late = "SELECT count(*) FROM clock WHERE breached_at = due_at"
    noted = await session.scalar(text(late))
    messages = await session.scalar(text("SELECT count(*) FROM outbox"))
    report.figure("open_clocks", OPEN)
    report.figure("due_clocks", DUE)
    report.figure("fire_2000_of_100k_s", seconds)
    report.figure("fired", different)
    report.figure("fired_twice", told - different)
    report.state(
        "Two thousand deadlines of a hundred thousand are fired within five seconds",
        seconds <= GOAL_S,
        f"{seconds:.2f} s",
    )
    report.state(
        "Each is fired once, though a worker was killed in the middle",
        told == different == noted == messages == DUE,
        f"{told} lines of audit, {different} deadlines, {noted} late, {messages} messages",
    )
