"""One function writes every figure, so that screens, reports and exports show the same digits."""

import pytest

from lianxi.reports.registry import Unit
from lianxi.reports.text import plain, printed

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.57142857, Unit.RATIO, "57.14%"),
        (1, Unit.RATIO, "100.00%"),
        (10.25, Unit.SECONDS, "10.3 s"),
        (1234567, Unit.COUNT, "1234567"),
        (None, Unit.RATIO, "—"),
        (None, Unit.SECONDS, "—"),
    ],
)
def test_a_figure_is_written_with_its_unit(value: float | None, unit: Unit, text: str) -> None:
    assert printed(value, unit) == text


def test_a_half_is_rounded_up_as_a_spreadsheet_rounds_it() -> None:
    # 0.12345 is a little less in binary: a plain format would print 12.34%.
    assert printed(0.12345, Unit.RATIO) == "12.35%"


def test_in_a_column_that_names_its_unit_the_digits_stand_alone() -> None:
    assert plain(10.25, Unit.SECONDS) == "10.3"
