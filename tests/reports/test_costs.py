"""How a cost is spread over the days of its period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxi.reports.costs.accrual import days_of, spread

pytestmark = pytest.mark.unit


def test_what_cannot_be_divided_goes_to_the_first_days() -> None:
    """100.00 over 31 days: 3.23 on the first eighteen days, 3.22 on the others."""
    assert spread(100_00, 31) == [3_23] * 18 + [3_22] * 13


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=1, max_value=100))
def test_the_parts_are_the_amount_again_and_differ_by_a_hundredth_at_most(
    amount: int, days: int
) -> None:
    parts = spread(amount, days)
    assert (len(parts), sum(parts)) == (days, amount)
    assert max(parts) - min(parts) <= 1


def test_both_days_belong_to_the_period() -> None:
    assert len(days_of(date(2026, 2, 1), date(2026, 2, 28))) == 28
    assert days_of(date(2026, 2, 1), date(2026, 2, 1)) == [date(2026, 2, 1)]
    assert days_of(date(2026, 2, 2), date(2026, 2, 1)) == []
