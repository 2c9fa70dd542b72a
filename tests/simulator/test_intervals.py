"""How sure a mean is."""

import numpy as np
import pytest

from lianxi.simulator.intervals import mean_and_half, t_quantile

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("freedom", "value"), [(1, 6.314), (4, 2.132), (30, 1.697), (40, 1.684), (120, 1.658)]
)
def test_the_quantiles_are_those_of_the_tables(freedom: int, value: float) -> None:
    assert t_quantile(freedom) == pytest.approx(value, abs=2e-3)


def test_an_interval_needs_two_replications() -> None:
    with pytest.raises(ValueError, match="two replications"):
        t_quantile(0)
    mean, half = mean_and_half(np.array([[3.0]]))
    assert mean.tolist() == [3.0]
    assert np.isnan(half).all()


def test_mean_and_half_width_of_five_values() -> None:
    mean, half = mean_and_half(np.array([[1.0], [2.0], [3.0], [4.0], [5.0]]))
    assert mean[0] == 3.0
    assert half[0] == pytest.approx(2.132 * np.sqrt(2.5 / 5), abs=1e-3)


def test_replications_without_a_value_are_left_out() -> None:
    mean, half = mean_and_half(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]]))
    assert mean[0] == 2.0
    assert half[0] == pytest.approx(6.314 * np.sqrt(2 / 2), abs=1e-2)
    assert np.isnan(mean[1])


def test_nine_of_ten_intervals_hold_the_true_value() -> None:
    chance = np.random.default_rng(1)
    mean, half = mean_and_half(chance.standard_normal((8, 4_000)))
    assert np.mean(np.abs(mean) < half) == pytest.approx(0.9, abs=0.015)
