"""The figures of many intervals at once: the formulas of erlang_b, erlang_c and erlang_a on arrays.

Intervals with and without patience are told apart by the caller; loads are above zero here. The
integrals of Erlang A are taken block by block, so that all of a block stays in the nearest cache.
"""

from dataclasses import dataclass, fields

import numpy as np

from lianxi.modules.workforce.contracts import FloatArray, IntArray
from lianxi.modules.workforce.erlang_a import DEPTH, gauss_legendre
from lianxi.modules.workforce.erlang_b import states_below


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """Points of Gauss-Legendre."""

    shallow: int
    """On a stretch where W changes by less than exp(SHALLOW)."""
    deep: int


SHALLOW = 6.0

EXACT = Nodes(shallow=16, deep=32)
"""Relative error below 1e-12."""

COARSE = Nodes(shallow=8, deep=16)
"""Relative error below 1e-4: enough to tell what is far from its target."""

BLOCK = 512
"""Intervals integrated at a time."""

FEW = 32
"""When all intervals together have fewer lines than so many times the most of them, each is
calculated alone."""

LOOKS = 512
"""After so many lines, see whether everybody's blocking has become too rare to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """What is given of each interval: arrays of one length."""

    load_erlang: FloatArray
    aht_s: FloatArray
    patience_s: FloatArray | None
    """None: callers never hang up (Erlang C)."""
    answer_within_s: float

    def at(self, which: IntArray) -> "Intervals":
        """Some of them."""
        patience_s = None if self.patience_s is None else self.patience_s[which]
        return Intervals(
            load_erlang=self.load_erlang[which],
            aht_s=self.aht_s[which],
            patience_s=patience_s,
            answer_within_s=self.answer_within_s,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What is expected of each interval: arrays of one length, as in `contracts.Expected`."""

    waits: FloatArray
    answered: FloatArray
    answered_in_time: FloatArray
    abandoned: FloatArray
    abandoned_in_time: FloatArray
    asa_s: FloatArray
    wait_s: FloatArray
    occupancy: FloatArray

    @classmethod
    def undisturbed(cls, length: int) -> "Columns":
        """Of intervals without load: nobody waits."""
        columns = {field.name: np.zeros(length) for field in fields(cls)}
        columns["answered"] += 1.0
        columns["answered_in_time"] += 1.0
        return cls(**columns)

    def put(self, which: IntArray, others: "Columns", rows: IntArray) -> None:
        """Set some intervals from some rows of other columns."""
        for field in fields(self):
            getattr(self, field.name)[which] = getattr(others, field.name)[rows]


def inverse_blocking(load_erlang: FloatArray, lines: IntArray) -> FloatArray:
    """1/B of each interval by one recursion for all; inf where B is too small to be told."""
    most = int(lines.max(initial=0))
    if lines.sum() < FEW * most:
        pairs = zip(load_erlang.tolist(), lines.tolist(), strict=True)
        return np.array([1.0 + states_below(load, count) for load, count in pairs])
    order = np.argsort(lines, kind="stable")
    sorted_lines = lines[order]
    share = 1.0 / load_erlang[order]
    inverse = np.ones(len(lines))
    # Whoever has fewer than `line` lines is done: the intervals still going on shrink from the left
    begins = np.searchsorted(sorted_lines, np.arange(1, most + 1)).tolist()
    with np.errstate(over="ignore"):
        for line, begin in enumerate(begins, 1):
            part = inverse[begin:]
            part *= share[begin:]
            part *= line
            part += 1.0
            if line % LOOKS == 0 and np.isinf(part).all():
                break
    unsorted = np.empty_like(inverse)
    unsorted[order] = inverse
    return unsorted


def columns(given: Intervals, agents: IntArray, below: FloatArray, nodes: Nodes = EXACT) -> Columns:
    """Figures of each interval; `below` is 1/B - 1. Without patience agents exceed the load."""
    if given.patience_s is None:
        return _patient(given, agents, below)
    return _impatient(given, agents, below, given.patience_s, nodes)


def _patient(given: Intervals, agents: IntArray, below: FloatArray) -> Columns:
    spare = agents - given.load_erlang
    waits = 1.0 / (1.0 + below * (spare / agents))
    late = waits * np.exp(-spare * (given.answer_within_s / given.aht_s))
    asa_s = waits * given.aht_s / spare
    nobody = np.zeros(len(agents))
    return Columns(
        waits=waits,
        answered=np.ones(len(agents)),
        answered_in_time=1.0 - late,
        abandoned=nobody,
        abandoned_in_time=nobody,
        asa_s=asa_s,
        wait_s=asa_s,
        occupancy=given.load_erlang / agents,
    )


