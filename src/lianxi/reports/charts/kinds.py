"""What is charted, and the words of it.

A control chart tells ordinary variation from a change. Its limits come from the process itself, not
from a target: a target says what is wanted, the limits say what is to be expected. Limits are
computed from a baseline (phase I) and then stand still while new points are judged (phase II).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

CHARTED_FROM: Final = 12
"""With fewer points there is a run chart: a line and its median, no limits."""
BASELINE_FROM: Final = 20
"""Points that a baseline needs before it may be frozen."""
THREE_SIGMA: Final = 3.0


class Kind(StrEnum):
    """Which chart."""

    RUN = "run"
    """Points and their median; for short histories."""
    XMR = "xmr"
    """Individual values, spread from the moving range of neighbours."""
    XMR_SEASONAL = "xmr_seasonal"
    """The same of what is left after the same weekday's usual value was taken away."""
    XBAR_S = "xbar_s"
    """Means of subgroups, spread from the deviation within them: of metrics whose sums of squares
    are taken (waits, rings, answers of surveys)."""
    P = "p"
    """Shares of small samples."""
    P_LANEY = "p_laney"
    """Shares of large samples: wider by as much as neighbours differ more than chance lets them."""
    C = "c"
    """Counts over equal stretches."""
    U = "u"
    """Counts per unit."""
    U_LANEY = "u_laney"
    """Counts per unit with large numbers of units."""
    G = "g"
    """Rare events: how many units lie between two of them."""
    EWMA = "ewma"
    """A mean that forgets: finds small lasting changes."""
    CUSUM = "cusum"
    """Sums of what lies beyond an allowance: finds small lasting changes too."""


RATIOS: Final = frozenset({Kind.P, Kind.P_LANEY, Kind.U, Kind.U_LANEY})
"""Charts whose points need a size: the divisor of the share or the rate."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One stretch of time of a metric, as a chart takes it."""

    value: float | None
    """The figure; None where there was nothing to divide by. Such a stretch has no point."""
    size: float | None = None
    """What the figure was divided by (calls of the day); the size of the subgroup for X̄-S."""
    spread: float | None = None
    """The sample's standard deviation within, for X̄-S."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a baseline came to: all that is kept when it is frozen."""

    kind: Kind
    centre: float
    sigma: float
    """Of one value (XmR, EWMA, CUSUM, X̄-S: within a subgroup), or the factor σz of Laney's charts;
    1 where chance alone gives the limits (p, u, c). 0 = the baseline did not vary: no limits."""
    points: int
    """How many points it was computed from."""


class TooFewPoints(ValueError):
    """A basis needs at least two points that carry a value."""
