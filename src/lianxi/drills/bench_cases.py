"""Bench `cases`: a million work orders, twenty areas, two hundred people at work.

The work orders stand in the real PostgreSQL, nine tenths of them archived, the rest open with their
deadlines. Two hundred people ask the real routes (in this process; no network between) as people
do, one request every five seconds each: lists in any order, boards, searches by words and by the
last digits of a number, one work order, and changes. Told are the 95th percentiles. Pairs of
dispatchers then give the same work order away in the same moment. Beside it, the same search by
ILIKE without the index, as most help desks do it.
"""

import random
import time

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.drills.case_floor import Floor, people_at_work, same_moment
from lianxi.drills.case_rows import NOW_MS, fill
from lianxi.drills.machine import machine_facts
from lianxi.drills.own_database import own_database
from lianxi.drills.report import Report
from lianxi.runtime import memory

PAGE_GOAL_MS = 300.0
SAVE_GOAL_MS = 150.0
PAIRS = 50


async def measured(report: Report, *, cases: int, people: int, seconds: float) -> None:
    """Measure and state; what goes wrong is a statement that does not hold."""
    try:
        await measure(report, cases=cases, people=people, seconds=seconds)
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])


async def measure(report: Report, *, cases: int, people: int, seconds: float) -> None:
    """Measure, and state what holds.

    Args:
        report: where to.
        cases: how many work orders there are.
        people: how many are at work.
        seconds: how long they work.
    """
    report.machine.update(machine_facts())
    async with own_database(pool=10) as (database, _):
        await _measure(report, database, cases, people, seconds)


async def _measure(
    report: Report, database: Database, cases: int, people: int, seconds: float
) -> None:
    began = time.perf_counter()
    await fill(database, cases)
    report.figure("filled_s", time.perf_counter() - began)
    report.figure("cases", cases)
    report.figure("people", people)
    floor = Floor(database, NOW_MS)
    memory.set_aside()  # as a centre does before it serves
    try:
        await people_at_work(floor, people=min(20, people), seconds=2.0)  # plans and caches
        took = await people_at_work(floor, people=people, seconds=seconds)
        won = await same_moment(floor, PAIRS)
    finally:
        await floor.close()
    for name, times in sorted(took.items()):
        report.figure(f"{name}_p95_ms", p95(times))
        report.figure(f"{name}_count", len(times))
    pages = max(p95(took[name]) for name in ("list", "search", "board", "one"))
    report.state("Lists, searches and boards are there", pages <= PAGE_GOAL_MS, f"{pages:.0f} ms")
    save = p95(took["save"])
    report.state("A change is written", save <= SAVE_GOAL_MS, f"{save:.0f} ms")
    report.figure("pairs_with_one_winner", won)
    report.state(
        "Of two who dispatch the same work order at once exactly one does, the other is told",
        won == PAIRS,
        f"{won} of {PAIRS} pairs",
    )
    async with database.sessions() as session:
        report.figure("peer_ilike_search_p95_ms", await _without_index(session))


def p95(times: list[float]) -> float:
    """The 95th percentile, in milliseconds, of times in seconds."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] if ordered else 0.0


async def _without_index(session: AsyncSession) -> float:
    """The same words looked for row by row."""
    times: list[float] = []
    random.seed(1)
    for word in ("漏水", "退款", "停电", "发票", "安装"):
        began = time.perf_counter()
        await session.execute(
            text(
                "SELECT id FROM work_order WHERE title ILIKE :word OR content ILIKE :word "
                "ORDER BY opened_at DESC, id DESC LIMIT 50"
            ),
            {"word": f"%{word} {random.randrange(10_000)}%"},
        )
        times.append(time.perf_counter() - began)
    return p95(times)
