"""Phase II: points, their limits and their signals, judged by a basis that stands still."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from lianxi.reports.charts.basis import basis as basis_of
from lianxi.reports.charts.basis import chance, is_point
from lianxi.reports.charts.constants import D2_OF_TWO, D4_OF_TWO, c4
from lianxi.reports.charts.drift import INTERVAL, WIDTH, cusum, ewma, ewma_sigma
from lianxi.reports.charts.kinds import CHARTED_FROM, THREE_SIGMA, Basis, Kind, Sample
from lianxi.reports.charts.rules import BY_DEFAULT, Signal, signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One point."""

    nth: int
    """The sample it was made of."""
    value: float
    """What is drawn: the figure, or the weighted mean or sum of charts with a memory."""
    centre: float
    lower: float | None
    """None where there is no limit: a run chart, or a baseline that did not vary."""
    upper: float | None
    z: float
    """Distance from the centre in the point's own standard deviations; only a sign without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart, ready to be drawn."""

    kind: Kind
    centre: float | None
    """None without any point."""
    points: tuple[Drawn, ...]
    signals: tuple[Signal, ...]
    """Their first and last count points, not samples."""
    basis: Basis | None

    def rules_at(self, point: int) -> tuple[str, ...]:
        """The ids of the rules whose signal a point belongs to."""
        return tuple(
            signal.rule.id for signal in self.signals if signal.first <= point <= signal.last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a figure can be at all; limits are not drawn beyond."""

    least: float | None = 0.0
    most: float | None = None


ANY = Bounds(least=None)
SHARE = Bounds(least=0.0, most=1.0)


def chart(
    kind: Kind,
    samples: Sequence[Sample],
    *,
    basis: Basis | None = None,
    rules: Sequence[str] = BY_DEFAULT,
    bounds: Bounds = ANY,
) -> Chart:
    """Draw a chart.

    Args:
        kind: which one; with fewer than 12 points and no frozen basis it is a run chart.
        samples: oldest first.
        basis: of the frozen baseline; None computes it from these samples themselves (phase I).
        rules: ids of the rules that are on; charts with a memory have a rule of their own.
        bounds: of the figure.

    Raises:
        KeyError: there is no such rule.
    """
    places = [at for at, sample in enumerate(samples) if is_point(kind, sample)]
    kept = [samples[at] for at in places]
    if basis is None and len(kept) < CHARTED_FROM:
        kind = Kind.RUN
        places = [at for at, sample in enumerate(samples) if is_point(kind, sample)]
        kept = [samples[at] for at in places]
    if basis is None and len(kept) >= 2:
        basis = basis_of(kind, kept)
    if basis is None:
        return Chart(kind=kind, centre=None, points=(), signals=(), basis=None)
    points = tuple(_points(kind, kept, places, basis, bounds))
    own = {Kind.EWMA: ("EWMA",), Kind.CUSUM: ("CUSUM",)}.get(kind, tuple(rules))
    found = signals([point.z for point in points], own, has_sigma=_has_limits(basis, kind))
    centre = 0.0 if kind is Kind.CUSUM else basis.centre
    return Chart(kind=kind, centre=centre, points=points, signals=tuple(found), basis=basis)


def _has_limits(basis: Basis, kind: Kind) -> bool:
    if kind is Kind.RUN or basis.sigma == 0:
        return False
    return chance(kind, basis.centre, 1) > 0


def _points(
    kind: Kind, kept: Sequence[Sample], places: Sequence[int], basis: Basis, bounds: Bounds
) -> list[Drawn]:
    values = [sample.value or 0.0 for sample in kept]
    if kind is Kind.CUSUM:
        return _sums(values, places, basis)
    if kind is Kind.EWMA:
        sigmas = [ewma_sigma(at + 1, sigma=basis.sigma) for at in range(len(values))]
        values = ewma(values, centre=basis.centre)
        return [
            _drawn(nth, value, basis.centre, sigma, WIDTH, bounds)
            for nth, value, sigma in zip(places, values, sigmas, strict=True)
        ]
    return [
        _drawn(nth, value, basis.centre, _sigma(kind, sample, basis), THREE_SIGMA, bounds)
        for nth, value, sample in zip(places, values, kept, strict=True)
    ]


def _sigma(kind: Kind, sample: Sample, basis: Basis) -> float:
    """Of one point, by its size where the chart has one."""
    match kind:
        case Kind.RUN:
            return 0.0
        case Kind.XBAR_S:
            return basis.sigma / sqrt(sample.size or 1.0)
    return basis.sigma * chance(kind, basis.centre, sample.size)


def _drawn(
    nth: int, value: float, centre: float, sigma: float, width: float, bounds: Bounds
) -> Drawn:
    away = value - centre
    if sigma == 0:
        return Drawn(nth=nth, value=value, centre=centre, lower=None, upper=None, z=away)
    lower, upper = centre - width * sigma, centre + width * sigma
    if bounds.least is not None:
        lower = max(bounds.least, lower)
    if bounds.most is not None:
        upper = min(bounds.most, upper)
    # A limit of so many sigma reads as the rules' three.
    z = away / sigma * (THREE_SIGMA / width)
    return Drawn(nth=nth, value=value, centre=centre, lower=lower, upper=upper, z=z)


def _sums(values: Sequence[float], places: Sequence[int], basis: Basis) -> list[Drawn]:
    limit = INTERVAL * basis.sigma
    has_limit = limit > 0
    return [
        Drawn(
            nth=nth,
            value=sums.greater,
            centre=0.0,
            lower=-limit if has_limit else None,
            upper=limit if has_limit else None,
            z=sums.greater / limit if has_limit else 0.0,
        )
        for nth, sums in zip(
            places, cusum(values, centre=basis.centre, sigma=basis.sigma), strict=True
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChart:
    """The companion that watches the spread."""

    centre: float
    lower: float
    upper: float


def moving_range_chart(basis: Basis) -> RangeChart:
    """Limits of the moving range of an XmR chart: 0 to 3.267 mean ranges."""
    mean = basis.sigma * D2_OF_TWO
    return RangeChart(centre=mean, lower=0.0, upper=D4_OF_TWO * mean)


def deviation_chart(basis: Basis, size: float) -> RangeChart:
    """Limits of the S chart of subgroups of one size: S̄ plus and minus three of its sigmas."""
    factor = c4(size)
    mean = basis.sigma * factor
    three = 3 * mean * sqrt(1 - factor**2) / factor
    return RangeChart(centre=mean, lower=max(0.0, mean - three), upper=mean + three)
