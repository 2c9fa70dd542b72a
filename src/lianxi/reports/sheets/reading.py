"""What is asked of sheets: plain SQL, which DuckDB reads without Ibis."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianxi.reports.measures import MEASURES, Together
from lianxi.reports.questions import Question
from lianxi.reports.sheets.layout import SHEETS, Sheet, column_of, columns_of
from lianxi.reports.statement import EDGES, SEPARATOR, Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The sheets of a connection: views that are called like them."""

    leaves_rows: bool
    """Some days of the time asked for have no sheet: their rows stand in the views of facts."""


def empty(sheet_name: str) -> str:
    """SQL of a sheet without rows."""
    sheet = _named(sheet_name)
    keys = [f"key_{key.value} VARCHAR" for key in sheet.keys]
    columns = ["bucket_at BIGINT", *keys, *(f'"{name}" DOUBLE' for name in columns_of(sheet))]
    return f"CREATE TABLE {sheet_name} ({', '.join(columns)})"


def sums_of(sheet_name: str, question: Question, measures: Sequence[str]) -> str:
    """SQL of sums, as `statement.statement` gives them: bucket, `key_…`, a column per measure.

    Args:
        measures: those that the sheet tells for this question (`layout.split`).
    """
    sheet = _named(sheet_name)
    keys = [f"key_{key.value}" for key in question.by]
    taken, has_rows = [], []
    for name in measures:
        column = column_of(sheet, MEASURES[name], {*question.by, *question.only})
        how = "max" if MEASURES[name].together is Together.MAX else "sum"
        taken.append(f'{how}(sums."{column}") AS "{name}"')
        has_rows.append(f'count(sums."{column}") > 0')
    wanted = [
        f"contains(CAST($only_{key.value} AS TEXT),"
        f" '{SEPARATOR}' || key_{key.value} || '{SEPARATOR}')"
        for key in sorted(question.only)
    ]
    where = [
        "bucket_at >= CAST($begins_at AS BIGINT)",
        "bucket_at < CAST($ends_at AS BIGINT)",
        *wanted,
    ]
    return (
        f"WITH report_edges AS ({EDGES[Dialect.DUCKDB]})"
        f" SELECT {', '.join(['edges.bucket', *keys, *taken])}"
        f" FROM (SELECT * FROM {sheet_name} WHERE {' AND '.join(where)}) AS sums"
        " ASOF JOIN report_edges AS edges ON sums.bucket_at >= edges.edge_begins_at"
        f" GROUP BY {', '.join(['edges.bucket', *keys])}"
        # What other marts alone have rows of has none here.
        f" HAVING {' OR '.join(has_rows)}"
    )


def _named(name: str) -> Sheet:
    return next(sheet for sheet in SHEETS if sheet.name == name)
