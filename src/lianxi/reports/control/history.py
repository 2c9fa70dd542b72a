"""From the rows of an answer to a metric's history, and from that to its chart. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.charts import drawing, season
from lianxi.reports.charts.drawing import ANY, SHARE, Bounds, Chart, Drawn
from lianxi.reports.charts.kinds import Kind, Sample
from lianxi.reports.charts.rare import between_events
from lianxi.reports.charts.rules import BY_DEFAULT
from lianxi.reports.control.contracts import FrozenBaseline
from lianxi.reports.questions import Row, Width
from lianxi.reports.registry import Chart as Fitting
from lianxi.reports.registry import Formula, Metric, Unit
from lianxi.reports.spread import size_of, spread_of
from lianxi.reports.windows import local

WEEKS_OF_A_SEASON: Final = 3
"""So often a place of the week must have been seen before its usual value is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A metric of one scope, oldest first."""

    metric: Metric
    formula: Formula
    begins: tuple[Instant, ...]
    ends: tuple[Instant, ...]
    days: tuple[date, ...]
    """The civil day that each stretch begins on."""
    places: tuple[str, ...]
    """Of the week: the weekday (1 = Monday), with the time of day where stretches are shorter."""
    samples: tuple[Sample, ...]

    def figure(self, day: date) -> float | None:
        """Of a day; None where there is none."""
        return self.samples[self.days.index(day)].value if day in self.days else None

    def until(self, day: date) -> "History":
        """What lies before a day."""
        return self.at([at for at, own in enumerate(self.days) if own < day])

    def since(self, day: date) -> "History":
        """The day and what lies after it."""
        return self.at([at for at, own in enumerate(self.days) if own >= day])

    def at(self, places: Sequence[int]) -> "History":
        """The stretches at these places."""
        return History(
            metric=self.metric,
            formula=self.formula,
            begins=tuple(self.begins[at] for at in places),
            ends=tuple(self.ends[at] for at in places),
            days=tuple(self.days[at] for at in places),
            places=tuple(self.places[at] for at in places),
            samples=tuple(self.samples[at] for at in places),
        )


def history(
    metric: Metric, formula: Formula, rows: Sequence[Row], *, width: Width, zone: ZoneInfo
) -> History:
    """The history of a metric from rows of one scope."""
    when = [local(row.begins_at, zone) for row in rows]
    return History(
        metric=metric,
        formula=formula,
        begins=tuple(row.begins_at for row in rows),
        ends=tuple(row.ends_at for row in rows),
        days=tuple(moment.date() for moment in when),
        places=tuple(_place(moment, width) for moment in when),
        samples=tuple(
            Sample(
                row.values.get(metric.id),
                size=size_of(formula.expression, row.sums),
                spread=spread_of(formula.expression, row.sums),
            )
            for row in rows
        ),
    )


def _place(moment: datetime, width: Width) -> str:
    match width:
        case Width.DAY:
            return str(moment.isoweekday())
        case Width.QUARTER | Width.HALF_HOUR | Width.HOUR:
            return f"{moment.isoweekday()} {moment:%H:%M}"
    return ""


def kind_of(metric: Metric) -> Kind:
    """The chart of a metric; where the registry names none, by its unit."""
    match metric.chart:
        case Fitting.XBAR_S:
            return Kind.XBAR_S
        case Fitting.G:
            return Kind.G
        case Fitting.P_LANEY:
            return Kind.P_LANEY
        case Fitting.P:
            return Kind.P
        case Fitting.U_LANEY:
            return Kind.U_LANEY
    if metric.unit is Unit.COUNT:
        return Kind.XMR_SEASONAL
    if metric.unit is Unit.RATIO and metric.chart is Fitting.NONE:
        return Kind.P_LANEY
    return Kind.XMR


def seasons_of(past: History) -> dict[str, float]:
    """The usual value of each place of the week, as far as it was seen often enough.

    Empty when any place was seen too rarely: then the raw values are charted.
    """
    seen: dict[str, int] = {}
    for place, sample in zip(past.places, past.samples, strict=True):
        seen[place] = seen.get(place, 0) + (sample.value is not None)
    if "" in seen or not seen or min(seen.values()) < WEEKS_OF_A_SEASON:
        return {}
    return season.usual(past.samples, past.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A chart whose points lie on the metric's own scale, and what it was judged by."""

    chart: Chart
    seasons: Mapping[str, float]


def judged(
    shown: History,
    *,
    frozen: FrozenBaseline | None = None,
    past: History | None = None,
    kind: Kind | None = None,
    rules: Sequence[str] = BY_DEFAULT,
) -> Judged:
    """The chart of a history.

    Args:
        shown: what is drawn.
        frozen: the baseline that somebody froze; its kind of chart then counts.
        past: without a frozen one, what the limits are computed from; None = from `shown`.
        kind: another chart than the metric's own; a frozen baseline of another chart lends its
            centre and spread where they mean the same (XmR, EWMA, CUSUM).
        rules: ids of the rules that are on.

    Raises:
        KeyError: there is no such rule.
    """
    wanted = kind or (frozen.basis.kind if frozen else kind_of(shown.metric))
    basis = None
    if frozen is not None and (frozen.basis.kind is wanted or _lends(frozen.basis.kind, wanted)):
        basis = replace(frozen.basis, kind=wanted)
    seasons = _seasons(wanted, shown, frozen, past)
    if wanted is Kind.XMR_SEASONAL and not seasons:
        wanted, basis = Kind.XMR, None
    if basis is None and past is not None:
        before = drawing.chart(wanted, _left(wanted, past, seasons), rules=())
        basis = before.basis if before.kind is wanted else None
    drawn = drawing.chart(
        wanted,
        _left(wanted, shown, seasons),
        basis=basis,
        rules=rules,
        bounds=ANY if seasons else _bounds(shown, wanted),
    )
    if seasons and drawn.kind is Kind.XMR_SEASONAL:
        points = tuple(_on_scale(point, seasons[shown.places[point.nth]]) for point in drawn.points)
        drawn = replace(drawn, points=points)
    return Judged(chart=drawn, seasons=seasons)


_ALIKE: Final = {Kind.XMR, Kind.EWMA, Kind.CUSUM}


def _lends(frozen: Kind, wanted: Kind) -> bool:
    return frozen in _ALIKE and wanted in _ALIKE


def _seasons(
    wanted: Kind, shown: History, frozen: FrozenBaseline | None, past: History | None
) -> dict[str, float]:
    if wanted is not Kind.XMR_SEASONAL:
        return {}
    if frozen is not None:
        return dict(frozen.seasons)
    return seasons_of(past or shown)


def _left(wanted: Kind, whole: History, seasons: Mapping[str, float]) -> Sequence[Sample]:
    if wanted is Kind.G:
        return between_events(whole.samples)
    if wanted is not Kind.XMR_SEASONAL:
        return whole.samples
    return season.without_season(whole.samples, whole.places, seasons)


def _on_scale(point: Drawn, usually: float) -> Drawn:
    def raised(limit: float | None) -> float | None:
        return None if limit is None else max(0.0, limit + usually)

    return replace(
        point,
        value=point.value + usually,
        centre=point.centre + usually,
        lower=raised(point.lower),
        upper=raised(point.upper),
    )


def _bounds(shown: History, kind: Kind) -> Bounds:
    if kind in (Kind.P, Kind.P_LANEY):
        return SHARE
    values = [sample.value for sample in shown.samples if sample.value is not None]
    return ANY if kind is Kind.CUSUM or (values and min(values) < 0) else Bounds()
