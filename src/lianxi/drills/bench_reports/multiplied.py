"""Simulated days, copied lawfully: other dates, other contacts, other queues and agents."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from lianxi.drills.bench_reports.centre import AGENTS, FIRST_DAY, PER_DAY
from lianxi.drills.bench_reports.columns import Role, fact_tables, roles
from lianxi.drills.bench_reports.simulated import DIMENSIONS
from lianxi.projections.models import Fact
from lianxi.reports.store.contracts import path_of
from lianxi.simulator.scenario import DAY

OWN_QUEUES = 5
"""So many copies have queues of their own: fifty in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, and the simulated one it is made of."""

    day: date
    of: int
    """Simulated days: whole weeks."""

    @property
    def since(self) -> int:
        """Days since the first one."""
        return (self.day - FIRST_DAY).days

    @property
    def source(self) -> int:
        """The number of the simulated day; the same weekday."""
        return self.since % self.of

    @property
    def shift_ms(self) -> int:
        """From the simulated day to this one."""
        return (self.since - self.source) * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is."""

    name: str
    first: date
    days: int
    copies: int
    """Centres of a hundred agents; five have queues of their own, others share them."""

    @property
    def agents(self) -> int:
        """How many there are."""
        return self.copies * AGENTS

    @property
    def contacts(self) -> int:
        """About so many."""
        return self.copies * self.days * PER_DAY

    @property
    def calendar(self) -> list[date]:
        """Its days."""
        return [self.first + timedelta(days=number) for number in range(self.days)]


SIZES = {
    size.name: size
    for size in (
        Size(name="1m", first=date(2026, 11, 1), days=30, copies=5),
        Size(name="10m", first=date(2026, 11, 1), days=30, copies=50),
        Size(name="100m", first=date(2026, 1, 1), days=365, copies=40),
    )
}


def multiply(simulated: Path, facts: Path, size: Size, *, threads: int = 2) -> None:
    """Write `<facts>/<table>/day=YYYY-MM-DD/v1.parquet` for every day, and the dimensions.

    Rows stand in the order of their primary keys: ids of a copy begin with its number, and the
    copies follow each other.

    Args:
        simulated: what `simulated.simulate` wrote: whole weeks.
        facts: the folder of closed days.
        size: how many days, and how often each.
        threads: of the database that copies.
    """
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute("SET memory_limit = '1GB'")
        days = len(list((simulated / "fact_contact").glob("*.parquet")))
        for fact in fact_tables():
            name = fact.__tablename__
            if name.startswith("dim_"):
                copy_dimension(connection, fact, simulated, facts, size.copies)
                continue
            for day in size.calendar:
                target = path_of(facts, name, day, 1)
                when = Moment(day=day, of=days)
                copy_day(connection, fact, simulated, target, when, size.copies)


def copy_day(
    connection: duckdb.DuckDBPyConnection,
    fact: type[Fact],
    simulated: Path,
    target: Path,
    when: Moment,
    copies: int,
) -> None:
    """One day of one table."""
    source = simulated / fact.__tablename__ / f"{when.source}.parquet"
    parts = [
        f"SELECT {_changed(fact, copy, when)} FROM '{source.as_posix()}'" for copy in range(copies)
    ]
    _write(connection, " UNION ALL ".join(parts), target)


def copy_dimension(
    connection: duckdb.DuckDBPyConnection,
    fact: type[Fact],
    simulated: Path,
    facts: Path,
    copies: int,
) -> None:
    """Agents once for each copy; queues and codes once for each that has its own."""
    name = fact.__tablename__
    source = simulated / DIMENSIONS / f"{name}.0.parquet"
    has_agents = Role.AGENT in roles(fact).values()
    parts = [
        f"SELECT {_changed(fact, copy, None)} FROM '{source.as_posix()}'"
        for copy in range(copies if has_agents else min(copies, OWN_QUEUES))
    ]
    _write(connection, " UNION ALL ".join(parts), facts / DIMENSIONS / f"{name}.parquet")


def _changed(fact: type[Fact], copy: int, when: Moment | None) -> str:
    """The columns of a copy. Ids get a prefix, so that their order stays; empty ones stay empty."""
    shift, number = (0, 0) if when is None else (when.shift_ms, when.since)
    said = {
        Role.MOMENT: f'"{{0}}" + {shift} AS "{{0}}"',
        Role.CONTACT: _renamed(f"{copy:02d}.{number:03d}."),
        Role.AGENT: _renamed(f"{copy:02d}."),
        Role.QUEUE: _renamed(f"{copy % OWN_QUEUES}."),
        Role.PLAIN: '"{0}"',
    }
    return ", ".join(said[role].format(name) for name, role in roles(fact).items())


def _renamed(prefix: str) -> str:
    return "CASE \"{0}\" WHEN '' THEN '' ELSE '" + prefix + '\' || "{0}" END AS "{0}"'


def _write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        f"COPY ({query}) TO '{target.as_posix()}' (FORMAT parquet, COMPRESSION zstd)"
    )
