"""The smallest number of agents that meets a target.

More agents never make anything worse for callers, so the answer lies between a number that fails
and a number that meets the target, and is proved by looking at both sides: n meets it, n - 1 does
not. For a grid of intervals a few are solved first; the answer per square root of the load varies
so slowly that for the others it is guessed from their neighbours, nearly always rightly.
"""

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from lianxi.modules.workforce import erlang_a, erlang_c
from lianxi.modules.workforce.checks import (
    MAX_AGENTS,
    NEGLIGIBLE_ERLANG,
    check_load,
    check_positive,
    check_shrinkage,
    check_target,
    refuse_target,
)
from lianxi.modules.workforce.contracts import (
    Expected,
    FloatArray,
    IntArray,
    LevelFormula,
    Requirement,
    Target,
    service_level,
)
from lianxi.modules.workforce.grids import (
    COARSE,
    EXACT,
    Columns,
    Intervals,
    columns,
    inverse_blocking,
)

SAMPLE = 64
"""One interval in so many is solved without a guess."""

ROUNDING = 1e-9
"""Nearer to the target than this is on it: the last digits of a figure decide about nobody."""

UNSURE = 1e-3
"""Nearer to the target than this, figures are not trusted unless they are exact."""

SLOPES = 6
"""After so many rounds along the slope the search goes on by halves."""

UNKNOWN = 2**61
"""More agents than there are: none are known yet that meet the target."""

ROUNDING = 1e-9
"""9 agents at 10 % shrinkage are 10, not 11 because of the last digit of 9 / 0.9."""


def required_agents(
    *,
    load_erlang: float,
    aht_s: float,
    target: Target,
    patience_s: float | None = None,
    shrinkage: float = 0.0,
) -> Requirement:
    """As `facade.required_agents`."""
    check_load(load_erlang)
    check_positive("aht_s", aht_s)
    check_shrinkage(shrinkage)
    check_target(target, has_patience=patience_s is not None)
    within_s = target.answer_within_s
    figures: Callable[..., Expected]
    if patience_s is None:
        figures = partial(erlang_c.expected, aht_s=aht_s, answer_within_s=within_s)
    else:
        figures = partial(
            erlang_a.expected, aht_s=aht_s, patience_s=patience_s, answer_within_s=within_s
        )
    found = _smallest(
        load_erlang, math.floor(load_erlang) if patience_s is None else 0, target, figures
    )
    return Requirement(
        agents=found.agents, scheduled=scheduled(found.agents, shrinkage), expected=found
    )


def _smallest(
    load_erlang: float, failing: int, target: Target, figures: Callable[..., Expected]
) -> Expected:
    """Search upwards from a number of agents that fails in growing steps, then by halves."""
    if load_erlang < NEGLIGIBLE_ERLANG:
        return erlang_a.without_load(0)
    step = max(1, math.isqrt(math.ceil(load_erlang)))
    meeting: Expected | None = None
    agents = max(failing + 1, math.ceil(load_erlang))
    while meeting is None or meeting.agents > failing + 1:
        seen = figures(load_erlang=load_erlang, agents=agents)
        if meets(seen, target):
            meeting = seen
        else:
            failing = agents
        if meeting is None:
            if failing >= MAX_AGENTS:
                raise refuse_target()
            agents, step = min(failing + step, MAX_AGENTS), 2 * step
        else:
            agents = (failing + meeting.agents) // 2
    return meeting


def meets(seen: Expected, target: Target) -> bool:
    """Whether figures meet every part of the target, but for `ROUNDING`."""
    level = seen.service_level(target.formula)
    return (
        (target.service_level is None or level >= target.service_level - ROUNDING)
        and (target.max_asa_s is None or seen.asa_s <= target.max_asa_s * (1 + ROUNDING))
        and (target.max_abandoned is None or seen.abandoned <= target.max_abandoned + ROUNDING)
        and (target.max_occupancy is None or seen.occupancy <= target.max_occupancy + ROUNDING)
    )


def scheduled(agents: int, shrinkage: float) -> int:
    """Agents to plan so that `agents` are there."""
    return math.ceil(agents / (1 - shrinkage) - ROUNDING)


