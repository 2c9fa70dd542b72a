"""The sums that formulas are made of. Each is taken from one mart and can be added up.

An expression takes the mart (an Ibis table, see `marts/shapes.py`) and gives its aggregate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from lianxi.reports.terms import Sum

if TYPE_CHECKING:
    # Ibis takes more than a second to import: only who compiles a query pays for it.
    import ibis.expr.types as ir

Expression = Callable[["ir.Table"], Any]
"""From a mart to one aggregated value."""


class Mart(StrEnum):
    """What a row is. The shapes stand in `marts/`."""

    ENTRY = "entry"
    CONTACT = "contact"
    BLOCKED = "blocked"
    CARRIER = "carrier"
    SEGMENT = "segment"
    TRANSFER = "transfer"
    SURVEY = "survey"
    CALLBACK = "callback"
    VERIFICATION = "verification"
    INTERVAL = "interval"
    SHIFT = "shift"
    EVALUATION = "evaluation"
    STAFF = "staff"
    SEAT = "seat"
    COST = "cost"
    FORECAST = "forecast"
    RESOLUTION = "resolution"
    RESPONSE = "response"
    KNOWLEDGE = "knowledge"
    SALE = "sale"
    CLOCK = "clock"
    ORDER = "order"
    TEXT = "text"
    CAMPAIGN = "campaign"
    CASE = "case"
    COMPLAINT = "complaint"
    COMPLAINT_ANSWER = "complaint_answer"
    WARNING = "warning"


class Together(StrEnum):
    """How two values of a measure become one."""

    SUM = "sum"
    MAX = "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One sum."""

    id: str
    mart: Mart
    meaning: str
    expression: Expression
    by_queue: Expression | None = None
    """Used instead where rows are told apart by queue."""
    by_agent: Expression | None = None
    """Used instead where rows are told apart by agent or team."""
    together: Together = Together.SUM


MEASURES: dict[str, Measure] = {}
"""All measures by id."""


def measure(measure_id: str, mart: Mart, meaning: str, expression: Expression) -> Sum:
    """Register a measure and return it as a part of formulas."""
    return register(Measure(id=measure_id, mart=mart, meaning=meaning, expression=expression))


def register(new: Measure) -> Sum:
    """The same for a measure that is more than a plain sum.

    Raises:
        ValueError: there is another measure of that id.
    """
    if new.id in MEASURES:
        raise ValueError(f"two measures are called {new.id}")
    MEASURES[new.id] = new
    return Sum(new.id)


def counted(condition: Callable[[ir.Table], Any]) -> Expression:
    """How many rows fulfil a condition."""
    return lambda t: t.count(where=condition(t))


def total(column: str, condition: Callable[[ir.Table], Any] | None = None) -> Expression:
    """The sum of a column, over the rows that fulfil a condition."""
    if condition is None:
        return lambda t: t[column].sum()
    return lambda t: t[column].sum(where=condition(t))
