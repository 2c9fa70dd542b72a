"""Charts with a memory, for changes too small and too lasting for single points to show.

EWMA: a mean in which the newest value weighs λ and everything before it (1 - λ). CUSUM: two sums of
what lies beyond an allowance k above and below the centre, each falling back to zero.

Sources: Roberts (1959), Technometrics 1(3), 239-250; Page (1954), Biometrika 41, 100-115;
Montgomery, "Introduction to Statistical Quality Control", 7th ed., sections 9.1 and 9.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

WEIGHT: Final = 0.2
"""λ of the EWMA, 0..1: what the newest value weighs."""
WIDTH: Final = 3.0
"""L of the EWMA: its limits in its own standard deviations."""
ALLOWANCE: Final = 0.5
"""k of the CUSUM in standard deviations: half of the change that is looked for."""
INTERVAL: Final = 5.0
"""h of the CUSUM in standard deviations: where it signals."""


def ewma(values: Sequence[float], *, centre: float, weight: float = WEIGHT) -> list[float]:
    """The weighted mean after each value, begun at the centre."""
    found, mean = [], centre
    for value in values:
        mean = weight * value + (1 - weight) * mean
        found.append(mean)
    return found


def ewma_sigma(nth: int, *, sigma: float, weight: float = WEIGHT) -> float:
    """The exact standard deviation of the EWMA at its nth value, the first being 1.

    It grows from λσ to σ·sqrt(λ / (2 - λ)): early limits are narrower, so that an early change is
    not missed.
    """
    return sigma * sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * nth)))


@dataclass(frozen=True, slots=True)
class Sums:
    """The two sums of a CUSUM after one value, in units of the values; both at least 0."""

    above: float
    below: float

    @property
    def greater(self) -> float:
        """The larger of both, negative when it is the lower one: one line on the chart."""
        return self.above if self.above >= self.below else -self.below


def cusum(
    values: Sequence[float], *, centre: float, sigma: float, allowance: float = ALLOWANCE
) -> list[Sums]:
    """The tabular CUSUM.

    Args:
        values: oldest first.
        centre: what the values should be.
        sigma: of one value, in units of the values.
        allowance: k, in sigmas.
    """
    slack = allowance * sigma
    found, above, below = [], 0.0, 0.0
    for value in values:
        above = max(0.0, above + value - centre - slack)
        below = max(0.0, below + centre - slack - value)
        found.append(Sums(above, below))
    return found
