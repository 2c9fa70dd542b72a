"""Erlang A: agents with a queue of callers who hang up (M/M/n+M), exactly.

As Erlang C, but each caller has an exponential patience. The queue never explodes: any number of
agents serves any load, and what is lost is told. With load a, n agents and the patience in units of
the handling time, let c = n x patience/AHT (answers per patience while all are busy) and
e = a x patience/AHT (arrivals per patience). A caller who finds all busy would have to wait V; in
units of the patience its density is proportional to exp(-c s + e (1 - exp(-s))), and with

    W(s) = exp(-(c + 1) s + e (1 - exp(-s))),   K0 = integral of W,   K1 = of (1 - exp(-s)) W,

over all s, in multiples of the probability of "all busy, nobody waits":

    busy on arrival   1 + e K0               answered after a wait   c K0
    abandoned         K0 + e K1              summed waits of these   c x integral of s W

(integration by parts turns every figure into a sum of positive terms; within a threshold the same
integrals end there). 1/B - 1 of Erlang B is the weight of the states with a free agent. W is
integrated by Gauss-Legendre over the window in which it is not negligible, measured from its peak,
so that neither overload nor 100,000 erlangs overflow. Relative error below 1e-12.

Sources: C. Palm (1943/1957), "Research on telephone traffic carried by full availability groups";
F. Baccelli, G. Hebuterne (1981), "On queues with impatient customers"; A. Mandelbaum, S. Zeltyn
(2007), "Service engineering in action: the Palm/Erlang-A queue, with applications to call centers".
"""

import math
from functools import cache

import numpy as np

from lianxi.modules.workforce.checks import (
    NEGLIGIBLE_ERLANG,
    check_agents,
    check_load,
    check_positive,
    check_threshold,
)
from lianxi.modules.workforce.contracts import Expected
from lianxi.modules.workforce.erlang_b import BEYOND, states_below

DEPTH = 38.0
"""The window ends where W has fallen to exp(-DEPTH) of its peak: below the last digit."""

NODES = 56
"""Points of Gauss-Legendre on each stretch between the window, the threshold and the peak."""


def expected(
    *,
    load_erlang: float,
    agents: int,
    aht_s: float,
    patience_s: float,
    answer_within_s: float = 20.0,
) -> Expected:
    """All figures of a queue whose callers hang up (exact Erlang A).

    Args:
        load_erlang: offered load, arrivals per second x handling time in seconds. >= 0.
        agents: staffed positions, already net of shrinkage. >= 0, may be below the load.
        aht_s: mean handling time, talk + hold + wrap-up. Seconds, > 0.
        patience_s: mean time until a waiting caller hangs up. Seconds, > 0. Not the mean wait of
            those who abandoned, which is shorter: divide all waiting time by the abandoned.
        answer_within_s: the threshold of the service level ("20" in 80/20). Seconds, >= 0.

    Returns:
        Shares of all contacts, and seconds. Without load nobody waits.

    Raises:
        StaffingInputInvalid.

    >>> seen = expected(load_erlang=100, agents=95, aht_s=300, patience_s=120)
    >>> round(seen.abandoned, 4), round(seen.answered_in_time, 3)
    (0.0789, 0.748)
    """
    check_load(load_erlang)
    check_agents(agents)
    check_positive("aht_s", aht_s)
    check_positive("patience_s", patience_s)
    check_threshold(answer_within_s)
    if load_erlang < NEGLIGIBLE_ERLANG:
        return without_load(agents)
    c = agents * patience_s / aht_s
    e = load_erlang * patience_s / aht_s
    tau = answer_within_s / patience_s
    soon, late, unit = _integrals(c, e, tau)
    below = states_below(load_erlang, agents)
    free, blocked = (1.0, 0.0) if below == BEYOND else (below / (1 + below), 1 / (1 + below))
    k0, k1 = soon[0] + late[0], soon[1] + late[1]
    # Everything in multiples of "all busy, nobody waits", then divided by the sum of all states.
    scale = blocked / (unit + e * k0 * blocked)
    at_once = unit * free / (unit + e * k0 * blocked)
    answered = at_once + c * k0 * scale
    abandoned = (k0 + e * k1) * scale
    gone_soon = soon[0] + e * soon[1] - math.expm1(-tau) * e * late[0]
    waited = patience_s * c * (soon[2] + late[2]) * scale
    return Expected(
        load_erlang=load_erlang,
        agents=agents,
        waits=(unit + e * k0) * scale,
        answered=answered,
        answered_in_time=at_once + c * soon[0] * scale,
        abandoned=abandoned,
        abandoned_in_time=gone_soon * scale,
        asa_s=waited / answered if answered else math.nan,
        wait_s=patience_s * abandoned,
        occupancy=load_erlang * answered / agents if agents else math.nan,
    )


