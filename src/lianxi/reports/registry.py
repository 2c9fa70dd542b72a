"""The metric registry. One definition per figure: board, report, export and tooltip read it here.

A formula is an expression over a mart (`marts.py`), so one text compiles for PostgreSQL (the open
day) and for DuckDB (closed days as Parquet). A formula id is never reused: a change of meaning is a
new formula, and a figure printed once stays readable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # ibis takes more than a second to import: only who compiles a query pays for it.
    import ibis.expr.types as ir

Expression = Callable[["ir.Table"], Any]
"""From a mart to one aggregated value."""


class Unit(StrEnum):
    """Of the printed value. Ratios are 0 to 1; percent is for screens."""

    COUNT = "count"
    RATIO = "ratio"
    SECONDS = "s"


class Grain(StrEnum):
    """The mart a formula is computed from."""

    ENTRY = "entry"
    """One row per stay in a queue that was offered."""
    SEGMENT = "segment"
    """One row per stretch of an agent's work, cut at the edges of the window."""


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    BAND = "band"
    WATCH = "watch"
    """Neither: read beside others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One way to compute a metric."""

    id: str
    """Printed with every figure, e.g. K21.SL4."""
    text: str
    """As a person writes it."""
    expression: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: what it means and how it is computed."""

    id: str
    name: str
    name_en: str
    meaning: str
    meaning_en: str
    unit: Unit
    population: str
    """What is counted."""
    clock: str
    """Where the measured time starts and stops."""
    grain: Grain
    direction: Direction
    cadence: str
    formulas: tuple[Formula, ...]
    """The first one is the default."""
    target: float | None = None
    """By default; a centre may have its own."""

    @property
    def default(self) -> Formula:
        """The formula that is used unless another is asked for."""
        return self.formulas[0]

    def formula(self, formula_id: str | None) -> Formula:
        """The formula of that id, the default for None.

        Raises:
            KeyError: this metric has no such formula.
        """
        if formula_id is None:
            return self.default
        for formula in self.formulas:
            if formula.id == formula_id:
                return formula
        raise KeyError(formula_id)
