"""The statement of a question, compiled for the database that runs it, once per kind."""

import importlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lianxi.reports.buckets import Bucket, Shifts
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.windows import Window

if TYPE_CHECKING:
    import ibis.expr.types as ir

REMEMBERED = 512
"""Kinds of questions: measures, width, keys."""


class Dialect(StrEnum):
    """Where figures are computed."""

    POSTGRES = "postgres"
    DUCKDB = "duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a statement depends on, besides its parameters."""

    measures: tuple[str, ...]
    width: Width
    by: tuple[Key, ...]
    only: frozenset[Key]
    turns: bool = False
    """Clocks change in the window."""


NUMBERS = ("begins_at", "ends_at", "as_of", "shift_0", "turn_1", "shift_1", "turn_2", "shift_2")
NUMBER_MARKS = {name: 7_777_777_000_000_000_000 + place for place, name in enumerate(NUMBERS)}
"""What stands for a parameter in an expression: no instant, no shift."""

WORD_MARKS = tuple(f"only_{key.value}" for key in Key)
SEPARATOR = "\x1f"
"""Between wanted values; stands in no id, number or code."""

_CTE = re.compile(r'("t\d+") AS \(')
_PARAMETER = {Dialect.POSTGRES: ":{}", Dialect.DUCKDB: "${}"}
EDGES = {
    Dialect.POSTGRES: (
        "SELECT * FROM unnest(CAST(:edge_buckets AS BIGINT[]), CAST(:edge_begins AS BIGINT[]),"
        " CAST(:edge_ends AS BIGINT[])) AS edges (bucket, edge_begins_at, edge_ends_at)"
    ),
    Dialect.DUCKDB: (
        "SELECT unnest(CAST($edge_buckets AS BIGINT[])) AS bucket,"
        " unnest(CAST($edge_begins AS BIGINT[])) AS edge_begins_at,"
        " unnest(CAST($edge_ends AS BIGINT[])) AS edge_ends_at"
    ),
}


@lru_cache(maxsize=REMEMBERED)
def statement(dialect: Dialect, kind: Kind) -> str:
    """SQL that gives one row per bucket and group: bucket, `key_…`, and a column per measure.

    The first call takes about two seconds (Ibis is imported), a new kind some tens of milliseconds.
    """
    # Late on purpose: whoever prints no figures (the command line's help) does not pay for Ibis.
    summing = importlib.import_module("lianxi.reports.marts.summing")
    table = summing.summed(kind.measures, kind.width, kind.by, kind.only, turns=kind.turns)
    return compiled_sql(table, dialect)


def compiled_sql(table: "ir.Table", dialect: Dialect) -> str:
    """An expression over fact tables as SQL with parameters in place of their marks."""
    ibis = importlib.import_module("ibis")
    body = str(ibis.to_sql(table, dialect=dialect.value))
    if dialect is Dialect.POSTGRES:
        body = body.replace(":", r"\:")
    # Each branch reads for itself what it needs: nothing large is kept in between.
    body = _CTE.sub(r"\1 AS NOT MATERIALIZED (", body)
    edges = f"WITH report_edges AS ({EDGES[dialect]}) " if "report_edges" in body else ""
    return f"{edges}SELECT * FROM ({marked(body, _PARAMETER[dialect])}) AS figures"


def marked(body: str, parameter: str) -> str:
    """A compiled expression with parameters in place of their marks.

    Args:
        parameter: how one is written; `{}` is its name.
    """
    for name, mark in NUMBER_MARKS.items():
        body = body.replace(str(mark), f"CAST({parameter.format(name)} AS BIGINT)")
    for name in WORD_MARKS:
        body = body.replace(f"'{name}'", f"CAST({parameter.format(name)} AS TEXT)")
    return body


def used(sql: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a statement for DuckDB names: it takes no others."""
    return {name: value for name, value in given.items() if f"${name} " in sql}


def wanted(question: Question) -> dict[Key, str]:
    """The values that are looked at, each between separators, as `parameters` takes them."""
    return {
        key: SEPARATOR + "".join(value + SEPARATOR for value in values)
        for key, values in question.only.items()
    }


def parameters(
    window: Window,
    buckets: Sequence[Bucket],
    shifts: Shifts,
    only: dict[Key, str],
    *,
    as_of: int,
) -> dict[str, Any]:
    """What a statement is asked with.

    Args:
        only: the wanted values of keys, each between separators.
    """
    return {
        "begins_at": window.begins_at,
        "ends_at": window.ends_at,
        "as_of": as_of,
        "shift_0": shifts.shift_0,
        "turn_1": shifts.turn_1,
        "shift_1": shifts.shift_1,
        "turn_2": shifts.turn_2,
        "shift_2": shifts.shift_2,
        **{f"only_{key.value}": only.get(key) for key in Key},
        "edge_buckets": [bucket.number for bucket in buckets],
        "edge_begins": [int(bucket.window.begins_at) for bucket in buckets],
        "edge_ends": [int(bucket.window.ends_at) for bucket in buckets],
    }


def warm() -> None:
    """Import what compiles now; call it in a thread at start, so that no report waits for it."""
    importlib.import_module("lianxi.reports.marts.summing")
