"""Pages about figures, read as tests: the tables of a worked example become facts, and its formulas
are computed from them.

A table of calls (`calls | how | waited s | …`) is played as a story and folded. A table after a
line that names a fact table, as in "`fact_shift`:", holds rows of it: the heads are columns, and
`rows` says how many alike there are. Cells are written as people do: 90 s, 30 min, 8 h; 14:05:00
and +25 h (after 14:00:00) are moments; yes, no, and — for nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import duckdb
import ibis.expr.types as ir

from lianxi.kernel.time import Instant
from lianxi.reports.buckets import buckets, shifts
from lianxi.reports.catalogue import METRICS, page_of
from lianxi.reports.computing import Chosen, value_of
from lianxi.reports.duck import Duck, in_memory
from lianxi.reports.marts.summing import SHAPES
from lianxi.reports.measures import MEASURES
from lianxi.reports.questions import Width
from lianxi.reports.registry import Formula, Metric
from lianxi.reports.statement import Dialect, Kind, parameters, statement
from lianxi.reports.text import printed
from lianxi.reports.windows import Window
from tests.builders.marts import folded
from tests.builders.story import NOON
from tests.builders.worked_example import Calls, example

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "kpi"
ZONE: Final = ZoneInfo("Asia/Shanghai")
WINDOW: Final = Window(begins_at=NOON, ends_at=Instant(NOON + 3_600_000))
CALLS: Final = ["calls", "how", "waited s", "talk s", "hold s", "wrap-up s"]
RESULTS: Final = ["formula", "by hand", "result"]
UNITS_MS: Final = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000}
USUAL: Final = {"direction": "inbound", "channel": "voice"}
NAMED: Final = {"contact", "segment", "entry", "transfer", "offer"}
"""Columns that get a name of their own where the page gives none."""

Cell = str | int | float | bool | None
Rows = list[dict[str, str]]


def page_names() -> list[str]:
    """Every page that there has to be."""
    return sorted({page_of(metric) for metric in METRICS})


def text_of(name: str) -> str:
    """A page."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def metrics_on(name: str) -> list[Metric]:
    """The metrics that a page is about."""
    return [metric for metric in METRICS if page_of(metric) == name]


def formulas_on(name: str) -> list[tuple[Metric, Formula]]:
    """All their formulas."""
    return [(metric, formula) for metric in metrics_on(name) for formula in metric.formulas]


