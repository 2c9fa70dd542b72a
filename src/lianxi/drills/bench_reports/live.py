"""What the board's figures cost while five hundred agents work, and whether the board is right.

The product's own processes (web, worker) run on its own database; the journal of a simulated day is
written as the Driver writes it, fifty facts a second. One board looks at queues, agents and
contacts; then at the figures too. The difference in processor time, of web and database together,
is what the figures cost. In the end the board's rows (a snapshot and thousands of patches) must be
those that a board gets that is opened then.
"""

import asyncio
import contextlib
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import migrate
from lianxi.drills.bench_reports.live_day import STANDS_AT, LiveDay, load_facts, simulated_day
from lianxi.drills.bench_reports.live_view import Board, board
from lianxi.drills.errors import CentreDidNotStart
from lianxi.drills.product import Product
from lianxi.drills.report import Report
from lianxi.drills.voice.person import Person
from lianxi.journal.contracts import Step
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.time import Instant
from lianxi.runtime.clock import now
from lianxi.settings import Home, Settings

PROGRAM = str(Path(sys.executable).parent / "lianxi")
BOARDS = ("queues", "agents", "contacts")
SECONDS = 20.0
TELL_EVERY_S = 0.1
AT_ONCE = 2_000
STARTED_WITHIN_S = 120.0
STOPPED_WITHIN_S = 20.0
SETTLED_WITHIN_S = 60.0
SHARE_GOAL = 0.10
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_LOOK_EVERY_S = 0.1


async def live(report: Report, *, seconds: float = SECONDS) -> None:
    """Measure, and state what holds; what goes wrong is a statement that does not hold."""
    report.step = "live"
    try:
        with _room() as room:
            await _live(report, room, seconds)
    except Exception as error:
        report.state("The board can be looked at", False, repr(error)[:500])


async def _live(report: Report, room: Path, seconds: float) -> None:
    day = await asyncio.to_thread(simulated_day, now())
    async with AsyncExitStack() as stack:
        home = Home(root=room / "home", cache=Settings().cache)
        home.make()
        postgres = EmbeddedPostgres(home)
        await postgres.start()
        stack.push_async_callback(postgres.stop)
        await migrate(postgres.url())
        await _tell_past(postgres.url(), day)
        report.figure("live_facts_before", len(day.past))
        roles = await stack.enter_async_context(serving(postgres.url(), home))
        telling = asyncio.create_task(_tell_future(postgres.url(), day))
        stack.callback(telling.cancel)
        person = Person(roles.url, "supervisor", roles.accounts()["supervisor"])
        stack.push_async_callback(person.close)
        await _signed_in(person)
        first = await stack.enter_async_context(board(roles.url, person.cookies))
        await first.subscribe(*BOARDS)
        pids = (roles.pid, postgres.pid or 0)
        await asyncio.sleep(seconds / 2)  # pace: caches fill, what came late is told
        without_s = await _spent(pids, seconds)
        await first.subscribe(*BOARDS, "metrics")
        await asyncio.sleep(seconds / 4)  # pace: the statement is compiled
        told = len(day.past)
        with_s = await _spent(pids, seconds)
        report.figure("live_events_per_s", (len(day.past) - told) / seconds)
        share = (with_s - without_s) / seconds
        report.figure("live_without_figures_share", without_s / seconds)
        report.figure("live_with_figures_share", with_s / seconds)
        report.figure("live_figures_share", share)
        report.state(
            f"The board's figures cost {SHARE_GOAL:.0%} of a core at most",
            share <= SHARE_GOAL,
            f"{share:.1%}: {with_s / seconds:.1%} with them, {without_s / seconds:.1%} without",
        )
        telling.cancel()
        await _compare(report, first, roles, person)


async def _signed_in(person: Person) -> None:
    """The web process takes requests while it still reads the day's journal, but not at once."""
    async with asyncio.timeout(STARTED_WITHIN_S):
        while True:
            with contextlib.suppress(httpx2.TransportError):
                await person.sign_in()
                return


async def _compare(report: Report, first: Board, roles: Product, person: Person) -> None:
    """Snapshot and patches = a fresh snapshot, of each topic, at the same number."""
    topics = (*BOARDS, "metrics")
    differs = list(topics)
    async with asyncio.timeout(SETTLED_WITHIN_S):
        while True:
            async with board(roles.url, person.cookies) as fresh:
                await fresh.subscribe(*topics)
                # poll: both have the same number of each topic only when nothing is under way
                await asyncio.sleep(_LOOK_EVERY_S)
                if fresh.numbers == {topic: first.numbers[topic] for topic in topics}:
                    differs = [one for one in topics if fresh.rows[one] != first.rows[one]]
                    break
    rows = sum(len(first.rows[topic]) for topic in topics)
    report.figure("live_patches", first.patches)
    report.figure("live_equal", int(not differs))
    report.state(
        "The snapshot and all patches are the fresh snapshot",
        not differs and first.patches > 0,
        ", ".join(differs) or f"{first.patches:,} patches, {rows:,} rows",
    )


