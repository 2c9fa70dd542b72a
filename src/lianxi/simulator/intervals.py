"""How sure a mean over replications is: Student's t, without a statistics package."""

from math import sqrt

import numpy as np

from lianxi.simulator.drawing import Floats

LEVEL = 0.9
"""Of every interval that is told: nine of ten such intervals hold the true value."""

_T95 = (
    6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771,
    1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725, 1.721, 1.717, 1.714, 1.711, 1.708, 1.706,
    1.703, 1.701, 1.699, 1.697,
)  # fmt: skip
"""The 95 % quantile of Student's t for 1 to 30 degrees of freedom: 5 % beyond it on each side."""

_Z95 = 1.6448536269514722


def t_quantile(freedom: int) -> float:
    """The 95 % quantile of Student's t.

    From 31 degrees of freedom on by the first term of the Cornish-Fisher expansion, which is then
    right to three digits.

    Raises:
        ValueError: fewer than one degree of freedom.
    """
    if freedom < 1:
        raise ValueError("an interval needs two replications or more")
    if freedom <= len(_T95):
        return _T95[freedom - 1]
    return _Z95 + (_Z95**3 + _Z95) / (4 * freedom)


def mean_and_half(values: Floats) -> tuple[Floats, Floats]:
    """Mean over the first axis, and half the width of its interval of level LEVEL.

    Replications in which a figure has no value (nothing was offered) are left out of it; half the
    width is NaN where fewer than two have one.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = np.full(count.shape, np.nan)
    np.divide(filled.sum(axis=0), count, out=mean, where=count > 0)
    away = np.where(known, values - mean, 0.0)
    variance = np.full(count.shape, np.nan)
    np.divide((away * away).sum(axis=0), count - 1, out=variance, where=count > 1)
    factors = np.array(
        [np.nan, np.nan] + [t_quantile(n - 1) / sqrt(n) for n in range(2, len(values) + 1)]
    )
    return mean, factors[count] * np.sqrt(variance)
