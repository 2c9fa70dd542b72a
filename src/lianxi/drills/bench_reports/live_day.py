"""A day that is under way: five hundred agents, short matters, fifty facts a second, right now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO

import msgspec
import psycopg
from pyarrow import csv

from lianxi.drills.bench_reports.centre import MENU_KEYS, centre
from lianxi.drills.bench_reports.simulated import arrow
from lianxi.engine.messages.base import Event
from lianxi.kernel.time import Instant, Millis
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import Fact, ProjectionCursor
from lianxi.projections.projector import NAME
from lianxi.simulator.laws import Exponential
from lianxi.simulator.scenario import HALF_HOUR, Scenario
from lianxi.simulator.world import World

FLOOR = 50
"""Queues; each has a team of ten."""

OPENS, BUSY = 16, 27
"""Half-hours: from 08:00 a little, from 13:30 on, when both shifts are there, much."""

STANDS_AT = Millis(13 * 3_600_000 + 34 * 60_000)
"""Of the day, at the moment the simulation begins."""

GOES_ON = Millis(900_000)
"""So much further the day is simulated."""

MORNING_PER_HALF_HOUR, BUSY_PER_HALF_HOUR = 150.0, 10_600.0
HANDLING, WRAP_UP = Exponential(mean=Millis(40_000)), Exponential(mean=Millis(5_000))


class Enough(Exception):
    """The day has been simulated far enough."""


@dataclass(slots=True)
class LiveDay:
    """The day's journal, what has been so far and what is to come."""

    past: list[Event] = field(default_factory=list)
    future: list[Event] = field(default_factory=list)

    def split(self, now: Instant) -> None:
        """What lies behind us is past."""
        at = next((n for n, event in enumerate(self.future) if event.at > now), len(self.future))
        self.past += self.future[:at]
        self.future = self.future[at:]


def simulated_day(now: Instant) -> LiveDay:
    """A day in which it is soon after half past one now."""
    day = LiveDay()
    scenario = live_centre(Instant(now - STANDS_AT))
    until = now + GOES_ON

    def keep(events: list[Event]) -> None:
        day.future += events
        if events and events[-1].at > until:
            raise Enough

    try:
        World(scenario, keep=keep).run()
    except Enough:
        return day
    return day


def live_centre(begins: Instant) -> Scenario:
    """The centre of the bench with short matters, and a rush from half past one on."""
    usual = centre(0, queues=FLOOR)
    lines = tuple(
        msgspec.structs.replace(line, handling=HANDLING, wrap_up=WRAP_UP) for line in usual.lines
    )
    profile = tuple(
        0.0 if half < OPENS else MORNING_PER_HALF_HOUR if half < BUSY else BUSY_PER_HALF_HOUR
        for half in range(24 * 3_600_000 // HALF_HOUR)
    )
    queues_of = [MENU_KEYS if stream.number else 1 for stream in usual.streams]
    streams = tuple(
        msgspec.structs.replace(stream, profile=tuple(count * share / FLOOR for count in profile))
        for stream, share in zip(usual.streams, queues_of, strict=True)
    )
    return msgspec.structs.replace(usual, begins=begins, lines=lines, streams=streams)


def load_facts(url: str, events: Iterable[Event]) -> int:
    """Fold a journal's beginning and put the rows and the projector's place into the database.

    Returns:
        The position of the last line.
    """
    memory, position = Memory(), 0
    for event in events:
        position += 1
        fold(event, position, memory)
    by_table: dict[type[Fact], list[Fact]] = {}
    for row in memory.added:
        by_table.setdefault(type(row), []).append(row)
    by_table[ProjectionCursor] = [ProjectionCursor(name=NAME, position=position)]
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for fact, rows in by_table.items():
            _copy(connection, fact, rows)
        connection.execute("VACUUM ANALYZE")
    return position


def _copy(
    connection: psycopg.Connection[tuple[object, ...]], fact: type[Fact], rows: list[Fact]
) -> None:
    table, text = arrow(fact, rows), BytesIO()
    csv.write_csv(table, text, csv.WriteOptions(include_header=False))
    columns = ", ".join(f'"{name}"' for name in table.column_names)
    order = f'COPY "{fact.__tablename__}" ({columns}) FROM STDIN (FORMAT csv)'
    with connection.cursor() as cursor, cursor.copy(order) as copy:
        copy.write(text.getvalue())