@dataclass
class WorkedExample:
    """The example of one page."""

    name: str

    @cached_property
    def text(self) -> str:
        """What stands under its heading."""
        return text_of(self.name).split("## Worked example")[1]

    @cached_property
    def tables(self) -> list[tuple[str, list[str], Rows]]:
        """Name (of a fact table, or empty), heads and rows of each table."""
        found: list[tuple[str, list[str], Rows]] = []
        about = ""
        for block in re.split(r"\n\s*\n", self.text):
            lines = block.strip().splitlines()
            if not lines or not lines[0].startswith("|"):
                named = re.findall(r"`(fact_\w+)`", block)
                about = named[-1] if named else ""
                continue
            heads, *body = ([cell.strip() for cell in _cells(line)] for line in lines)
            rows = [dict(zip(heads, row, strict=True)) for row in body[1:]]
            found.append((about, heads, rows))
        return found

    @property
    def said(self) -> dict[str, str]:
        """What the page says each formula comes to."""
        return {
            row["formula"]: row["result"]
            for _, heads, rows in self.tables
            if heads == RESULTS
            for row in rows
        }

    def computed(self) -> dict[str, str]:
        """What each formula comes to, as it is printed."""
        formulas = formulas_on(self.name)
        needs = sorted({need for _, formula in formulas for need in formula.expression.needs})
        needs.sort(key=lambda need: MEASURES[need].mart.value)
        kind = Kind(measures=tuple(needs), width=Width.WHOLE, by=(), only=frozenset())
        given = parameters(
            WINDOW,
            buckets(WINDOW, Width.WHOLE, ZONE),
            shifts(WINDOW, ZONE)[0][1],
            {},
            as_of=WINDOW.ends_at,
        )
        with self.facts() as facts:
            rows = Duck(facts).rows_now(statement(Dialect.DUCKDB, kind), given)
        sums: Mapping[str, float | None] = {need: rows[0][need] if rows else None for need in needs}
        return {
            formula.id: printed(
                value_of(Chosen(metric=metric, formula=formula, is_known=True), sums), metric.unit
            ).replace("%", " %")
            for metric, formula in formulas
        }

    def facts(self) -> duckdb.DuckDBPyConnection:
        """A connection that holds the facts of the example."""
        groups = [
            Calls(
                calls=int(row["calls"]),
                how=row["how"],
                waited_s=float(row["waited s"]),
                talk_s=float(row["talk s"]),
                hold_s=float(row["hold s"]),
                wrap_up_s=float(row["wrap-up s"]),
            )
            for _, heads, rows in self.tables
            if heads == CALLS
            for row in rows
        ]
        threshold, cutoff = ([*re.findall(r"(\d+) s", self.text)[:2], "20", "20"])[:2]
        story = example(*groups, answer_within_s=int(threshold), short_abandon_s=int(cutoff))
        connection = in_memory(folded(story).added) if groups else duckdb.connect()
        marts = {mart for _, formula in formulas_on(self.name) for mart in formula.marts}
        for mart in sorted(marts):
            table = SHAPES[mart].table
            connection.execute(f"CREATE TABLE IF NOT EXISTS {_declared(table)}")
        for name, heads, rows in self.tables:
            if name and heads not in (CALLS, RESULTS):
                _insert(connection, name, rows)
        return connection


def _cells(line: str) -> list[str]:
    return line.strip().strip("|").split("|")


def _declared(table: ir.Table) -> str:
    types = {"int64": "BIGINT", "float64": "DOUBLE", "boolean": "BOOLEAN", "string": "TEXT"}
    columns = ", ".join(f'"{name}" {types[str(kind)]}' for name, kind in table.schema().items())
    return f"{table.get_name()} ({columns})"


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    shape = next(shape for shape in SHAPES.values() if shape.table.get_name() == name)
    described = connection.execute(f"DESCRIBE {name}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    moment = shape.at or "began_at"
    numbers = count(1)
    values: list[Cell] = []
    for row in rows:
        given = {head: _value(cell, types[head]) for head, cell in row.items() if head != "rows"}
        for _ in range(int(row.get("rows", "1"))):
            usual = {
                column: f"{name}-{next(numbers)}" if column in NAMED else USUAL.get(column, False)
                for column, kind in types.items()
                if column in NAMED or column in USUAL or kind == "BOOLEAN"
            }
            whole: dict[str, Cell] = {**usual, moment: int(NOON), **given}
            values += [whole.get(column) for column in types]
    marks = f"({', '.join('?' for _ in types)})"
    many = ", ".join(marks for _ in range(len(values) // len(types)))
    connection.execute(f"INSERT INTO {name} VALUES {many}", values)


def _value(cell: str, kind: str) -> Cell:
    if cell == "—":
        return None
    if kind == "BOOLEAN":
        return {"yes": True, "no": False}[cell]
    if kind == "DOUBLE":
        return float(cell)
    return _number(cell) if kind == "BIGINT" else cell


def _number(cell: str) -> int:
    """A count, a length in milliseconds, or a moment."""
    if ":" in cell:
        day = datetime.fromtimestamp(NOON / 1000, tz=UTC).astimezone(ZONE)
        hour, minute, second = (int(part) for part in cell.split(":"))
        return round(day.replace(hour=hour, minute=minute, second=second).timestamp() * 1000)
    amount, _, unit = cell.lstrip("+").partition(" ")
    length = round(float(amount) * UNITS_MS[unit]) if unit else int(amount)
    return int(NOON) + length if cell.startswith("+") else length
