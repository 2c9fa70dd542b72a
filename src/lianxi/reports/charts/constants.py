"""Factors of control charts, by the size of a subgroup.

Source: ASTM E2587-16, table 1; Montgomery, "Introduction to Statistical Quality Control", 7th ed.,
appendix VI. The published three digits are used where a chart is compared with published limits.
"""

from math import exp, lgamma, sqrt
from typing import Final

D2_OF_TWO: Final = 1.128
"""The mean range of two normal values in standard deviations; 3 / 1.128 = 2.66."""
D4_OF_TWO: Final = 3.267
"""The upper limit of a moving range in mean moving ranges."""


def c4(size: float) -> float:
    """How much the sample deviation of a normal subgroup falls short of the true one.

    Args:
        size: values in the subgroup, at least 2.

    Returns:
        A factor in 0.79..1; 0.9400 for five.

    Source:
        sqrt(2 / (n - 1)) * Γ(n / 2) / Γ((n - 1) / 2).

    >>> round(c4(5), 4)
    0.94
    """
    return sqrt(2 / (size - 1)) * exp(lgamma(size / 2) - lgamma((size - 1) / 2))
