"""What the bench does, in order, and what it states about it."""

import asyncio
import hashlib
import random
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import lianxi
from lianxi.drills.bench_reports import same
from lianxi.drills.bench_reports.beside import beside
from lianxi.drills.bench_reports.centre import QUEUES, ZONE
from lianxi.drills.bench_reports.child import Took
from lianxi.drills.bench_reports.child import measured as in_child
from lianxi.drills.bench_reports.live import live
from lianxi.drills.bench_reports.multiplied import OWN_QUEUES, SIZES, Size, multiply
from lianxi.drills.bench_reports.report import MARTS, PARTS, opened, sum_days
from lianxi.drills.bench_reports.simulated import simulate_weeks
from lianxi.drills.machine import machine_facts
from lianxi.drills.report import Report
from lianxi.kernel.time import Instant
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck
from lianxi.reports.inquiries import tables_asked
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.sheets.layout import SHEETS
from lianxi.reports.sheets.reading import Shelf
from lianxi.reports.windows import Window, day
from lianxi.settings import Settings

OURS = "lianxi.drills.bench_reports.report:computed"
FROM_ROWS = "lianxi.drills.bench_reports.report:from_rows"
GOALS_S = {"10m": 10.0}
GOALS_MIB = {"10m": 2_048.0, "100m": 8_192.0}
MEMORY = {"100m": "6GB"}
PEERS_OF = {
    "1m": ("pandas", "postgresql"),
    "10m": ("pandas", "postgresql", "spark"),
    "100m": (),
}
"""Who is run beside us by default: what fits into memory and patience."""

TILE_GOAL_MS = 300.0
TILES = 40
"""Of a day, and as many of the whole time."""
ROOM_PER_CONTACT = 700
"""Bytes that must be free for each contact that is yet to be written; they take a half of it."""

