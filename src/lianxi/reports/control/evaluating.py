"""Is a closed day out of range, and did an action help? Pure.

A rule of the chart that fires on the day opens an entry, and so does a figure beyond an alarm limit
that somebody set. Ordinary variation opens nothing, nor does a target that was missed without a
signal: that asks for a change of the process, not for somebody to blame.
Source: metric contract, sections 7 and 8.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from lianxi.kernel.ids import QueueId
from lianxi.reports.charts.basis import is_point
from lianxi.reports.charts.drawing import Chart
from lianxi.reports.charts.kinds import BASELINE_FROM, Kind, Sample
from lianxi.reports.charts.rules import Signal
from lianxi.reports.control.contracts import Breach, Effect, FrozenBaseline, Goal, Side
from lianxi.reports.control.history import History, judged, kind_of
from lianxi.reports.registry import Direction, Metric

ALARM: Final = "ALARM"
"""The rule of a limit that somebody set."""
DRIFTING: Final = frozenset({"K02", "K05", "K10"})
"""Metrics whose slow drift is looked for as well (R144)."""
EFFECT_AFTER: Final = 8
"""So many points in range after an action say that it held: as many as the run rule needs."""

WORSE: Final = {
    Direction.UP: frozenset({Side.LOW}),
    Direction.DOWN: frozenset({Side.HIGH}),
    Direction.BAND: frozenset(Side),
    Direction.WATCH: frozenset(Side),
}
"""On which sides a metric is out of range; a change for the better is a signal, not a breach."""
AT_ONCE: Final = frozenset({"WE1", ALARM})
"""Rules that look at one point alone."""
FIRST: Final = ("WE1", ALARM, "WE4", "EWMA")
"""Which rule an entry names when several fire."""


def breach(
    whole: History,
    day: date,
    *,
    queue: QueueId | None,
    frozen: FrozenBaseline | None,
    goal: Goal | None,
) -> Breach | None:
    """What is out of range on a day, if anything.

    Args:
        whole: the history of one scope, the day and the weeks before it.
        day: the closed day. Without a point on it nothing is out of range.
        queue: the scope.
        frozen: the baseline that counts; without one the days before are it, at least 20 of them.
        goal: what somebody set for this day; None = nobody did.
    """
    if day not in whole.days:
        return None
    place = whole.days.index(day)
    value = whole.samples[place].value
    if value is None:
        return None
    metric = whole.metric
    found = [
        *_alarm(metric, value, goal),
        *_by_rules(whole, day, kind_of(metric), frozen),
        *(_by_rules(whole, day, Kind.EWMA, frozen) if metric.no in DRIFTING else ()),
    ]
    worse = [one for one in found if one[1] in WORSE[metric.direction]]
    if not worse:
        return None
    rule, side, first, seen, limit = min(worse, key=lambda one: FIRST.index(one[0]))
    return Breach(
        metric=metric.id,
        queue=queue,
        formula=whole.formula.id,
        rule=rule,
        side=side,
        begins_on=first or day,
        ends_on=day,
        value=seen,
        limit=limit,
    )


Fired = tuple[str, Side, date | None, float, float | None]
"""Rule, side, first day, value and limit."""


def _alarm(metric: Metric, value: float, goal: Goal | None) -> Iterable[Fired]:
    if goal is None:
        return
    if goal.alarm_low is not None and value < goal.alarm_low:
        yield ALARM, Side.LOW, None, value, goal.alarm_low
    if goal.alarm_high is not None and value > goal.alarm_high:
        yield ALARM, Side.HIGH, None, value, goal.alarm_high


def _by_rules(
    whole: History, day: date, kind: Kind, frozen: FrozenBaseline | None
) -> Iterable[Fired]:
    """Signals that reach up to the day."""
    past = whole.until(day)
    if frozen is None and _points(past, kind) < BASELINE_FROM:
        return
    shown = whole if frozen is None else whole.since(frozen.begins_on)
    drawn = judged(shown, frozen=frozen, past=past, kind=kind).chart
    if drawn.kind is Kind.RUN or not drawn.points:
        return
    last = len(drawn.points) - 1
    if shown.days[drawn.points[last].nth] != day:
        return
    for signal in drawn.signals:
        if signal.last == last:
            yield _fired(drawn, signal, shown)


def _points(past: History, kind: Kind) -> int:
    return sum(is_point(kind, sample) for sample in past.samples)


def _fired(drawn: Chart, signal: Signal, shown: History) -> Fired:
    point = drawn.points[signal.last]
    side = Side.HIGH if point.z > 0 else Side.LOW
    limit: float | None = point.centre
    if signal.rule.id != "WE4":
        limit = point.upper if side is Side.HIGH else point.lower
    first = shown.days[drawn.points[signal.first].nth]
    return signal.rule.id, side, first, point.value, limit


def effect(
    whole: History, *, since: date, until: date, before: float, found: Breach | None
) -> Effect | None:
    """What the days since an action say; None while there are too few of them.

    A single point out of range says at once that the action did not hold. A run on one side that
    began before it does so only when it has gone on for eight points.

    Args:
        whole: the history of the scope.
        since: the first day that counts.
        until: the last closed day.
        before: the figure that the entry was opened for.
        found: what is out of range on the last day.
    """
    kept = [
        sample
        for day, sample in zip(whole.days, whole.samples, strict=True)
        if since <= day <= until and sample.value is not None
    ]
    is_anew = found is not None and (found.rule in AT_ONCE or found.begins_on >= since)
    if not is_anew and len(kept) < EFFECT_AFTER:
        return None
    return Effect(
        is_held=found is None,
        points=len(kept),
        mean=_mean(kept),
        before=before,
        seen_on=until,
    )


def _mean(kept: Sequence[Sample]) -> float | None:
    """Of the days by their sizes, so that a rate is that of all of them together."""
    weights = [sample.size or 0.0 for sample in kept]
    if not any(weights):
        weights = [1.0] * len(kept)
    if not kept:
        return None
    weighed = zip(kept, weights, strict=True)
    return sum((sample.value or 0.0) * weight for sample, weight in weighed) / sum(weights)
