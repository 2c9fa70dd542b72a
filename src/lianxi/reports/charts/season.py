"""Volumes follow the week. What is charted is what is left when the usual was taken away.

The usual value of a place in the week (its weekday, and its time of day for finer widths) is the
mean of the baseline's values at that place. Source: metric contract, section 8.
"""

from collections.abc import Hashable, Mapping, Sequence
from statistics import fmean
from typing import TypeVar

from lianxi.reports.charts.kinds import Sample

Place = TypeVar("Place", bound=Hashable)


def usual(samples: Sequence[Sample], places: Sequence[Place]) -> dict[Place, float]:
    """The usual value of each place of the week, from a baseline.

    Args:
        samples: the baseline.
        places: of each sample, e.g. its weekday.
    """
    found: dict[Place, list[float]] = {}
    for sample, place in zip(samples, places, strict=True):
        if sample.value is not None:
            found.setdefault(place, []).append(sample.value)
    return {place: fmean(values) for place, values in found.items()}


def without_season(
    samples: Sequence[Sample], places: Sequence[Place], expected: Mapping[Place, float]
) -> list[Sample]:
    """How far each sample lies from its place's usual value; no point where none is known."""
    found = []
    for sample, place in zip(samples, places, strict=True):
        usually = expected.get(place)
        if sample.value is None or usually is None:
            found.append(Sample(None))
        else:
            found.append(Sample(sample.value - usually))
    return found
