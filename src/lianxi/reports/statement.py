"""The statement of a question, compiled for the database that runs it, once per kind."""

import asyncio
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from lianxi.reports.asked import Key, Width
from lianxi.reports.buckets import Bucket, Shifts
from lianxi.reports.windows import Window

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


NUMBERS = ("begins_at", "ends_at", "as_of", "shift_0", "turn_1", "shift_1", "turn_2", "shift_2")
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
    ibis = importlib.import_module("ibis")
    shelf = importlib.import_module("lianxi.reports.marts.shelf")
    table = shelf.summed(kind.measures, kind.width, kind.by, kind.only)
    body = str(ibis.to_sql(table, dialect=dialect.value))
    sign = "$"
    if dialect is Dialect.POSTGRES:
        body, sign = body.replace(":", r"\:"), ":"
    columns = [f"CAST({sign}{name} AS BIGINT) AS {name}" for name in NUMBERS]
    columns += [f"CAST({sign}only_{key} AS TEXT) AS only_{key}" for key in Key]
    return (
        f"WITH report_window AS (SELECT {', '.join(columns)}),"
        f" report_edges AS ({EDGES[dialect]})"
        f" SELECT * FROM ({body}) AS figures"
    )


async def compiled(dialect: Dialect, kind: Kind) -> str:
    """The statement; compiled in a thread, so that calls go on meanwhile."""
    return await asyncio.to_thread(statement, dialect, kind)


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
    importlib.import_module("lianxi.reports.marts.shelf")