def without_load(agents: int) -> Expected:
    """What the few who call meet where there is no load to speak of: nobody waits."""
    return Expected(
        load_erlang=0.0,
        agents=agents,
        waits=0.0,
        answered=1.0,
        answered_in_time=1.0,
        abandoned=0.0,
        abandoned_in_time=0.0,
        asa_s=0.0,
        wait_s=0.0,
        occupancy=0.0 if agents else math.nan,
    )


@cache
def gauss_legendre(count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Points and weights of Gauss-Legendre on 0..1."""
    points, weights = np.polynomial.legendre.leggauss(count)
    return tuple(((points + 1) / 2).tolist()), tuple((weights / 2).tolist())


Integrals = tuple[float, float, float]
"""Over a stretch of waits: of W, of (1 - exp(-s)) W, of s W."""


def _integrals(c: float, e: float, tau: float) -> tuple[Integrals, Integrals, float]:
    """Integrals up to the threshold, from it on, and what 1 is in their unit (W at its peak)."""
    rate = c + 1
    # W peaks at s = log(e / rate) when overloaded, else at 0; v = s - peak from here on, and
    # W = W(peak) exp((height - rate) v - height h(v)), where h(v) = v - 1 + exp(-v).
    height = min(e, rate)
    excess = (e - height) / height
    peak = math.log1p(excess)
    lowest, highest = _window(rate, height, peak)
    middle = min(max(tau - peak, lowest), highest)
    first, second = min(middle, 0.0), max(middle, 0.0)
    shape = (rate, height, peak)
    rising = _stretch(shape, first, lowest - first, squared=True)
    around = _stretch(shape, first, second - first, squared=False)
    falling = _stretch(shape, second, highest - second, squared=True)
    unit = math.exp(-rate * beyond_logarithm(excess))
    if middle > 0:
        return _sum(rising, around), falling, unit
    return rising, _sum(around, falling), unit


def _window(rate: float, height: float, peak: float) -> tuple[float, float]:
    """Where W is above exp(-DEPTH) of its peak.

    By h(v) >= v^2/(2 + v), and below the peak by h(-v) >= d where exp(v) = 1 + d + sqrt(2 d).
    """
    lowest = -min(peak, math.log1p(DEPTH / rate + math.sqrt(2 * DEPTH / rate)))
    half = DEPTH - 2 * (rate - height)
    return lowest, (half + math.sqrt(half * half + 8 * DEPTH * rate)) / (2 * rate)


def _sum(one: Integrals, other: Integrals) -> Integrals:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _stretch(
    shape: tuple[float, float, float], begin: float, width: float, *, squared: bool
) -> Integrals:
    """Integrals from `begin` over `width` (negative: towards lower v); `squared` puts the points
    close together near `begin`, where W is high."""
    if width == 0:
        return 0.0, 0.0, 0.0
    rate, height, peak = shape
    slope = height - rate
    plain = left = waited = 0.0
    for point, weight in zip(*gauss_legendre(NODES), strict=True):
        v = begin + width * (point * point if squared else point)
        falls = math.expm1(-v)
        share = 2 * point * weight if squared else weight
        w = share * math.exp(slope * v - height * (v + falls))
        plain += w
        left -= w * falls
        waited += w * v
    # 1 - exp(-s) = (1 - exp(-peak)) + exp(-peak) (1 - exp(-v)), s = peak + v
    left = -math.expm1(-peak) * plain + math.exp(-peak) * left
    waited += peak * plain
    return abs(width) * plain, abs(width) * left, abs(width) * waited


def beyond_logarithm(x: float) -> float:
    """x - log(1 + x) for x >= 0, to the last digits also where x is small.

    log(1 + x) = 2 (r + r^3/3 + r^5/5 + ...) with r = x / (2 + x), and x - 2 r = x r.
    """
    if x > 1:
        return x - math.log1p(x)
    r = x / (2 + x)
    square, power, rest = r * r, r, 0.0
    for odd in range(3, 40, 2):
        power *= square
        rest += power / odd
    return x * r - 2 * rest
