"""A question's answer as one table of columns: for reports of a whole month, exports and files.

`computing.ask` gives rows that a person looks at; a month of half-hours of every queue, or of days
of every agent, is a hundred thousand rows and more, and here none of them becomes a Python object:
sums and formulas are both computed by DuckDB. Import this module late: it brings DuckDB and Arrow.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from lianxi.kernel.time import Instant
from lianxi.reports.buckets import buckets, shifts, turns
from lianxi.reports.computing import Chosen, choose
from lianxi.reports.engines import HERE
from lianxi.reports.measures import MEASURES, Mart, Together
from lianxi.reports.questions import Question
from lianxi.reports.registry import Unit
from lianxi.reports.statement import EDGES, Dialect, Kind, parameters, statement, used, wanted


def tabled(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    *,
    as_of: Instant,
    zone: ZoneInfo,
    marts: frozenset[Mart] = HERE,
) -> pa.Table:
    """The figures of a question: `begins_at`, `ends_at`, `key_…`, and a column per metric id.

    Groups without any fact have no row. A value is null where it is divided by nothing, or where
    the metric has no facts told apart like this. The rows stand in the order of time and keys.

    Args:
        connection: its tables or views are the fact tables.
        as_of: until when open stretches of work are counted.
        zone: the centre's: where days, weeks and months begin.
        marts: those there are tables for.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    chosen = choose(question, marts)
    measures = needed(chosen)
    pieces = buckets(question.window, question.width, zone)
    kind = Kind(
        measures=measures,
        width=question.width,
        by=question.by,
        only=frozenset(question.only),
        turns=turns(shifts(question.window, zone)),
    )
    sums = statement(Dialect.DUCKDB, kind)
    only = wanted(question)
    parts = [
        parameters(window, pieces, shift, only, as_of=as_of)
        for window, shift in shifts(question.window, zone)
    ]
    if len(parts) == 1:
        return _arrow(connection, figures_sql(question, chosen, sums), parts[0])
    connection.execute("DROP TABLE IF EXISTS report_parts")
    for number, given in enumerate(parts):
        head = "INSERT INTO report_parts" if number else "CREATE TEMP TABLE report_parts AS"
        connection.execute(f"{head} {sums}", used(sums, given))
    together = _together(question, measures)
    edges = {name: value for name, value in parts[0].items() if name.startswith("edge_")}
    return _arrow(connection, figures_sql(question, chosen, together), edges)


def needed(chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """The measures of the metrics that are known, those of one mart beside each other."""
    needs = {need for one in chosen if one.is_known for need in one.formula.expression.needs}
    return tuple(sorted(needs, key=lambda need: (MEASURES[need].mart.value, need)))


def _arrow(connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, object]) -> pa.Table:
    return connection.sql(query, params=used(query, given)).to_arrow_table()


def figures_sql(
    question: Question,
    chosen: Sequence[Chosen],
    sums: str,
    edges: str = EDGES[Dialect.DUCKDB],
) -> str:
    """SQL of the figures.

    Args:
        sums: the statement of their sums; its parameters are those of this one.
        edges: gives the buckets: `bucket`, `edge_begins_at`, `edge_ends_at`.
    """
    keys = [f"key_{key.value}" for key in question.by]
    columns = ["edges.edge_begins_at AS begins_at", "edges.edge_ends_at AS ends_at", *keys]
    for one in chosen:
        nothing = "CAST(NULL AS DOUBLE PRECISION)"
        text = one.formula.expression.sql if one.is_known else nothing
        if one.metric.unit is Unit.COUNT:
            text = f"CAST(round({text}) AS BIGINT)"
        columns.append(f'{text} AS "{one.metric.id}"')
    order = ", ".join(["begins_at", *keys])
    return (
        f"SELECT {', '.join(columns)} FROM ({sums}) AS sums"
        f" JOIN ({edges}) AS edges USING (bucket) ORDER BY {order}"
    )


def _together(question: Question, measures: Sequence[str]) -> str:
    """The parts of a window whose clocks turned more than twice, added up."""
    groups = ", ".join(["bucket", *(f"key_{key.value}" for key in question.by)])
    taken = [
        f'{"max" if MEASURES[name].together is Together.MAX else "sum"}("{name}") AS "{name}"'
        for name in measures
    ]
    return f"SELECT {groups}, {', '.join(taken)} FROM report_parts GROUP BY {groups}"
