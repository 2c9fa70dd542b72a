"""Bench `customers`: a list of 100,000 customers checked and taken in, then brought once more; and
customers found among a million.

The list is a CSV as an office program writes it: names, certificates, a number or two each. It is
read, planned line by line beside what is known, and stored in one transaction in the real
PostgreSQL. Told are the seconds of both steps, and of the same list again, of which nothing is new.
A million customers are then looked for as people do: by name, pinyin, the end of a number and the
certificate, each some ten times with other words; told is the 95th percentile of each way.
"""

import random
import time

from sqlalchemy import text

from lianxi.db.session import Database
from lianxi.drills.customer_rows import FAMILIES, GIVEN, NAMES, fill
from lianxi.drills.machine import machine_facts
from lianxi.drills.own_database import own_database
from lianxi.drills.report import Report
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.pinyin import sounds
from lianxi.kernel.time import Instant
from lianxi.modules.customers import importing, looking
from lianxi.modules.customers.contracts import CustomerFilter, Eyes
from lianxi.modules.customers.imports import ImportMode, ImportState
from lianxi.modules.customers.jobs import Given, Importer
from lianxi.modules.customers.profile_repository import words_of

LINES = 100_000
KNOWN = 1_000_000
GOAL_S = 120.0
FIND_GOAL_MS = 200.0
NOW = Instant(1_795_000_000_000)
_CALLER = Caller(
    user=UserId("bench"),
    username="bench",
    name="bench",
    role="supervisor",
    permissions=frozenset({Permission.CUSTOMERS_IMPORT, Permission.CUSTOMERS_CONFIDENTIAL}),
    scope=Scope.ALL,
    team=None,
    agent=None,
    session="",
    csrf="",
    address="",
)


async def measured(report: Report, *, lines: int = LINES, known: int = KNOWN) -> None:
    """Measure and state; what goes wrong is a statement that does not hold."""
    try:
        await measure(report, lines=lines, known=known)
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])


async def measure(report: Report, *, lines: int, known: int) -> None:
    """Measure, and state what holds.

    Args:
        report: where to.
        lines: of the list that is taken in.
        known: among how many customers some are looked for; 0 = nobody is.
    """
    report.machine.update(machine_facts())
    async with own_database(pool=3) as (database, _):
        await _measure(report, database, lines)
    if known:
        async with own_database(pool=3) as (database, _):
            await fill(database, known, words_of)
            await _found(report, database, known)


async def _found(report: Report, database: Database, known: int) -> None:
    """Look for customers in every way, by what is rare and by what many have."""
    dice = random.Random(3)
    people = dice.sample(NAMES, 12)
    ways = {
        "name": [CustomerFilter(text=name[:length]) for name in people for length in (1, 2, 3)],
        "initials": [CustomerFilter(text=sounds(name).split()[0]) for name in people],
        "pinyin": [CustomerFilter(text=sounds(name).split()[-1]) for name in people],
        "number_tail": [
            CustomerFilter(number_tail=f"{dice.randrange(10_000):04d}") for _ in people
        ],
        "certificate": [
            CustomerFilter(text=f"YH{dice.randrange(1, known):08d}") for _ in people
        ],
        "nobody": [CustomerFilter(text=words) for words in ("欧阳甲", "zzz", "qqxx", "YH99999999")],
    }  # fmt: skip
    eyes = Eyes(user=UserId("bench"), confidential=True)
    for way, asked in ways.items():
        times: list[float] = []
        for wanted in asked:
            began = time.perf_counter()
            async with database.sessions() as session:
                found = await looking.find(session, wanted, eyes, limit=51)
            times.append(1000 * (time.perf_counter() - began))
            if bool(found) is (way == "nobody"):
                raise RuntimeError(f"{way} {wanted}: {len(found)} found")
        slow = sorted(times)[int(0.95 * len(times))]
        report.figure(f"find_{way}_p95_ms", round(slow, 1))
        report.state(
            f"Among {known:,} customers those wanted are there within {FIND_GOAL_MS:.0f} ms: {way}",
            slow <= FIND_GOAL_MS,
            f"{slow:.0f} ms",
        )


async def _measure(report: Report, database: Database, lines: int) -> None:
    content = a_list(lines)
    report.figure("list_bytes", len(content))
    for name in ("first", "again"):
        check_s, take_s, counted = await _brought(database, content)
        report.figure(f"{name}_check_s", round(check_s, 1))
        report.figure(f"{name}_take_s", round(take_s, 1))
        whole = check_s + take_s
        report.state(
            f"{lines:,} lines, {name}: checked and taken in within {GOAL_S:.0f} s",
            whole <= GOAL_S,
            f"{whole:.1f} s; {counted}",
        )
    async with database.sessions() as session:
        kept = await session.scalar(text("SELECT count(*) FROM customer")) or 0
        told = await session.scalar(
            text(
                "SELECT sum(jsonb_array_length(facts->'created')) FROM audit "
                "WHERE act = 'customer_import.stored'"
            )
        )
    report.state("Every customer is stored once, and told of in the audit", kept == told == lines,
                 f"{kept:,} customers, {told} told of")  # fmt: skip


async def _brought(database: Database, content: bytes) -> tuple[float, float, str]:
    async def reader(session: object, user: UserId) -> Caller:
        return _CALLER

    worker = Importer(Given(sessions=database.sessions, reader=reader, now=lambda: NOW))
    async with database.sessions.begin() as session:
        job = await importing.bring(
            session, content, file_name="list.csv", mode=ImportMode.UPDATE, by=_CALLER, at=NOW
        )
    began = time.perf_counter()
    await worker.once()
    checked = time.perf_counter()
    async with database.sessions.begin() as session:
        await importing.take(session, job.id, only_good=False, by=_CALLER, at=NOW)
    await worker.once()
    taken = time.perf_counter()
    async with database.sessions() as session:
        job = await importing.one(session, job.id, _CALLER)
    if job.state is not ImportState.DONE:
        raise RuntimeError(f"{job.state}: {job.error}")
    counts = job.counts
    told = f"{counts.new:,} new, {counts.changed:,} changed, {counts.same:,} as before"
    return checked - began, taken - checked, told


def a_list(lines: int) -> bytes:
    """A list as an office program writes it, the same each time."""
    chance = random.Random(7)
    rows = ["姓名,用户证号,电话,性别,标签,地址"]
    for line in range(lines):
        name = chance.choice(FAMILIES) + "".join(chance.choices(GIVEN, k=2))
        number = f"1{chance.randrange(3, 10)}{line:09d}"
        second = f";010{line:08d}:单位" if line % 4 == 0 else ""
        sex = "男" if line % 2 else "女"
        address = f"建国路{chance.randrange(1, 999)}号{chance.randrange(1, 30)}室"
        rows.append(f"{name},YH{line:08d},{number}:手机{second},{sex},老客户,{address}")
    return "\r\n".join(rows).encode("gb18030")
