"""Days of the simulated week, copied lawfully: other dates, other contacts, other agents."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from lianxi.drills.bench_reports.centre import FIRST_DAY, PER_DAY, WEEK
from lianxi.drills.bench_reports.columns import Role, fact_tables, roles
from lianxi.drills.bench_reports.simulated import DIMENSIONS
from lianxi.projections.models import Fact
from lianxi.reports.store.contracts import path_of
from lianxi.simulator.scenario import DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is."""

    name: str
    first: date
    days: int
    copies: int
    """Centres of five hundred agents in the same fifty queues."""

    @property
    def agents(self) -> int:
        """How many there are."""
        return self.copies * 500

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
        Size(name="1m", first=date(2026, 11, 1), days=30, copies=1),
        Size(name="10m", first=date(2026, 11, 1), days=30, copies=10),
        Size(name="100m", first=date(2026, 1, 1), days=365, copies=8),
    )
}


def multiply(week: Path, facts: Path, size: Size, *, threads: int = 2) -> None:
    """Write `<facts>/<table>/day=YYYY-MM-DD/v1.parquet` for every day, and the dimensions.

    Rows stand in the order of their primary keys: ids of a copy begin with its number, and the
    copies follow each other.

    Args:
        week: what `simulated.simulate` wrote.
        facts: the folder of closed days.
        size: how many days, and how often each.
        threads: of the database that copies.
    """
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute("SET memory_limit = '1GB'")
        for fact in fact_tables():
            name = fact.__tablename__
            if name.startswith("dim_"):
                copy_dimension(connection, fact, week, facts, size.copies)
                continue
            for day in size.calendar:
                target = path_of(facts, name, day, 1)
                copy_day(connection, fact, week, target, day, size.copies)


def copy_day(
    connection: duckdb.DuckDBPyConnection,
    fact: type[Fact],
    week: Path,
    target: Path,
    day: date,
    copies: int,
) -> None:
    """One day of one table."""
    since = (day - FIRST_DAY).days
    source = week / fact.__tablename__ / f"{since % WEEK}.parquet"
    parts = [
        f"SELECT {_changed(fact, copy, since)} FROM '{source.as_posix()}'" for copy in range(copies)
    ]
    _write(connection, " UNION ALL ".join(parts), target)


def copy_dimension(
    connection: duckdb.DuckDBPyConnection, fact: type[Fact], week: Path, facts: Path, copies: int
) -> None:
    """Agents once for each copy; queues and codes once."""
    name = fact.__tablename__
    source = week / DIMENSIONS / f"{name}.0.parquet"
    has_agents = Role.AGENT in roles(fact).values()
    parts = [
        f"SELECT {_changed(fact, copy, 0)} FROM '{source.as_posix()}'"
        for copy in range(copies if has_agents else 1)
    ]
    _write(connection, " UNION ALL ".join(parts), facts / DIMENSIONS / f"{name}.parquet")


def _changed(fact: type[Fact], copy: int, since: int) -> str:
    """The columns of a copy. Ids get a prefix, so that their order stays; empty ones stay empty."""
    shift = since // WEEK * WEEK * DAY
    said = {
        Role.MOMENT: f'"{{0}}" + {shift} AS "{{0}}"',
        Role.CONTACT: _renamed(f"{copy}.{since:03d}."),
        Role.AGENT: _renamed(f"{copy}."),
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
