"""A chart over several frozen baselines: each judges the days from its own beginning on. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lianxi.reports.charts.drawing import Drawn
from lianxi.reports.charts.kinds import Kind
from lianxi.reports.charts.rules import BY_DEFAULT, Signal
from lianxi.reports.control.contracts import FrozenBaseline
from lianxi.reports.control.history import History, Judged, judged


def standing(baselines: Sequence[FrozenBaseline]) -> list[FrozenBaseline]:
    """Those that judge any day, by their beginnings.

    Args:
        baselines: oldest first, as they were frozen. A newer one takes the days from its beginning
            on away from those before it.
    """
    found: list[FrozenBaseline] = []
    for baseline in reversed(baselines):
        if not found or baseline.begins_on < found[0].begins_on:
            found.insert(0, baseline)
    return found


def stepped(
    shown: History,
    baselines: Sequence[FrozenBaseline],
    *,
    kind: Kind | None = None,
    rules: Sequence[str] = BY_DEFAULT,
) -> Judged:
    """The chart of a history, its limits a step where somebody froze others.

    Days before the first baseline are judged by it too. No signal reaches over a step: the points
    of both sides lie around different lines.

    Args:
        shown: what is drawn.
        baselines: as they were frozen; none = the limits come from `shown` itself.
        kind: another chart than the metric's own.
        rules: ids of the rules that are on.
    """
    own = standing(baselines)
    if len(own) <= 1:
        return judged(shown, frozen=own[0] if own else None, kind=kind, rules=rules)
    begins = [date.min, *(baseline.begins_on for baseline in own[1:]), date.max]
    points: list[Drawn] = []
    signals: list[Signal] = []
    last = None
    for frozen, first, until in zip(own, begins, begins[1:], strict=False):
        places = [at for at, day in enumerate(shown.days) if first <= day < until]
        part = judged(shown.at(places), frozen=frozen, kind=kind, rules=rules)
        before = len(points)
        points += [replace(point, nth=places[point.nth]) for point in part.chart.points]
        signals += [
            replace(signal, first=signal.first + before, last=signal.last + before)
            for signal in part.chart.signals
        ]
        if part.chart.points or last is None:
            last = part
    assert last is not None, "there are two parts at least"
    chart = replace(last.chart, points=tuple(points), signals=tuple(signals))
    return Judged(chart=chart, seasons=last.seasons)
