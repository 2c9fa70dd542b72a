"""Asks the product and compares each value with the one computed by hand."""

from collections.abc import Iterable
from datetime import datetime
from math import isclose

import duckdb

from lianxi.drills.bench_reports.columns import fact_tables, schema
from lianxi.drills.bench_reports.simulated import arrow
from lianxi.drills.hour import expected
from lianxi.drills.hour.playing import ZONE, moment, played
from lianxi.drills.hour.script import ENDS_S
from lianxi.drills.hour.wanted import Wanted
from lianxi.drills.report import Report
from lianxi.engine.messages.base import Event
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.reports.catalogue import METRICS
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck
from lianxi.reports.engines import HERE, KEPT
from lianxi.reports.questions import Question, Row, Width
from lianxi.reports.registry import Formula, Metric, Source
from lianxi.reports.windows import Window

WINDOW = Window(begins_at=moment(0), ends_at=moment(ENDS_S))
MARTS = HERE - KEPT


async def play(report: Report) -> None:
    """Play the hour, fold it, ask, compare. What goes wrong is a statement that does not hold."""
    report.step = "hour"
    try:
        events = played()
        report.figure("events", len(events))
        with tables(events) as connection:
            for wanted in expected.ALL:
                report.step = wanted.name
                await compare(report, connection, wanted)
        report.step = "every metric"
        _all_named(report)
    except Exception as error:
        report.state("The hour can be played and asked about", False, repr(error)[:500])


def tables(events: Iterable[Event]) -> duckdb.DuckDBPyConnection:
    """A connection whose tables hold the facts of a journal."""
    memory = Memory()
    for position, event in enumerate(events, start=1):
        fold(event, position, memory)
    connection = duckdb.connect()
    for fact in fact_tables():
        rows = [row for row in memory.added if type(row) is fact]
        table = arrow(fact, rows) if rows else schema(fact).empty_table()
        connection.register(fact.__tablename__, table)
    return connection


async def compare(report: Report, connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    """One question: each value of it is a statement."""
    formulas = {name for values in wanted.rows.values() for name in values}
    found: dict[tuple[str, ...], dict[str, float | int | None]] = {}
    for number in range(max(len(metric.formulas) for metric in METRICS)):
        asked = [
            (metric, metric.formulas[number])
            for metric in METRICS
            if number < len(metric.formulas) and metric.formulas[number].id in formulas
        ]
        if not asked:
            continue
        question = Question(
            metrics=tuple(metric.id for metric, _ in asked),
            window=WINDOW,
            width=wanted.width,
            by=wanted.by,
            formulas={metric.id: formula.id for metric, formula in asked},
        )
        answer = await ask(Duck(connection, MARTS), question, as_of=WINDOW.ends_at, zone=ZONE)
        for row in answer.rows:
            seen_values = found.setdefault(name_of(row, wanted), {})
            seen_values |= {formula.id: row.values[metric.id] for metric, formula in asked}
        for identity, residual in answer.identities.items():
            report.state(f"{identity} has no residual", residual == 0, residual)
    for key, values in wanted.rows.items():
        for name, value in values.items():
            seen = found.get(key, {}).get(name, "no row")
            text = f"{name} {' '.join(key)}".strip()
            report.state(f"{text} is {printed(value)}", same(seen, value), printed(seen))


def name_of(row: Row, wanted: Wanted) -> tuple[str, ...]:
    """What a row is about, as `expected` names it."""
    if wanted.by:
        return tuple(row.keys[key] for key in wanted.by)
    if wanted.width is Width.WHOLE:
        return ()
    return (datetime.fromtimestamp(row.begins_at / 1000, tz=ZONE).date().isoformat(),)


def same(seen: object, value: float | None) -> bool:
    """Whether both say the same, to twelve digits."""
    if value is None or not isinstance(seen, int | float):
        return seen is value
    return isclose(float(seen), value, rel_tol=1e-12, abs_tol=1e-12)


def printed(value: object) -> str:
    """A value in a sentence."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def here() -> list[tuple[Metric, Formula]]:
    """Every formula of every metric that has a source."""
    return [
        (metric, formula)
        for metric in METRICS
        if metric.source is Source.HERE
        for formula in metric.formulas
    ]


def _all_named(report: Report) -> None:
    """No formula is forgotten here, and none is named that does not exist."""
    known = {formula.id for _, formula in here()}
    named = {name for wanted in expected.ALL for row in wanted.rows.values() for name in row}
    missing = sorted(known - named - expected.WITHOUT_FACTS)
    strange = sorted(named - known)
    report.state("Every formula with a source is compared", not missing, ", ".join(missing))
    report.state("Every value belongs to a formula", not strange, ", ".join(strange))
    report.figure("formulas", len(known))
    none_yet = [metric.id for metric in METRICS if metric.source is Source.NONE_YET]
    report.figure("metrics_without_source", len(none_yet))
