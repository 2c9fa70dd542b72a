"""PostgreSQL as a peer: the product's own statements on the product's own server and indexes.

The rows come in by COPY, then indexes are made and statistics taken; memory for sorting and two
workers more than the server's defaults are given to it. What is measured is the question alone.
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.drills.bench_reports.centre import ZONE
from lianxi.drills.bench_reports.columns import fact_tables
from lianxi.drills.bench_reports.into_postgresql import copy_file
from lianxi.drills.bench_reports.multiplied import Size
from lianxi.drills.bench_reports.report import (
    MARTS,
    PARTS,
    Part,
    files_of,
    question_of,
    window_of,
)
from lianxi.reports.buckets import buckets, shifts
from lianxi.reports.computing import choose
from lianxi.reports.statement import EDGES, Dialect, Kind, parameters, statement
from lianxi.reports.tabled import figures_sql, needed
from lianxi.reports.windows import Window
from lianxi.settings import Home

LIMIT = "30min"
"""For one half of the report: longer than that nobody waits."""

SESSION = (
    f"SET statement_timeout = '{LIMIT}'",
    "SET work_mem = '256MB'",
    "SET max_parallel_workers_per_gather = 2",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresRun:
    """The report, and what it took."""

    tables: dict[str, pa.Table]
    load_s: float
    """COPY, indexes, statistics."""
    took_s: float
    bytes: int
    """Of the database."""


def run(facts: Path, size: Size) -> PostgresRun:
    """Load the facts and compute the whole report."""
    with tempfile.TemporaryDirectory(prefix="lianxi-bench-pg-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        return asyncio.run(_run(facts, size, root))


async def _run(facts: Path, size: Size, root: Path) -> PostgresRun:
    home = Home(root=root / "home", cache=root / "cache")
    home.make()
    postgres = EmbeddedPostgres(home)
    await postgres.start()
    engine = create_async_engine(postgres.url())
    try:
        began = time.monotonic()
        await asyncio.to_thread(_load, postgres.url(), facts, size)
        load_s = time.monotonic() - began
        async with engine.connect() as connection:
            for order in SESSION:
                await connection.execute(text(order))
            window = window_of(size)
            began = time.monotonic()
            tables = {part.name: await _part(connection, part, window) for part in PARTS}
            took_s = time.monotonic() - began
            found = await connection.execute(text("SELECT pg_database_size(current_database())"))
            return PostgresRun(
                tables=tables, load_s=load_s, took_s=took_s, bytes=int(found.scalar_one())
            )
    finally:
        await engine.dispose()
        await postgres.stop()


async def _part(connection: AsyncConnection, part: Part, window: Window) -> pa.Table:
    question = question_of(part, window)
    chosen = choose(question, MARTS)
    measures = needed(chosen)
    kind = Kind(measures=measures, width=part.width, by=question.by, only=frozenset())
    sums = statement(Dialect.POSTGRES, kind)
    ((whole, shift),) = shifts(window, ZONE)
    given = parameters(
        whole, buckets(window, part.width, ZONE), shift, {}, as_of=int(window.ends_at)
    )
    query = figures_sql(question, chosen, sums, EDGES[Dialect.POSTGRES])
    found = await connection.execute(text(query), given)
    names = list(found.keys())
    rows = found.fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return pa.table({name: list(column) for name, column in zip(names, columns, strict=True)})


def _load(url: str, facts: Path, size: Size) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for fact in fact_tables():
            table = fact.metadata.tables[fact.__tablename__]
            _order(connection, str(CreateTable(table).compile(dialect=dialect)))
            for file in files_of(facts, table.name, size.first, size.days):
                if file.exists():
                    copy_file(connection, table.name, file)
            for index in table.indexes:
                _order(connection, str(CreateIndex(index).compile(dialect=dialect)))
        _order(connection, "VACUUM ANALYZE")


def _order(connection: psycopg.Connection[tuple[object, ...]], order: str) -> None:
    connection.execute(order)
