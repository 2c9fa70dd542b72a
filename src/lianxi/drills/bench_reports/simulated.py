"""One week, really simulated: the engine's journal, folded by the product's own fold, as files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from lianxi.drills.bench_reports.columns import attributes, fact_tables, keys, schema
from lianxi.engine.messages.base import Event
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import Fact
from lianxi.simulator.scenario import DAY, Scenario
from lianxi.simulator.world import World

DIMENSIONS = "dimensions"
"""The folder of what has no day."""


@dataclass(slots=True)
class Folding:
    """Folds a journal and writes each day as it is over.

    Args:
        folder: gets `<table>/<day from 0>.parquet`.
        begins: midnight of the first day.
    """

    folder: Path
    begins: int
    contacts: int = 0
    rows: int = 0
    events: int = 0
    _memory: Memory = field(default_factory=Memory)
    _kept: list[Fact] = field(default_factory=list)
    _day: int = 0

    def keep(self, events: list[Event]) -> None:
        """Called with the events of each step."""
        memory = self._memory
        for event in events:
            if event.at >= self.begins + (self._day + 1) * DAY:
                self.close_day()
            self.events += 1
            fold(event, self.events, memory)

    def close_day(self) -> None:
        """Midnight: write what the day made, and forget it.

        Raises:
            ValueError: a contact goes on at midnight; then the day cannot be copied by itself.
        """
        memory = self._memory
        still_open = [one for one in memory.contacts.values() if one.ended_at is None]
        if still_open:
            raise ValueError(f"day {self._day}: {len(still_open)} contacts go on at midnight")
        self.contacts += len(memory.contacts)
        by_table: dict[type[Fact], list[Fact]] = {}
        for row in memory.added:
            by_table.setdefault(type(row), []).append(row)
        for fact in fact_tables():
            rows = by_table.pop(fact, [])
            if fact.__tablename__.startswith("dim_"):
                self._kept += rows
                continue
            self.rows += len(rows)
            write(arrow(fact, rows), self.folder / fact.__tablename__ / f"{self._day}.parquet")
        kept = Memory()
        for name in ("agents", "intervals", "queues", "known_agents", "dispositions", "trunks"):
            setattr(kept, name, getattr(memory, name))
        self._memory = kept
        self._day += 1

    def close(self, days: int) -> None:
        """The last midnight, and what has no day."""
        while self._day < days:
            self.close_day()
        for fact in fact_tables():
            if fact.__tablename__.startswith("dim_"):
                rows = [row for row in self._kept if type(row) is fact]
                path = self.folder / DIMENSIONS / f"{fact.__tablename__}.parquet"
                write(arrow(fact, rows), path)


def simulate(scenario: Scenario, folder: Path) -> Folding:
    """Play the scenario into files; returns what was counted."""
    folding = Folding(folder, int(scenario.begins))
    World(scenario, keep=folding.keep).run()
    folding.close(scenario.days)
    return folding


def arrow(fact: type[Fact], rows: Iterable[Fact]) -> pa.Table:
    """Rows as a table, in the order of their primary key."""
    laid = [vars(row) for row in rows]
    columns = {}
    for (attribute, name), kind in zip(attributes(fact), schema(fact), strict=True):
        values = [row.get(attribute) for row in laid]
        if any(isinstance(value, list) for value in values[:1]):
            values = [msgspec.json.encode(value).decode() for value in values]
        columns[name] = pa.array(values, kind.type)
    table = pa.table(columns, schema=schema(fact))
    return table.sort_by([(key, "ascending") for key in keys(fact)])


def write(table: pa.Table, path: Path) -> None:
    """One file, as closed days are stored."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd")