PARTS_OF_SOURCES = ("engine", "projections", "simulator", "drills/bench_reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured."""

    sizes: tuple[str, ...] = ("1m",)
    peers: tuple[str, ...] | None = None
    """None = those of `PEERS_OF`."""
    rounds: int = 3
    weeks: int = 4
    """Really simulated; 48,000 contacts each."""
    folder: Path | None = None
    """Where facts are kept for next time; a temporary one unless given."""
    live: bool = True
    """Measure the board as well."""


def measure(report: Report, plan: Plan) -> None:
    """Measure, and state what holds; what goes wrong is a statement that does not hold."""
    report.machine.update(machine_facts())
    report.machine["facts"] = (
        f"{plan.weeks} weeks simulated by the engine and folded by the product; their days copied"
        " with other dates, contacts, queues and agents"
    )
    room = plan.folder or Path(tempfile.mkdtemp(prefix="lianxi-bench-"))
    try:
        report.step = "facts"
        week = _simulated(report, plan.weeks)
        for name in plan.sizes:
            _size(report, plan, week, room, SIZES[name])
        if plan.live:
            asyncio.run(live(report))
    except Exception as error:
        report.state("The bench can be run", False, repr(error)[:500])
    finally:
        if plan.folder is None:
            shutil.rmtree(room, ignore_errors=True)


def _simulated(report: Report, weeks: int) -> Path:
    """The simulated weeks, from the last time when nothing that made them has changed."""
    folder = Settings().cache / "bench-reports" / f"{_fingerprint()}-{weeks}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        began = time.monotonic()
        week = simulate_weeks(folder, weeks)
        report.figure("simulated_contacts", week.contacts)
        report.figure("simulated_events", week.events)
        report.figure("simulated_s", time.monotonic() - began)
        (folder / "done").touch()
    return folder


def _fingerprint() -> str:
    """Of the sources that decide what simulated weeks are."""
    root, digest = Path(lianxi.__file__).parent, hashlib.sha256()
    for part in PARTS_OF_SOURCES:
        for file in sorted((root / part).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _size(report: Report, plan: Plan, week: Path, room: Path, size: Size) -> None:
    name = size.name
    report.step = f"facts of {name}"
    facts = room / name / week.name
    if not (facts / "done").exists():
        shutil.rmtree(facts, ignore_errors=True)
        _require_room(room, size)
        began = time.monotonic()
        multiply(week, facts, size)
        report.figure(f"copied_{name}_s", time.monotonic() - began)
        (facts / "done").touch()
    _summed(report, facts, size)
    contacts, rows = _counted(facts, size)
    stored = sum(file.stat().st_size for file in facts.rglob("*.parquet"))
    sheets = sum(file.stat().st_size for file in facts.rglob("sum_*/*/*.parquet"))
    report.figure(f"sheets_{name}_mib", sheets / 2**20)
    report.figure(f"contacts_{name}", contacts)
    report.figure(f"rows_{name}", rows)
    report.figure(f"stored_{name}_mib", stored / 2**20)
    report.figure("bytes_per_contact", stored / contacts)
    report.step = f"month-end {name}"
    results = room / "results" / name
    took = _month_end(report, plan, facts, size, results / "ours")
    from_rows = _from_rows(report, facts, size, results)
    report.step = f"tiles {name}"
    asyncio.run(_tiles(report, facts, size))
    for peer in PEERS_OF[name] if plan.peers is None else plan.peers:
        report.step = f"{peer} {name}"
        try:
            beside(report, peer, facts, size, results, took, from_rows)
        except Exception as error:
            report.state(f"{peer} can be run ({name})", False, repr(error)[:500])


def _summed(report: Report, facts: Path, size: Size) -> None:
    """The sheets of all days, unless they are there from the last time."""
    done = facts / "-".join(["summed", *(sheet.fingerprint for sheet in SHEETS)])
    if not done.exists():
        began = time.monotonic()
        sum_days(facts, size)
        report.figure(f"summed_{size.name}_s", time.monotonic() - began)
        done.touch()


def _require_room(room: Path, size: Size) -> None:
    needed = size.contacts * ROOM_PER_CONTACT
    room.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(room).free
    if free < needed:
        raise OSError(f"{free / 2**30:.0f} GiB are free at {room}, {needed / 2**30:.0f} are needed")


def _counted(facts: Path, size: Size) -> tuple[int, int]:
    tables = ("fact_contact", "fact_queue_entry", "fact_offer", "fact_segment",
              "fact_agent_interval", "fact_flow_step", "fact_transfer")  # fmt: skip
    with opened(facts, size.first, size.days, tables=tables) as connection:
        counts = []
        for table in tables:
            found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            counts.append(int(found[0]) if found is not None else 0)
    return counts[0], sum(counts)


def _month_end(report: Report, plan: Plan, facts: Path, size: Size, into: Path) -> float:
    """The product's report, in a process of its own, some times; returns the median seconds."""
    name = size.name
    options = {"memory": MEMORY[name]} if name in MEMORY else {}
    runs: list[Took] = []
    for _ in range(plan.rounds if name != "100m" else 1):
        runs.append(in_child(OURS, facts, name, into, **options))
    wall_s = median(run.wall_s for run in runs)
    peak_mib = max(run.peak_mib for run in runs)
    report.figure(f"month_end_{name}_s", wall_s)
    report.figure(f"month_end_{name}_cpu_s", median(run.cpu_s for run in runs))
    report.figure(f"month_end_{name}_mib", peak_mib)
    report.figure(f"month_end_{name}_rows", runs[0].rows)
    seen = f"{wall_s:.1f} s, {peak_mib:.0f} MiB at the peak, {runs[0].rows:,} rows"
    if name in GOALS_S:
        goal = GOALS_S[name]
        report.state(f"The report of {name} takes {goal:.0f} s at most", wall_s <= goal, seen)
    if name in GOALS_MIB:
        most = GOALS_MIB[name]
        text = f"The report of {name} stays within {most / 1024:.0f} GiB"
        report.state(text, peak_mib <= most, seen)
    report.state(f"The report of {name} has rows", runs[0].rows > 0, seen)
    return wall_s


def _from_rows(report: Report, facts: Path, size: Size, results: Path) -> float | None:
    """The same without sheets, once, and whether both say the same; the seconds it took."""
    name = size.name
    if name == "100m":
        return None
    report.step = f"month-end {name} from rows"
    took = in_child(FROM_ROWS, facts, name, results / "rows")
    report.figure(f"month_end_{name}_from_rows_s", took.wall_s)
    report.figure(f"month_end_{name}_from_rows_mib", took.peak_mib)
    said = [
        same.difference(
            same.read(str(results / "ours" / f"{part.name}.parquet")),
            same.read(str(results / "rows" / f"{part.name}.parquet")),
        )
        for part in PARTS
    ]
    seen = "; ".join(one for one in said if one)
    report.state(f"Sheets and rows say the same ({name})", not seen, seen)
    return took.wall_s


# --- tiles


async def _tiles(report: Report, facts: Path, size: Size) -> None:
    """One metric of one queue, of the last day and of all days; files are opened each time."""
    chance = random.Random(7)
    took_ms: dict[str, list[float]] = {"day": [], "whole": []}
    for number in range(TILES + 1):
        for kind, days in (("day", 1), ("whole", size.days)):
            metric = chance.choice(("service_level", "asa", "abandon_rate", "offered"))
            queue = f"{chance.randrange(OWN_QUEUES)}.q{chance.randrange(QUEUES):02d}"
            began = time.perf_counter()
            await _tile(facts, size, days, metric, queue)
            if number:  # the first one compiles the statement
                took_ms[kind].append((time.perf_counter() - began) * 1000)
    every = sorted(took_ms["day"] + took_ms["whole"])
    p95 = every[int(len(every) * 0.95)]
    report.figure(f"tile_{size.name}_day_ms", median(took_ms["day"]))
    report.figure(f"tile_{size.name}_whole_ms", median(took_ms["whole"]))
    report.figure("tile_p95_ms", p95)
    report.state(
        f"19 of 20 tiles take {TILE_GOAL_MS:.0f} ms at most ({size.name})",
        p95 <= TILE_GOAL_MS,
        f"p95 {p95:.0f} ms",
    )


async def _tile(facts: Path, size: Size, days: int, metric: str, queue: str) -> None:
    first = size.first + timedelta(days=size.days - days)
    last = size.first + timedelta(days=size.days - 1)
    window = Window(begins_at=day(first, ZONE).begins_at, ends_at=day(last, ZONE).ends_at)
    question = Question(
        metrics=(metric,),
        window=window,
        width=Width.HALF_HOUR if days == 1 else Width.DAY,
        only={Key.QUEUE: (queue,)},
    )
    shelf = Shelf(leaves_rows=False)
    with opened(facts, first, days, tables=tables_asked(question), shelf=shelf) as connection:
        engine = Duck(connection, MARTS, shelf)
        await ask(engine, question, as_of=Instant(window.ends_at), zone=ZONE)