# --- the journal


async def _tell_past(url: str, day: LiveDay) -> None:
    """Everything until now, and the rows that are folded from it."""
    day.split(now())
    await asyncio.to_thread(load_facts, url, day.past)
    journal = PostgresJournal(url)
    for start in range(0, len(day.past), AT_ONCE):
        await journal.append([Step(events=day.past[start : start + AT_ONCE])])
    await journal.close()


async def _tell_future(url: str, day: LiveDay) -> None:
    """Each fact at its moment, until cancelled."""
    journal = PostgresJournal(url)
    try:
        while day.future:
            told = len(day.past)
            day.split(now())
            for start in range(told, len(day.past), AT_ONCE):
                await journal.append([Step(events=day.past[start : start + AT_ONCE])])
            await asyncio.sleep(TELL_EVERY_S)  # pace: facts come when they come
    finally:
        await journal.close()


# --- the processes


@asynccontextmanager
async def serving(url: str, home: Home) -> AsyncIterator[Product]:
    """Web and worker on a database, each in a process of its own."""
    port = _free_port()
    environment = {
        **os.environ,
        "LIANXI_HOME": str(home.root),
        "LIANXI_DATABASE_URL": url,
        "LIANXI_HTTP_PORT": str(port),
        "LIANXI_TIME_ZONE": zone_of(now()),
    }
    children = []
    try:
        for role in ("worker", "api"):
            with (home.root.parent / f"{role}.log").open("ab") as output:
                children.append(
                    await asyncio.create_subprocess_exec(
                        PROGRAM, "serve", "--role", role, env=environment,
                        stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
                        start_new_session=True,
                    )
                )  # fmt: skip
            if role == "worker":
                await _until(home.root / "demo-accounts.json", children[-1], home)
        await _until(home.run / "ready.json", children[-1], home)
        yield Product(home.root, url=f"http://127.0.0.1:{port}", pid=children[-1].pid)
    finally:
        for child in reversed(children):
            if child.returncode is None:
                child.terminate()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(STOPPED_WITHIN_S):
                        await child.wait()
                if child.returncode is None:
                    child.kill()


@contextmanager
def _room() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lianxi-live-") as folder:
        Path(folder).chmod(0o755)  # the database has an account of its own
        yield Path(folder)


async def _until(file: Path, child: asyncio.subprocess.Process, home: Home) -> None:
    """Wait for a file that a process writes when it is ready."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(STARTED_WITHIN_S):
            while not _is_there(file) and child.returncode is None:  # noqa: ASYNC110
                # poll: the file appears without a word to us
                await asyncio.sleep(_LOOK_EVERY_S)
    if not _is_there(file):
        raise CentreDidNotStart(within_s=round(STARTED_WITHIN_S), words=_last_words(home))


def _is_there(file: Path) -> bool:
    return file.exists()


def _last_words(home: Home) -> str:
    logs = sorted(home.root.parent.glob("*.log"))
    lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
    return " | ".join(lines[-4:])


def zone_of(at: Instant) -> str:
    """A zone in which it is about the hour now that the simulated day stands at."""
    hour = datetime.fromtimestamp(at / 1000, tz=UTC).hour
    east = STANDS_AT // 3_600_000 - hour
    east = east - 24 if east > 12 else east + 24 if east < -11 else east
    return f"Etc/GMT{-east:+d}"  # the signs of these names are the other way round


def _free_port() -> int:
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        return int(looking.getsockname()[1])


async def _spent(pids: tuple[int, ...], seconds: float) -> float:
    """Processor seconds of processes and their children over some time."""
    before = _seconds(pids)
    await asyncio.sleep(seconds)  # pace: the stretch that is measured
    return _seconds(pids) - before


def _seconds(pids: tuple[int, ...]) -> float:
    """User and system time, of children too, those that ended included."""
    found = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        fields = text.rpartition(")")[2].split()
        if int(stat.parent.name) in pids or int(fields[1]) in pids:
            found += sum(int(each) for each in fields[11:15]) * _TICK_S
    return found
