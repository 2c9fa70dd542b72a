"""The report for Spark: the product's own expressions, compiled by Ibis for another engine."""

from importlib import import_module
from pathlib import Path

from lianxi.drills.bench_reports.centre import ZONE
from lianxi.drills.bench_reports.multiplied import Size
from lianxi.drills.bench_reports.report import (
    MARTS,
    PARTS,
    Part,
    files_of,
    question_of,
    window_of,
)
from lianxi.drills.peers import with_spark
from lianxi.reports.buckets import buckets, shifts
from lianxi.reports.computing import choose
from lianxi.reports.inquiries import tables_asked
from lianxi.reports.statement import NUMBER_MARKS, parameters
from lianxi.reports.tabled import figures_sql, needed
from lianxi.reports.windows import Window

SUMS = "(SELECT 1)"
"""Stands for the statement of the sums while the outer one is put into Spark's words."""


def run(facts: Path, size: Size, into: Path) -> with_spark.SparkRun:
    """Compute the report; each half becomes a folder of files.

    Raises:
        PeerMissing: there is no Spark.
    """
    window = window_of(size)
    into.mkdir(parents=True, exist_ok=True)
    tables = set[str]().union(*(tables_asked(question_of(part, window)) for part in PARTS))
    views = {
        table: [file for file in files_of(facts, table, size.first, size.days) if file.exists()]
        for table in sorted(tables)
    }
    rows: dict[str, dict[str, object]] = {}
    for part in PARTS:
        rows |= _rows(part, window)
    return with_spark.run(
        {part.name: statement(part, window) for part in PARTS},
        {name: files for name, files in views.items() if files},
        rows | _empty([name for name, files in views.items() if not files]),
        into,
    )


def statement(part: Part, window: Window) -> str:
    """One half of the report as Spark's SQL."""
    ibis, summing = import_module("ibis"), import_module("lianxi.reports.marts.summing")
    if ibis.options.pyspark is None:  # set by a backend that needs Spark itself to be here
        config = import_module("ibis.config").Config
        kinds = {"__annotations__": {"treat_nan_as_null": bool}, "treat_nan_as_null": False}
        ibis.options.pyspark = type("Spark", (config,), kinds)()
    question = question_of(part, window)
    chosen = choose(question, MARTS)
    table = summing.summed(needed(chosen), part.width, question.by, frozenset())
    sums = str(ibis.to_sql(table, dialect="pyspark"))
    sums = sums.replace("report_edges", f"report_edges_{part.name}")
    ((whole, shift),) = shifts(window, ZONE)
    given = parameters(whole, [], shift, {}, as_of=int(window.ends_at))
    for name, mark in NUMBER_MARKS.items():
        sums = sums.replace(str(mark), str(given[name]))
    outer = figures_sql(question, chosen, SUMS, f"SELECT * FROM report_edges_{part.name}")
    outer = outer.replace('"', "`").replace("DOUBLE PRECISION", "DOUBLE")
    return outer.replace(SUMS, sums)


def _rows(part: Part, window: Window) -> dict[str, dict[str, object]]:
    """The buckets of one half."""
    ((whole, shift),) = shifts(window, ZONE)
    pieces = buckets(window, part.width, ZONE)
    given = parameters(whole, pieces, shift, {}, as_of=int(window.ends_at))
    edges = zip(given["edge_buckets"], given["edge_begins"], given["edge_ends"], strict=True)
    return {
        f"report_edges_{part.name}": {
            "schema": "bucket BIGINT, edge_begins_at BIGINT, edge_ends_at BIGINT",
            "rows": [list(edge) for edge in edges],
        },
    }


def _empty(tables: list[str]) -> dict[str, dict[str, object]]:
    """Tables nothing was written of."""
    summing = import_module("lianxi.reports.marts.summing")
    by_name = {shape.table.get_name(): shape.table.schema() for shape in summing.SHAPES.values()}
    kinds = {"int64": "BIGINT", "string": "STRING", "boolean": "BOOLEAN", "float64": "DOUBLE"}
    return {
        table: {
            "schema": ", ".join(
                f"{name} {kinds[str(kind)]}" for name, kind in by_name[table].items()
            ),
            "rows": [],
        }
        for table in tables
    }
