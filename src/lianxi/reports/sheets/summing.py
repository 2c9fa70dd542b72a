"""How rows of one day become a sheet: one Ibis expression, compiled for DuckDB.

Import this module late: it brings Ibis.
"""

import hashlib
import re
from functools import cache, reduce

import ibis
import ibis.expr.types as ir

from lianxi.reports.marts.summing import SHAPES, expression_of, sum_column
from lianxi.reports.marts.window import EDGES
from lianxi.reports.measures import Mart, Measure, Together
from lianxi.reports.questions import Key, Width
from lianxi.reports.sheets.layout import BY_QUEUE, QUEUES, Sheet, columns_of
from lianxi.reports.statement import Dialect, compiled_sql

_LEFT_OUT = re.compile(r"EXCLUDE \(([^)]*)\)")


@cache
def statement_of(sheet: Sheet) -> str:
    """SQL of the rows of a sheet: `bucket_at` (when it begins), `key_…`, and its columns."""
    return compiled_sql(_summed(sheet), Dialect.DUCKDB)


def fingerprint_of(sheet: Sheet) -> str:
    """What tells sheets of one statement from those of another."""
    # Ibis names what it leaves out in an order of its own.
    sql = _LEFT_OUT.sub(lambda found: str(sorted(found[1].split(", "))), statement_of(sheet))
    return hashlib.sha256(sql.encode()).hexdigest()[:12]


def _summed(sheet: Sheet) -> ir.Table:
    columns = columns_of(sheet)
    groups = ["bucket", *(f"key_{key.value}" for key in sheet.keys)]
    parts = [
        _of_mart(sheet, mart, columns, groups)
        for mart in sorted(sheet.marts, key=lambda mart: mart.value)
    ]
    every = reduce(lambda left, right: left.union(right), parts)
    sums = every.group_by(groups).aggregate(
        **{
            name: every[name].max() if measure.together is Together.MAX else every[name].sum()
            for name, measure in columns.items()
        }
    )
    if sheet.width is Width.DAY:
        sums = sums.join(EDGES, "bucket").mutate(bucket_at=lambda t: t.edge_begins_at)
    else:
        sums = sums.mutate(bucket_at=sums.bucket)
    found = sums.select(["bucket_at", *groups[1:], *columns])
    return found.order_by(["bucket_at", *groups[1:]])


def _of_mart(sheet: Sheet, mart: Mart, columns: dict[str, Measure], groups: list[str]) -> ir.Table:
    shape = SHAPES[mart]
    offered = [key for key in sheet.keys if key in shape.offers]
    rows = shape.mart(sheet.width, frozenset(offered), frozenset(), turns=True)
    missing = {f"key_{key.value}": ibis.literal("") for key in sheet.keys if key not in offered}
    rows = rows.mutate(**missing)
    own = {
        name: expression_of(measure, _keys(sheet, name))(rows)
        for name, measure in columns.items()
        if measure.mart is mart
    }
    sums = rows.group_by(groups).aggregate(**own)
    return sums.select([sum_column(sums, name) for name in [*groups, *columns]])


def _keys(sheet: Sheet, column: str) -> tuple[Key, ...]:
    """As what a column is taken: of a queue, of an agent, or of the centre."""
    if sheet is not QUEUES:
        return sheet.keys
    return (Key.QUEUE,) if column.endswith(BY_QUEUE) else ()
