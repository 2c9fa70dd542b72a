"""How many lines, by hand."""

from itertools import product

import pytest

from lianxi.engine.dialer import pacing
from lianxi.engine.dialer.measuring import AnswerCurve, Durations
from lianxi.kernel.time import Millis

pytestmark = pytest.mark.unit


def by_enumeration(lines: int, p: float, free: int, busy: int, q: float) -> float:
    """P(answers >= free + freed), every outcome on its own."""
    found = 0.0
    for answers in product((0, 1), repeat=lines):
        for freed in product((0, 1), repeat=busy):
            chance = 1.0
            for hit in answers:
                chance *= p if hit else 1 - p
            for hit in freed:
                chance *= q if hit else 1 - q
            if sum(answers) >= free + sum(freed):
                found += chance
    return found


@pytest.mark.parametrize("lines", [0, 1, 3, 5])
@pytest.mark.parametrize("free", [0, 1, 2, 6])
@pytest.mark.parametrize("busy", [0, 1, 4])
def test_the_chance_of_a_drop_is_that_of_counting_every_outcome(
    lines: int, free: int, busy: int
) -> None:
    found = pacing.drop_chance(
        answers=pacing.binomial(lines, 0.3), free=free, freed=pacing.binomial(busy, 0.2)
    )
    assert found == pytest.approx(by_enumeration(lines, 0.3, free, busy, 0.2), abs=1e-12)


@pytest.mark.parametrize(("trials", "chance"), [(0, 0.3), (1, 0.0), (7, 1.0), (400, 0.31)])
def test_binomial_probabilities_sum_to_one(trials: int, chance: float) -> None:
    found = pacing.binomial(trials, chance)
    assert len(found) == trials + 1
    assert sum(found) == pytest.approx(1.0, abs=1e-12)


def lines(*, ringing: int = 0, free: int = 0, busy: int = 0, soon: float = 0.0) -> int:
    return pacing.predictive_lines(
        ringing=ringing,
        will_answer=0.3,
        new_answers=0.3,
        free=free,
        busy=busy,
        will_be_free=soon,
        risk=0.05,
        most=1_000,
    )


def test_nobody_there_and_nobody_soon_means_no_line() -> None:
    assert lines() == 0
    assert lines(busy=30, soon=0.0) == 0


def test_one_free_agent_allows_one_line_at_five_percent() -> None:
    # A second line is lost with 0.3, the first cannot be.
    assert lines(free=1) == 1
    assert lines(free=1, ringing=1) == 0


def test_three_free_agents_allow_four_lines() -> None:
    # A fourth is dropped when all three before it answer: 0.027. A fifth would be when three or
    # four of four do: 4 x 0.027 x 0.7 + 0.0081 = 0.0837.
    assert lines(free=3) == 4


def test_agents_who_become_free_soon_allow_lines_with_nobody_free() -> None:
    # Of 100 at work 12 will be free, of 30 lines 9 will answer.
    assert lines(ringing=0, busy=100, soon=0.12) > 10


def test_a_larger_floor_dials_more_per_agent() -> None:
    assert lines(free=30) / 30 > lines(free=10) / 10 > lines(free=3) / 3


def test_a_fixed_ratio_counts_the_lines_that_ring() -> None:
    assert pacing.ratio_lines(ringing=0, free=3, ratio=2.5) == 7
    assert pacing.ratio_lines(ringing=6, free=3, ratio=2.5) == 1
    assert pacing.ratio_lines(ringing=9, free=3, ratio=2.5) == 0


def test_a_line_that_rings_long_will_hardly_be_answered() -> None:
    curve = AnswerCurve()
    # Given answers after 5 and 10 seconds, and one who was given up after 20
    for rang, answered in ((5_500, True), (10_500, True), (20_500, False)):
        curve.learn(Millis(rang), answered=answered)
    chances = curve.chances()
    assert chances[0] == pytest.approx(2 / 3)
    assert chances[6] == pytest.approx(1 / 2)
    assert chances[11] == 0.0
    assert curve.delay(Millis(1)) == 8_000


def test_what_was_learned_fades() -> None:
    curve = AnswerCurve()
    for _ in range(3_000):
        curve.learn(Millis(10_000), answered=True)
    for _ in range(3_000):
        curve.learn(Millis(10_000), answered=False)
    assert curve.chances()[0] < 0.2


def test_the_end_of_a_conversation_is_foreseen_from_those_that_lasted_as_long() -> None:
    talks = Durations()
    # Given conversations of one and of three minutes
    for _ in range(50):
        talks.learn(Millis(61_000))
        talks.learn(Millis(181_000))
    curve = talks.curve()
    assert curve.over_within(0, 10_000) == 0.0
    assert curve.over_within(55_000, 10_000) == pytest.approx(0.5)
    assert curve.over_within(70_000, 10_000) == 0.0
    assert curve.over_within(175_000, 10_000) == pytest.approx(1.0)
    # And of one longer than any nothing is known
    assert curve.over_within(200_000, 10_000) == 0.0
    assert Durations().curve().over_within(0, 10_000) == 0.0
