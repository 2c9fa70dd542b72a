"""Weeks, really simulated: the engine's journal, folded by the product's own fold, as files.

Nobody calls at night and everybody goes home, so each day is played by itself, on as many
processors as there are.
"""

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from operator import attrgetter
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from lianxi.drills.bench_reports.centre import WEEK, centre
from lianxi.drills.bench_reports.columns import attributes, fact_tables, keys, schema
from lianxi.engine.messages.base import Event
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import Fact
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.world import World

DIMENSIONS = "dimensions"
"""The folder of what has no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What there is of some days."""

    contacts: int
    rows: int
    events: int


def simulate_weeks(folder: Path, weeks: int) -> Simulated:
    """Play days from a Monday on; returns what was counted."""
    jobs = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        days = [pool.submit(_simulate, day, folder) for day in range(weeks * WEEK)]
        done = [day.result() for day in days]
    return Simulated(
        contacts=sum(day.contacts for day in done),
        rows=sum(day.rows for day in done),
        events=sum(day.events for day in done),
    )


def _simulate(day: int, folder: Path) -> Simulated:
    return simulate(centre(day), folder, day)


def simulate(scenario: Scenario, folder: Path, day: int) -> Simulated:
    """Play one day into `<folder>/<table>/<day>.parquet`.

    Raises:
        ValueError: a contact goes on at midnight; then the day could not be copied by itself.
    """
    memory, position = Memory(), 0

    def keep(events: list[Event]) -> None:
        nonlocal position
        for event in events:
            position += 1
            fold(event, position, memory)

    World(scenario, keep=keep).run()
    going_on = [one for one in memory.contacts.values() if one.ended_at is None]
    if going_on:
        raise ValueError(f"{len(going_on)} contacts go on at midnight")
    by_table: dict[type[Fact], list[Fact]] = {}
    for row in memory.added:
        by_table.setdefault(type(row), []).append(row)
    rows = 0
    for fact in fact_tables():
        name, own = fact.__tablename__, by_table.get(fact, [])
        if name.startswith("dim_"):
            write(arrow(fact, own), folder / DIMENSIONS / f"{name}.{day}.parquet")
        else:
            rows += len(own)
            write(arrow(fact, own), folder / name / f"{day}.parquet")
    return Simulated(contacts=len(memory.contacts), rows=rows, events=position)


def arrow(fact: type[Fact], rows: Iterable[Fact]) -> pa.Table:
    """Rows as a table, in the order of their primary key."""
    laid = list(rows)
    columns = {}
    for (attribute, name), kind in zip(attributes(fact), schema(fact), strict=True):
        values = list(map(attrgetter(attribute), laid))
        if any(isinstance(value, list) for value in values[:1]):
            values = [msgspec.json.encode(value).decode() for value in values]
        columns[name] = pa.array(values, kind.type)
    table = pa.table(columns, schema=schema(fact))
    return table.sort_by([(key, "ascending") for key in keys(fact)])


def write(table: pa.Table, path: Path) -> None:
    """One file, as closed days are stored."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd")
