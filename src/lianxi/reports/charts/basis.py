"""Phase I: from the points of a baseline to a centre line and a spread."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean, median

from lianxi.reports.charts.constants import D2_OF_TWO, c4
from lianxi.reports.charts.kinds import Basis, Kind, Sample, TooFewPoints


def basis(kind: Kind, samples: Sequence[Sample]) -> Basis:
    """What a chart of this kind takes from a baseline.

    Args:
        kind: the chart.
        samples: oldest first; those without a value (or without a size, where the chart divides)
            are left out.

    Raises:
        TooFewPoints: fewer than two points are left.
    """
    kept = usable(kind, samples)
    if len(kept) < 2:
        raise TooFewPoints(kind)
    centre, sigma = _FROM[kind](kept)
    return Basis(kind=kind, centre=centre, sigma=sigma, points=len(kept))


def usable(kind: Kind, samples: Sequence[Sample]) -> list[Sample]:
    """The samples that make points on this chart."""
    return [sample for sample in samples if is_point(kind, sample)]


def is_point(kind: Kind, sample: Sample) -> bool:
    """Whether a sample can be drawn on this chart."""
    if sample.value is None:
        return False
    match kind:
        case Kind.P | Kind.P_LANEY | Kind.U | Kind.U_LANEY:
            return bool(sample.size)
        case Kind.XBAR_S:
            return sample.spread is not None and (sample.size or 0) >= 2
    return True


def chance(kind: Kind, centre: float, size: float | None) -> float:
    """The deviation of one point by chance alone: binomial for shares, Poisson for counts.

    Args:
        kind: p, u, c or one of Laney's; 1 for every other chart.
        centre: p̄ or ū or c̄. Never negative.
        size: what the point was divided by; > 0 for p and u.
    """
    match kind:
        case Kind.P | Kind.P_LANEY:
            return sqrt(max(0.0, centre * (1 - centre)) / (size or 1))
        case Kind.U | Kind.U_LANEY:
            return sqrt(max(0.0, centre) / (size or 1))
        case Kind.C:
            return sqrt(max(0.0, centre))
    return 1.0


def mean_moving_range(values: Sequence[float]) -> float:
    """The mean distance of neighbours; at least two values."""
    return fmean(abs(later - earlier) for earlier, later in pairwise(values))


def _values(samples: Sequence[Sample]) -> list[float]:
    return [sample.value for sample in samples if sample.value is not None]


def _individuals(samples: Sequence[Sample]) -> tuple[float, float]:
    # Shewhart's X and MR: sigma = mean moving range / 1.128, so that 3 sigma = 2.66 ranges.
    values = _values(samples)
    return fmean(values), mean_moving_range(values) / D2_OF_TWO


def _run(samples: Sequence[Sample]) -> tuple[float, float]:
    return median(_values(samples)), 0.0


def _subgroups(samples: Sequence[Sample]) -> tuple[float, float]:
    sizes = [sample.size or 0.0 for sample in samples]
    total = sum(sizes)
    centre = sum(value * size for value, size in zip(_values(samples), sizes, strict=True)) / total
    # The unbiased deviation of each subgroup; with equal sizes this is S̄ / c4.
    within = fmean(
        (sample.spread or 0.0) / c4(size) for sample, size in zip(samples, sizes, strict=True)
    )
    return centre, within


def _counts(samples: Sequence[Sample]) -> tuple[float, float]:
    return fmean(_values(samples)), 1.0


def _pooled(samples: Sequence[Sample]) -> float:
    # Sums, not a mean of rates.
    whole = sum(sample.size or 0.0 for sample in samples)
    return sum((sample.value or 0.0) * (sample.size or 0.0) for sample in samples) / whole


def _shares(samples: Sequence[Sample]) -> tuple[float, float]:
    return _pooled(samples), 1.0


def _between(samples: Sequence[Sample]) -> tuple[float, float]:
    """ḡ, and the deviation of a geometric variable that counts what lies between two events.

    Source:
        Benneyan (2001), "Number-Between g-Type Statistical Quality Control Charts for Monitoring
        Adverse Events", Health Care Management Science 4, 305-318: UCL = ḡ + 3·sqrt(ḡ(ḡ + 1)).
    """
    centre = fmean(_values(samples))
    return centre, sqrt(centre * (centre + 1))


def _laney(kind: Kind) -> Callable[[Sequence[Sample]], tuple[float, float]]:
    """σz: how much more neighbours differ, in units of chance, than chance alone lets them.

    Source:
        Laney (2002), "Improved Control Charts for Attributes", Quality Engineering 14(4), 531-537.
    """

    def found(samples: Sequence[Sample]) -> tuple[float, float]:
        centre = _pooled(samples)
        scores = []
        for sample in samples:
            by_chance = chance(kind, centre, sample.size)
            scores.append(((sample.value or 0.0) - centre) / by_chance if by_chance else 0.0)
        return centre, mean_moving_range(scores) / D2_OF_TWO

    return found


_FROM: dict[Kind, Callable[[Sequence[Sample]], tuple[float, float]]] = {
    Kind.RUN: _run,
    Kind.XMR: _individuals,
    Kind.XMR_SEASONAL: _individuals,
    Kind.XBAR_S: _subgroups,
    Kind.P: _shares,
    Kind.P_LANEY: _laney(Kind.P),
    Kind.C: _counts,
    Kind.U: _shares,
    Kind.U_LANEY: _laney(Kind.U),
    Kind.G: _between,
    Kind.EWMA: _individuals,
    Kind.CUSUM: _individuals,
}
