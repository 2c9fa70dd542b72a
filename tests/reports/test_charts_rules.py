"""Each rule of a control chart fires where its sentence says, names its points, nothing else."""

import random
from statistics import fmean

import pytest

from lianxi.reports.charts.rules import BY_DEFAULT, RULES, WESTERN_ELECTRIC, signals

pytestmark = pytest.mark.unit

QUIET = (0.3, -0.4, 0.2, -0.1)


def found(z: list[float], rule: str, *, has_sigma: bool = True) -> list[tuple[int, int]]:
    return [(hit.first, hit.last) for hit in signals(z, (rule,), has_sigma=has_sigma)]


@pytest.mark.parametrize(
    ("rule", "z", "where"),
    [
        ("WE1", [*QUIET, 3.1, 0.2, -3.2], [(4, 4), (6, 6)]),
        ("WE1", [*QUIET, 3.0], []),
        ("WE2", [*QUIET, 2.1, 0.5, 2.2, 0.1], [(4, 6)]),
        ("WE2", [*QUIET, 2.1, -2.2, 0.1], []),
        ("WE2", [*QUIET, 2.1, 0.1, 0.1, 2.2], []),
        ("WE3", [*QUIET, -1.1, -1.2, 0.4, -1.3, -1.4, 0.1], [(4, 8)]),
        ("WE3", [*QUIET, -1.1, -1.2, 0.4, 1.3, -1.4, 0.1], []),
        ("WE4", [-0.1, *[0.2] * 8, -0.1], [(1, 8)]),
        ("WE4", [-0.1, *[0.2] * 7, -0.1], []),
        ("WE4", [0.2, 0.2, 0.2, 0.2, 0.0, 0.2, 0.2, 0.2, 0.2], []),
        ("N2", [-0.1, *[0.2] * 10], [(1, 10)]),
        ("N2", [-0.1, *[0.2] * 8, -0.1], []),
        ("N3", [0.5, -1.0, -0.6, -0.2, 0.1, 0.4, 0.9, 0.8], [(1, 6)]),
        ("N3", [0.5, -1.0, -0.6, -0.2, 0.1, 0.4, 0.4, 0.8], []),
        ("N3", [0.9, 0.7, 0.4, 0.1, -0.2, -0.6, -0.7], [(0, 6)]),
        ("N4", [0.1, -0.1] * 7, [(0, 13)]),
        ("N4", [*([0.1, -0.1] * 6), 0.1], []),
        ("N5", [*QUIET, -2.1, -2.2, 0.1], [(4, 5)]),
        ("N6", [*QUIET, 1.1, 1.2, 1.3, 0.2, 1.4], [(4, 8)]),
        ("N7", [1.2, *[0.5, -0.5, 0.9] * 5, -1.2], [(1, 15)]),
        ("N7", [1.2, *[0.5, -0.5] * 7, -1.2], []),
        ("N8", [0.1, *[1.2, -1.3] * 4, 0.1], [(1, 8)]),
        ("N8", [0.1, *[1.2, -1.3] * 3, 1.1, 0.1], []),
        ("EWMA", [0.5, 3.1, 3.4, 3.2, 1.0], [(1, 3)]),
        ("CUSUM", [0.5, -1.1, -1.4, 0.2], [(1, 2)]),
    ],
)
def test_a_rule_finds_its_pattern(rule: str, z: list[float], where: list[tuple[int, int]]) -> None:
    assert found(z, rule) == where


def test_nine_points_on_one_side_are_one_signal() -> None:
    """A lasting shift is one thing to look at, however long it lasts."""
    assert found([0.4] * 20, "WE4") == [(0, 19)]


def test_two_shifts_are_two_signals() -> None:
    assert found([*[0.4] * 8, *[-0.4] * 8], "WE4") == [(0, 7), (8, 15)]


def test_without_sigma_only_sides_and_steps_are_looked_at() -> None:
    z = [50.0] * 8
    assert found(z, "WE1", has_sigma=False) == []
    assert found(z, "WE4", has_sigma=False) == [(0, 7)]


def test_every_rule_says_itself_in_both_languages() -> None:
    assert all(rule.text and rule.text_en and rule.id == id for id, rule in RULES.items())


def test_signals_come_in_the_order_in_which_they_ended() -> None:
    z = [3.5, *[0.4] * 7]
    assert [(hit.rule.id, hit.last) for hit in signals(z, BY_DEFAULT)] == [("WE1", 0), ("WE4", 7)]


def run_length(rules: tuple[str, ...], chance: random.Random) -> int:
    """Points until the first signal of a process that never changes. No rule looks back further
    than eight points."""
    z: list[float] = []
    count = 0
    while True:
        z = [*z[-7:], chance.gauss(0, 1)]
        count += 1
        if any(hit.last == len(z) - 1 for hit in signals(z, rules)):
            return count


def test_all_four_rules_cry_wolf_every_ninety_points() -> None:
    """Champ and Woodall (1987), table 1: 91.75 points between false alarms of all four Western
    Electric rules. 100 runs: standard error about 9."""
    chance = random.Random(1987)
    rules = tuple(rule.id for rule in WESTERN_ELECTRIC)
    assert fmean(run_length(rules, chance) for _ in range(100)) == pytest.approx(91.75, abs=25)
