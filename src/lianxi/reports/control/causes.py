"""Possible causes of a figure out of range, checked against the figures of the same day. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from lianxi.reports.computing import added
from lianxi.reports.control.checklists import Check, Checklist
from lianxi.reports.control.contracts import Against, Cause, Found, Goal, Side
from lianxi.reports.questions import Row
from lianxi.reports.registry import Metric, Source, Unit

NOTICED: Final = 0.1
"""A figure this much off the same weekday's mean, as a share of it, is a possible cause."""
WEEKS: Final = 8
"""So many of the same weekday are looked back on."""
LEAST: Final = 3
"""With fewer there is nothing to compare with."""

Goals = Callable[[Metric], Goal]


def checked(
    checklist: Checklist,
    day: date,
    rows: Mapping[date, Row],
    *,
    metrics: Mapping[str, Metric],
    goals: Goals,
) -> tuple[Cause, ...]:
    """Each line of a checklist with what was found.

    Args:
        checklist: of the metric that is out of range.
        day: the day it was found on.
        rows: of the scope, by day, that day and the weeks before.
        metrics: by number.
        goals: what is wanted of a metric on that day in this scope.
    """
    return tuple(
        _checked(check, day, rows, metrics.get(check.metric or ""), goals)
        for check in checklist.checks
    )


def _checked(
    check: Check, day: date, rows: Mapping[date, Row], metric: Metric | None, goals: Goals
) -> Cause:
    if check.metric is None:
        return _cause(check, Found.BY_HAND)
    if metric is None or metric.source is Source.NONE_YET:
        return _cause(check, Found.NO_SOURCE, metric=metric)
    row = rows.get(day)
    value = None if row is None else row.values.get(metric.id)
    against, reference = _reference(check, day, rows, metric, goals)
    if value is None or reference is None:
        return _cause(check, Found.UNKNOWN, metric=metric, against=against, value=value)
    slack = abs(reference) * NOTICED if against is Against.WEEKDAY else 0.0
    away = value - reference if check.side is Side.HIGH else reference - value
    return _cause(
        check,
        Found.YES if away > slack else Found.NO,
        metric=metric,
        against=against,
        value=value,
        reference=reference,
    )


def _reference(
    check: Check, day: date, rows: Mapping[date, Row], metric: Metric, goals: Goals
) -> tuple[Against, float | None]:
    """What the figure is compared with; without a target with the same weekday instead."""
    if check.against is Against.TARGET and (edge := _edge(goals(metric), check.side)) is not None:
        return Against.TARGET, edge
    return Against.WEEKDAY, weekday_mean(metric, same_weekdays(day, rows))


def _edge(goal: Goal, side: Side) -> float | None:
    """The target; of a band its edge on that side."""
    if goal.target is not None:
        return goal.target
    return goal.alarm_high if side is Side.HIGH else goal.alarm_low


def same_weekdays(day: date, rows: Mapping[date, Row]) -> list[Row]:
    """The rows of the same weekday in the weeks before."""
    before = (day - timedelta(weeks=back) for back in range(1, WEEKS + 1))
    return [rows[own] for own in before if own in rows]


def weekday_mean(metric: Metric, rows: Sequence[Row]) -> float | None:
    """A metric over several days: a rate from their sums, a count per day. None with too few."""
    known = [row for row in rows if row.values.get(metric.id) is not None]
    if len(known) < LEAST:
        return None
    value = metric.default.expression.value(added(_sums(known)))
    if value is None:
        return None
    return value / len(known) if metric.unit is Unit.COUNT else value


def _sums(rows: Iterable[Row]) -> Iterable[Mapping[str, float]]:
    return (row.sums for row in rows)


def _cause(
    check: Check,
    found: Found,
    *,
    metric: Metric | None = None,
    against: Against | None = None,
    value: float | None = None,
    reference: float | None = None,
) -> Cause:
    return Cause(
        id=check.id,
        text=check.text,
        text_en=check.text_en,
        found=found,
        metric=metric.id if metric else None,
        against=against,
        value=value,
        reference=reference,
    )
