"""Rules that tell a signal from noise, each with a name and a sentence.

A rule reads the points as distances from the centre in standard deviations, oldest first. Two are
on by default: one point beyond three sigma, and eight on one side. Each further rule finds more and
cries wolf more often: of a process that never changes the first rule alone signals every 370 points
on average, the default two every 153, all four of Western Electric's every 92.

Sources: Western Electric, "Statistical Quality Control Handbook" (1956), section B; Nelson (1984),
"The Shewhart Control Chart: Tests for Special Causes", Journal of Quality Technology 16(4),
237-239; Champ and Woodall (1987), Technometrics 29(4), 393-399.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Span = tuple[int, int]
"""First and last point of a signal, both belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule."""

    id: str
    text: str
    text_en: str
    finds: Callable[[Sequence[float]], Iterator[Span]]
    needs_sigma: bool = True
    """False: it only asks on which side of the centre a point lies; good for run charts too."""


def _beyond(limit: float) -> Callable[[Sequence[float]], Iterator[Span]]:
    def finds(z: Sequence[float]) -> Iterator[Span]:
        return ((at, at) for at, score in enumerate(z) if abs(score) > limit)

    return finds


def _most_of(many: int, of: int, beyond: float) -> Callable[[Sequence[float]], Iterator[Span]]:
    """So many of the last so many beyond, on one side; the last point is one of them."""

    def finds(z: Sequence[float]) -> Iterator[Span]:
        for last, score in enumerate(z):
            if abs(score) <= beyond:
                continue
            side = 1 if score > 0 else -1
            first = max(0, last - of + 1)
            hits = [at for at in range(first, last + 1) if side * z[at] > beyond]
            if len(hits) >= many:
                yield hits[0], last

    return finds


def _in_a_row(many: int, holds: Callable[[float], object]) -> Callable[..., Iterator[Span]]:
    """Runs of at least so many for which `holds` gives the same, and something."""

    def finds(z: Sequence[float]) -> Iterator[Span]:
        first = 0
        for at in range(len(z)):
            if not holds(z[at]) or (at > first and holds(z[at]) != holds(z[first])):
                first = at if holds(z[at]) else at + 1
            if at - first + 1 >= many:
                yield first, at

    return finds


def _stays_beyond(limit: float) -> Callable[[Sequence[float]], Iterator[Span]]:
    """For charts with a memory: points beyond on one side belong together."""
    return _in_a_row(1, lambda score: _side(score) if abs(score) > limit else 0)


def _steps(many: int, turns: bool) -> Callable[[Sequence[float]], Iterator[Span]]:
    """So many points whose steps all go one way, or (turns) go up and down by turns."""

    def finds(z: Sequence[float]) -> Iterator[Span]:
        ways = [(later > earlier) - (later < earlier) for earlier, later in pairwise(z)]
        first = 0
        for at, way in enumerate(ways):
            goes_on = at > first and way == (-ways[at - 1] if turns else ways[at - 1])
            if way == 0:
                first = at + 1
            elif not goes_on:
                first = at
            if way and at + 1 - first >= many - 1:
                yield first, at + 1

    return finds


def _side(score: float) -> int:
    return (score > 0) - (score < 0)


def _rule(id: str, text: str, text_en: str, finds: Callable[..., Iterator[Span]]) -> Rule:
    return Rule(id=id, text=text, text_en=text_en, finds=finds)


def _shape(id: str, text: str, text_en: str, finds: Callable[..., Iterator[Span]]) -> Rule:
    return Rule(id=id, text=text, text_en=text_en, finds=finds, needs_sigma=False)


WESTERN_ELECTRIC: Final = (
    _rule("WE1", "1 点超出 3σ 控制限", "one point beyond 3σ", _beyond(3)),
    _rule("WE2", "连续 3 点中有 2 点在同侧超出 2σ", "two of three beyond 2σ on one side",
          _most_of(2, 3, 2)),
    _rule("WE3", "连续 5 点中有 4 点在同侧超出 1σ", "four of five beyond 1σ on one side",
          _most_of(4, 5, 1)),
    _shape("WE4", "连续 8 点在中心线同侧", "eight in a row on one side", _in_a_row(8, _side)),
)  # fmt: skip
NELSON: Final = (
    _rule("N1", "1 点超出 3σ 控制限", "one point beyond 3σ", _beyond(3)),
    _shape("N2", "连续 9 点在中心线同侧", "nine in a row on one side", _in_a_row(9, _side)),
    _shape("N3", "连续 6 点递增或递减", "six in a row steadily rising or falling",
           _steps(6, turns=False)),
    _shape("N4", "连续 14 点上下交替", "fourteen in a row alternating up and down",
           _steps(14, turns=True)),
    _rule("N5", "连续 3 点中有 2 点在同侧超出 2σ", "two of three beyond 2σ on one side",
          _most_of(2, 3, 2)),
    _rule("N6", "连续 5 点中有 4 点在同侧超出 1σ", "four of five beyond 1σ on one side",
          _most_of(4, 5, 1)),
    _rule("N7", "连续 15 点在中心线两侧 1σ 以内", "fifteen in a row within 1σ",
          _in_a_row(15, lambda score: abs(score) < 1)),
    _rule("N8", "连续 8 点都在 1σ 以外(两侧)", "eight in a row beyond 1σ, on either side",
          _in_a_row(8, lambda score: abs(score) > 1)),
)  # fmt: skip
DRIFT: Final = (
    _rule("EWMA", "指数加权均值超出控制限: 有缓慢漂移",
          "the weighted mean is beyond its limit: drift",
          _stays_beyond(3)),
    _rule("CUSUM", "累积和超出判定线: 有缓慢漂移",
          "the cumulative sum is beyond its limit: drift",
          _stays_beyond(1)),
)  # fmt: skip
RULES: Final = {rule.id: rule for rule in (*WESTERN_ELECTRIC, *NELSON, *DRIFT)}
SELECTABLE: Final = frozenset(rule.id for rule in (*WESTERN_ELECTRIC, *NELSON))
"""What people may switch on; charts with a memory have their own."""
BY_DEFAULT: Final = ("WE1", "WE4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A rule that fired, and from which point to which."""

    rule: Rule
    first: int
    last: int


def signals(z: Sequence[float], rules: Sequence[str], *, has_sigma: bool = True) -> list[Signal]:
    """All signals, by their last point and then by rule; overlapping ones of a rule are one.

    Args:
        z: distances from the centre in standard deviations; only their signs count without sigma.
        rules: ids of the rules that are on.
        has_sigma: False leaves out rules that need one.

    Raises:
        KeyError: there is no such rule.
    """
    found: list[Signal] = []
    for rule in (RULES[id] for id in rules):
        if has_sigma or not rule.needs_sigma:
            found.extend(
                Signal(rule=rule, first=first, last=last) for first, last in _joined(rule.finds(z))
            )
    return sorted(found, key=lambda signal: (signal.last, signal.rule.id))


def _joined(spans: Iterator[Span]) -> list[Span]:
    """Spans of one rule that share a point become one."""
    joined: list[Span] = []
    for first, last in spans:
        if joined and first <= joined[-1][1]:
            joined[-1] = (min(first, joined[-1][0]), last)
        else:
            joined.append((first, last))
    return joined
