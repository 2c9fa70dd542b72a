"""Exact values of both models, from their Markov chains: what every simulator must come near."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from lianxi.drills.peers.shapes import Line, TwoSkills

Matrix = NDArray[np.float64]

LONGEST = 60
"""Waiting contacts of one class that the N-design's chain knows (4,524 states); more than that has
a probability below 1e-12 at the bench's load."""

NEGLIGIBLE = 1e-18
"""States of a line rarer than this, compared with its commonest, are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineExact:
    """Exact values of a `Line`."""

    abandoned_share: float
    answered_after_s: float
    """Mean wait of those who were answered."""
    service_level: float
    """Answered within the threshold, of all who came."""


def line(model: Line) -> LineExact:
    """M/M/c+M (Erlang A), Palm 1957.

    With `a` = agents x service rate / abandonment rate, a customer who finds j others waiting is
    answered with probability a / (a + j + 1), after a wait that is a sum of j + 1 exponentials.
    Answered by time t: that probability times the incomplete beta I_x(j + 1, a + 1), built up over
    j, where x is the share of customers whose patience ends by t.
    """
    agents, comes = model.agents, 1 / model.every_s
    ends, leaves = 1 / model.handle_s, 1 / model.patience_s
    a = agents * ends / leaves
    x = 1 - exp(-model.within_s * leaves)
    weight = 1.0  # of the state "all agents busy, nobody waits", all others relative to it
    total = weight
    for busy in range(agents, 0, -1):
        weight *= busy * ends / comes
        total += weight
    at_once = total - 1.0  # arrivals who found a free agent
    answered, in_time, waited_s = at_once, at_once, 0.0
    weight, wait_s, beta, ahead = 1.0, 0.0, 1.0, 0
    while weight > NEGLIGIBLE:
        found = weight * a / (a + ahead + 1)
        wait_s += 1 / (agents * ends + (ahead + 1) * leaves)
        beta -= _step_of_beta(ahead, a + 1, x)
        answered += found
        in_time += found * max(beta, 0.0)
        waited_s += found * wait_s
        ahead += 1
        weight *= comes / (agents * ends + ahead * leaves)
        total += weight
    return LineExact(
        abandoned_share=1 - answered / total,
        answered_after_s=waited_s / answered,
        service_level=in_time / total,
    )


def _step_of_beta(ahead: int, b: float, x: float) -> float:
    """I_x(ahead, b) - I_x(ahead + 1, b)."""
    if ahead == 0:
        return exp(b * log(1 - x))
    inverse = lgamma(ahead + b) - lgamma(ahead) - lgamma(b)
    return exp(inverse + ahead * log(x) + b * log(1 - x)) / ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSkillsExact:
    """Exact values of `TwoSkills`."""

    abandoned_share_a: float
    abandoned_share_b: float
    states: int


Place = tuple[int, int, int]
"""Busy in the first pool, busy in the second, waiting of class A."""


def two_skills(model: TwoSkills, longest: int = LONGEST) -> TwoSkillsExact:
    """The N-design, by block elimination.

    A level is a number of waiting B. Levels touch only their neighbours, so the chain is folded
    from the longest line of B down to the empty one, and unfolded again.
    """
    levels = [_Level(model, waiting, longest) for waiting in range(longest + 1)]
    folds: list[Matrix] = []
    inside = levels[longest].inside
    for waiting in range(longest, 0, -1):
        fold = -levels[waiting - 1].longer @ np.linalg.inv(inside)
        inside = levels[waiting - 1].inside + fold @ levels[waiting].shorter
        folds.append(fold)
    balance = inside.T.copy()
    balance[-1, :] = 1.0
    right = np.zeros(len(balance))
    right[-1] = 1.0
    shares: list[Matrix] = [np.asarray(np.linalg.solve(balance, right), dtype=np.float64)]
    for fold in reversed(folds):
        shares.append(shares[-1] @ fold)
    total = sum(float(share.sum()) for share in shares)
    waiting_b = sum(at * float(share.sum()) for at, share in enumerate(shares)) / total
    waiting_a = (
        sum(
            place[2] * float(share[index])
            for level, share in zip(levels, shares, strict=True)
            for place, index in level.index.items()
        )
        / total
    )
    # Little: those who leave per second, of those who come per second
    return TwoSkillsExact(
        abandoned_share_a=waiting_a * model.every_s / model.patience_s,
        abandoned_share_b=waiting_b * model.every_s / model.patience_s,
        states=sum(len(level.index) for level in levels),
    )


class _Level:
    """The states with one number of waiting B, and the rates out of them."""

    def __init__(self, model: TwoSkills, waiting: int, longest: int) -> None:
        self.index = _index(model, waiting, longest)
        above, below = _index(model, 1, longest), _index(model, waiting - 1, longest)
        size = len(self.index)
        self.inside = np.zeros((size, size))
        self.longer = np.zeros((size, len(above)))
        self.shorter = np.zeros((size, len(below)))
        for place, row in self.index.items():
            for to, change, rate in _moves(model, place, waiting, longest):
                if change == 0:
                    self.inside[row, self.index[to]] += rate
                elif change > 0:
                    self.longer[row, above[to]] += rate
                else:
                    self.shorter[row, below[to]] += rate
                self.inside[row, row] -= rate


def _index(model: TwoSkills, waiting: int, longest: int) -> dict[Place, int]:
    most = model.agents
    second = range(most + 1) if waiting <= 0 else range(most, most + 1)
    places = [(one, two, 0) for two in second for one in range(most + 1)]
    places += [(most, most, a) for a in range(1, longest + 1)]
    return {place: index for index, place in enumerate(places)}


def _moves(
    model: TwoSkills, place: Place, waiting: int, longest: int
) -> Iterator[tuple[Place, int, float]]:
    """Where a state leads: the place, the change of waiting B, the rate."""
    comes, ends, leaves = 1 / model.every_s, 1 / model.handle_s, 1 / model.patience_s
    (one, two, a), most = place, model.agents
    # A comes: the first pool, else the second, else the line.
    if one < most:
        yield (one + 1, two, a), 0, comes
    elif two < most:
        yield (one, two + 1, a), 0, comes
    elif a < longest:
        yield (one, two, a + 1), 0, comes
    # B comes: the second pool, else the line.
    if two < most:
        yield (one, two + 1, a), 0, comes
    elif waiting < longest:
        yield place, 1, comes
    # The first pool ends a conversation, and takes a waiting A.
    if one:
        yield (one, two, a - 1) if a else (one - 1, two, a), 0, one * ends
    # The second pool takes a waiting B, then a waiting A.
    if two and waiting:
        yield place, -1, two * ends
    elif two:
        yield (one, two, a - 1) if a else (one, two - 1, a), 0, two * ends
    # Patience ends.
    if a:
        yield (one, two, a - 1), 0, a * leaves
    if waiting:
        yield place, -1, waiting * leaves
