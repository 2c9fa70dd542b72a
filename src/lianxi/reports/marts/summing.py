"""Every mart by its name, and the one expression of a question."""

from collections.abc import Collection, Sequence
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from lianxi.reports.marts import business, calls, people
from lianxi.reports.marts.shapes import Shape
from lianxi.reports.measures import MEASURES, Mart, Measure, Together
from lianxi.reports.questions import Key, Width

SHAPES: dict[Mart, Shape] = {
    Mart.ENTRY: calls.ENTRY,
    Mart.CONTACT: calls.CONTACT,
    Mart.BLOCKED: calls.BLOCKED,
    Mart.CARRIER: calls.CARRIER,
    Mart.SEGMENT: calls.SEGMENT,
    Mart.TRANSFER: calls.TRANSFER,
    Mart.SURVEY: calls.SURVEY,
    Mart.CALLBACK: calls.CALLBACK,
    Mart.VERIFICATION: calls.VERIFICATION,
    Mart.INTERVAL: people.INTERVAL,
    Mart.SHIFT: people.SHIFT,
    Mart.EVALUATION: people.EVALUATION,
    Mart.STAFF: people.STAFF,
    Mart.SEAT: people.SEAT,
    Mart.COST: business.COST,
    Mart.FORECAST: business.FORECAST,
    Mart.RESOLUTION: business.RESOLUTION,
    Mart.RESPONSE: business.RESPONSE,
    Mart.KNOWLEDGE: business.KNOWLEDGE,
    Mart.SALE: business.SALE,
    Mart.CLOCK: business.CLOCK,
    Mart.ORDER: business.ORDER,
    Mart.TEXT: business.TEXT,
    Mart.CAMPAIGN: business.CAMPAIGN,
    Mart.CASE: business.CASE,
    Mart.COMPLAINT: business.COMPLAINT,
    Mart.COMPLAINT_ANSWER: business.COMPLAINT_ANSWER,
    Mart.WARNING: business.WARNING,
}


def summed(
    measures: Sequence[str],
    width: Width,
    by: Sequence[Key],
    only: frozenset[Key],
    *,
    turns: bool = False,
) -> ir.Table:
    """One row per bucket and group with a column per measure, over all marts they need.

    Every mart they need must be told apart by these keys (`Shape.offers`).
    """
    wanted = [MEASURES[name] for name in measures]
    groups = ["bucket", *(f"key_{key.value}" for key in by)]
    parts = []
    for mart in dict.fromkeys(measure.mart for measure in wanted):
        rows = SHAPES[mart].mart(width, frozenset(by), only, turns=turns)
        own = {m.id: expression_of(m, {*by, *only})(rows) for m in wanted if m.mart is mart}
        sums = rows.group_by(groups).aggregate(**own)
        parts.append(sums.select([sum_column(sums, name) for name in [*groups, *measures]]))
    every = reduce(lambda left, right: left.union(right), parts)
    if len(parts) == 1:
        return every
    return every.group_by(groups).aggregate(
        **{
            m.id: every[m.id].max() if m.together is Together.MAX else every[m.id].sum()
            for m in wanted
        }
    )


def expression_of(measure: Measure, keys: Collection[Key]) -> Any:
    """How a measure is taken where rows are told apart, or only some are looked at, like this."""
    if measure.by_agent is not None and (Key.AGENT in keys or Key.TEAM in keys):
        return measure.by_agent
    if measure.by_queue is not None and Key.QUEUE in keys:
        return measure.by_queue
    return measure.expression


def sum_column(sums: ir.Table, name: str) -> Any:
    """A column of sums in the type that all of them have; null where these have none."""
    if name == "bucket":
        return sums.bucket.cast("int64").name(name)
    if name.startswith("key_"):
        return sums[name].cast("string").fill_null("").name(name)
    if name in sums.columns:
        return sums[name].cast("float64").name(name)
    return ibis.null().cast("float64").name(name)