def _impatient(
    given: Intervals, agents: IntArray, below: FloatArray, patience_s: FloatArray, nodes: Nodes
) -> Columns:
    c = agents * patience_s / given.aht_s
    e = given.load_erlang * patience_s / given.aht_s
    tau = given.answer_within_s / patience_s
    (plain_soon, left_soon, waited_soon), (plain, left, waited), unit = _integrals(c, e, tau, nodes)
    blocked = 1.0 / (1.0 + below)
    with np.errstate(invalid="ignore"):
        free = np.where(np.isinf(below), 1.0, below * blocked)
    k0, k1 = plain_soon + plain, left_soon + left
    states = unit + e * k0 * blocked
    scale = blocked / states
    at_once = unit * free / states
    answered = at_once + c * k0 * scale
    abandoned = (k0 + e * k1) * scale
    gone_soon = plain_soon + e * left_soon - np.expm1(-tau) * e * plain
    with np.errstate(invalid="ignore", divide="ignore"):
        asa_s = patience_s * c * (waited_soon + waited) * scale / answered
        occupancy = given.load_erlang * answered / agents
    return Columns(
        waits=(unit + e * k0) * scale,
        answered=answered,
        answered_in_time=at_once + c * plain_soon * scale,
        abandoned=abandoned,
        abandoned_in_time=gone_soon * scale,
        asa_s=asa_s,
        wait_s=patience_s * abandoned,
        occupancy=occupancy,
    )


Shape = tuple[FloatArray, FloatArray, FloatArray]
"""Rate, height and peak of W, as in `erlang_a`."""


def _integrals(
    c: FloatArray, e: FloatArray, tau: FloatArray, nodes: Nodes
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """As `erlang_a._integrals`, three rows each."""
    rate = c + 1.0
    height = np.minimum(e, rate)
    excess = (e - height) / height
    peak = np.log1p(excess)
    lowest = -np.minimum(peak, np.log1p(DEPTH / rate + np.sqrt(2 * DEPTH / rate)))
    half = DEPTH - 2 * (rate - height)
    highest = (half + np.sqrt(half * half + 8 * DEPTH * rate)) / (2 * rate)
    middle = np.clip(tau - peak, lowest, highest)
    # A peak within its own width from the beginning needs no stretch of its own.
    near = (peak * peak * rate < 2.0) & (peak < 0.2)
    first = np.where(near, lowest, np.minimum(middle, 0.0))
    second = np.where(near, middle, np.maximum(middle, 0.0))
    early = near | (middle > 0)
    soon, late = np.zeros((3, len(c))), np.zeros((3, len(c)))
    # Made once: memory that is asked for anew costs as much as the sums themselves.
    room = np.empty((4, min(BLOCK, len(c)) * nodes.deep))
    for begin in range(0, len(c), BLOCK):
        block = slice(begin, begin + BLOCK)
        shape = (rate[block], height[block], peak[block])
        start, end = first[block], second[block]
        rising = _stretch(room, nodes.deep, shape, start, lowest[block] - start, squared=True)
        steepest = shape[0] - shape[1] + shape[1] * np.maximum(np.expm1(-start), end)
        depth = (end - start) * steepest
        count = nodes.shallow if (depth < SHALLOW).all() else nodes.deep
        around = _stretch(room, count, shape, start, end - start, squared=False)
        falling = _stretch(room, nodes.deep, shape, end, highest[block] - end, squared=True)
        soon[:, block] = rising + np.where(early[block], around, 0.0)
        late[:, block] = falling + np.where(early[block], 0.0, around)
    return soon, late, np.exp(-rate * _beyond_logarithm(excess))


def _stretch(
    room: FloatArray,
    count: int,
    shape: Shape,
    begin: FloatArray,
    width: FloatArray,
    *,
    squared: bool,
) -> FloatArray:
    """As `erlang_a._stretch`, three rows. `room` is overwritten."""
    if not width.any():
        return np.zeros((3, len(begin)))
    rate, height, peak = shape
    points, weights = map(np.asarray, gauss_legendre(count))
    if squared:
        points, weights = points * points, 2 * points * weights
    v, falls, w, product = room[:, : len(begin) * count].reshape(4, len(begin), count)
    np.multiply(width[:, None], points, out=v)
    v += begin[:, None]
    np.negative(v, out=w)
    np.expm1(w, out=falls)
    w *= rate[:, None]
    w -= np.multiply(height[:, None], falls, out=product)
    np.exp(w, out=w)
    plain = w @ weights
    falls *= w
    w *= v
    left = -np.expm1(-peak) * plain - np.exp(-peak) * (falls @ weights)
    waited = peak * plain + w @ weights
    found: FloatArray = np.abs(width) * np.stack((plain, left, waited))
    return found


def _beyond_logarithm(x: FloatArray) -> FloatArray:
    """As `erlang_a.beyond_logarithm`."""
    r = x / (2 + x)
    square, power, rest = r * r, r.copy(), np.zeros(len(x))
    for odd in range(3, 40, 2):
        power *= square
        rest += power / odd
    found: FloatArray = np.where(x > 1, x - np.log1p(x), x * r - 2 * rest)
    return found
