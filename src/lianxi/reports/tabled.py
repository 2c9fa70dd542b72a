"""A question's answer as one table of columns, however large: `Inquiries.table`.

`computing.ask` gives rows that a person looks at; a month of half-hours of every queue, or of days
of every agent, is a hundred thousand rows and more, and here none of them becomes a Python object:
sums and formulas are both computed by DuckDB. Import this module late: it brings DuckDB and Arrow.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from lianxi.kernel.time import Instant
from lianxi.reports.buckets import Shifts, buckets
from lianxi.reports.computing import Chosen, choose
from lianxi.reports.engines import HERE
from lianxi.reports.measures import MEASURES, Mart, Together
from lianxi.reports.orders import orders
from lianxi.reports.questions import Question
from lianxi.reports.registry import Unit
from lianxi.reports.sheets.reading import Shelf
from lianxi.reports.statement import EDGES, Dialect, parameters, used


def tabled(
    connection: duckdb.DuckDBPyConnection,
    question: Question,
    *,
    as_of: Instant,
    zone: ZoneInfo,
    marts: frozenset[Mart] = HERE,
    shelf: Shelf | None = None,
) -> pa.Table:
    """The figures of a question: `begins_at`, `ends_at`, `key_…`, and a column per metric id.

    Groups without any fact have no row. A value is null where it is divided by nothing, or where
    the metric has no facts told apart like this. The rows stand in the order of time and keys.

    Args:
        connection: its tables or views are the fact tables, and the sheets of the shelf.
        as_of: until when open stretches of work are counted.
        zone: the centre's: where days, weeks and months begin.
        marts: those there are tables for.
        shelf: the sheets there are, if any.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    chosen = choose(question, marts)
    measures = needed(chosen)
    pieces = buckets(question.window, question.width, zone)
    asked = orders(Dialect.DUCKDB, question, measures, pieces, as_of=as_of, zone=zone, shelf=shelf)
    if len(asked) == 1:
        return _arrow(connection, figures_sql(question, chosen, asked[0].sql), asked[0].given)
    keys = [f"key_{key.value} VARCHAR" for key in question.by]
    columns = ["bucket BIGINT", *keys, *(f'"{name}" DOUBLE' for name in measures)]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE report_parts ({', '.join(columns)})")
    for order in asked:
        given = used(order.sql, order.given)
        connection.execute(f"INSERT INTO report_parts BY NAME {order.sql}", given)
    edges = parameters(question.window, pieces, Shifts(0), {}, as_of=as_of)
    return _arrow(connection, figures_sql(question, chosen, _together(question, measures)), edges)


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
    """What several statements gave, added up."""
    groups = ", ".join(["bucket", *(f"key_{key.value}" for key in question.by)])
    taken = [
        f'{"max" if MEASURES[name].together is Together.MAX else "sum"}("{name}") AS "{name}"'
        for name in measures
    ]
    return f"SELECT {groups}, {', '.join(taken)} FROM report_parts GROUP BY {groups}"
