"""A hundred thousand contacts into a centre's database: one simulated day, copied to many."""

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg

from lianxi.drills.bench_reports.centre import PER_DAY, centre
from lianxi.drills.bench_reports.columns import fact_tables
from lianxi.drills.bench_reports.into_postgresql import copy_file
from lianxi.drills.bench_reports.multiplied import Size, multiply
from lianxi.drills.bench_reports.report import files_of
from lianxi.drills.bench_reports.simulated import DIMENSIONS, simulate


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """How many contacts there are to be."""

    per_day: int = PER_DAY
    days: int = 13


def load(url: str, many: Many, *, until: date) -> int:
    """Play a Monday, copy it to the days before `until`, put all of it into the database.

    Args:
        url: of the database, as SQLAlchemy writes it.
        many: contacts of an average day, and days; a Monday has some more.
        until: the day after the last one.

    Returns:
        How many contacts there are now.
    """
    size = Size(name="list", first=until - timedelta(days=many.days), days=many.days, copies=1)
    with tempfile.TemporaryDirectory(prefix="lianxi-bench-list-") as folder:
        played, facts = Path(folder) / "played", Path(folder) / "facts"
        simulate(centre(0, per_day=many.per_day), played, 0)
        multiply(played, facts, size)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            for fact in fact_tables():
                name = fact.__tablename__
                dimension = facts / DIMENSIONS / f"{name}.parquet"
                for file in (dimension, *files_of(facts, name, size.first, size.days)):
                    if file.exists():
                        copy_file(connection, name, file)
            connection.execute("VACUUM ANALYZE")
            found = connection.execute("SELECT count(*) FROM fact_contact").fetchone()
    return int(str(found[0])) if found else 0