def solve(given: Intervals, target: Target) -> tuple[IntArray, Columns]:
    """The smallest number of agents of each interval, and what is then expected.

    Args:
        given: intervals with a load above zero.
        target: checked.
    """
    length = len(given.load_erlang)
    if length <= 4 * SAMPLE:
        agents, _, found = _unguided(given, target)
        return agents, found
    keys = [given.load_erlang, given.aht_s]
    if given.patience_s is not None:
        keys.append(given.patience_s)
    order = np.lexsort(keys)
    places = np.unique(np.append(np.arange(0, length, SAMPLE), length - 1))
    sample = given.at(order[places])
    _, exactly, _ = _unguided(sample, target)
    above = (exactly - sample.load_erlang) / np.sqrt(sample.load_erlang)
    guess = np.empty(length)
    guess[order] = np.interp(np.arange(length), places, above)
    guess = np.ceil(given.load_erlang + guess * np.sqrt(given.load_erlang))
    agents, _, found = _search(given, target, guess.astype(np.int64))
    return agents, found


def _unguided(given: Intervals, target: Target) -> tuple[IntArray, FloatArray, Columns]:
    return _search(given, target, np.ceil(given.load_erlang).astype(np.int64))


def _search(
    given: Intervals, target: Target, guess: IntArray
) -> tuple[IntArray, FloatArray, Columns]:
    """From a guess to a proof, along the slope that is seen there.

    Returns:
        The agents; the same as a broken number, where the target would be met exactly; figures.
    """
    length = len(given.load_erlang)
    lowest = np.zeros(length, dtype=np.int64)
    if given.patience_s is None:
        lowest = np.floor(given.load_erlang).astype(np.int64)
    failing, meeting = lowest.copy(), np.full(length, UNKNOWN)
    farthest = np.ceil(2 * np.sqrt(given.load_erlang)).astype(np.int64)
    agents = np.maximum(guess, lowest + 1)
    exactly = np.empty(length)
    found = Columns.undisturbed(length)
    active = np.arange(length)
    rounds = 0
    while active.size:
        n = agents[active]
        seen, margin, fewer = _both_sides(given.at(active), target, n, lowest[active])
        is_met, fewer_is_met = margin >= -ROUNDING, fewer >= -ROUNDING
        with np.errstate(invalid="ignore", divide="ignore"):
            exactly[active] = n - margin / (margin - fewer)
        done = np.flatnonzero(is_met & ~fewer_is_met)
        found.put(active[done], seen, done)
        failing[active] = np.where(is_met, failing[active], n)
        meeting[active] = np.where(is_met, n - fewer_is_met, meeting[active])
        active = active[~(is_met & ~fewer_is_met)]
        rounds += 1
        low, high = failing[active], meeting[active]
        if (low >= MAX_AGENTS).any():
            raise refuse_target()
        high = np.minimum(high, np.minimum(low + farthest[active] * 2**rounds, MAX_AGENTS))
        middle = (low + high + 1) // 2
        if rounds <= SLOPES:
            wanted = np.ceil(np.nan_to_num(exactly[active], nan=-1.0, posinf=-1.0, neginf=-1.0))
            middle = np.where(wanted < 0, middle, np.clip(wanted, low + 1, high).astype(np.int64))
        agents[active] = middle
    return agents, exactly, found


def _both_sides(
    given: Intervals, target: Target, agents: IntArray, lowest: IntArray
) -> tuple[Columns, FloatArray, FloatArray]:
    """Figures and margin with so many agents, and the margin with one fewer; `lowest` always
    fails."""
    inverse = inverse_blocking(given.load_erlang, agents - 1)
    with np.errstate(over="ignore"):
        below = inverse * agents / given.load_erlang
    seen = columns(given, agents, below)
    fewer = np.full(len(agents), -1.0)
    look = np.flatnonzero(agents - 1 > lowest)
    for nodes in (COARSE, EXACT):
        fewer[look] = _margin(
            columns(given.at(look), agents[look] - 1, inverse[look] - 1.0, nodes), target
        )
        look = look[np.abs(fewer[look]) < UNSURE]
    return seen, _margin(seen, target), fewer


def _margin(seen: Columns, target: Target) -> FloatArray:
    """How far the figures are inside the target: negative outside, nan where there is no figure."""
    margin = np.full(len(seen.waits), np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        if target.service_level is not None:
            margin = np.minimum(margin, _level(seen, target.formula) - target.service_level)
        if target.max_asa_s is not None:
            margin = np.minimum(margin, 1.0 - seen.asa_s / target.max_asa_s)
        if target.max_abandoned is not None:
            margin = np.minimum(margin, target.max_abandoned - seen.abandoned)
        if target.max_occupancy is not None:
            margin = np.minimum(margin, target.max_occupancy - seen.occupancy)
    return margin


def _level(seen: Columns, formula: LevelFormula) -> FloatArray:
    return service_level(
        formula,
        answered=seen.answered,
        answered_in_time=seen.answered_in_time,
        abandoned_in_time=seen.abandoned_in_time,
    )
