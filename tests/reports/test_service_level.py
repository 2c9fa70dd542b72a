"""The worked example of six service-level formulas; 57.14 % is the published figure."""

from collections.abc import Iterator

import duckdb
import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.metrics.service_level import SERVICE_LEVEL
from lianxi.reports.windows import Window
from tests.builders.marts import figures_from, in_duckdb
from tests.builders.story import NOON
from tests.builders.worked_example import ORACLE, ORACLE_RATIOS, example

pytestmark = pytest.mark.unit

LATER = Instant(NOON + 3_600_000)
WINDOW = Window(begins_at=NOON, ends_at=LATER)


@pytest.fixture(scope="module")
def oracle() -> Iterator[duckdb.DuckDBPyConnection]:
    with in_duckdb(example(*ORACLE, short_abandon_s=10)) as facts:
        yield facts


@pytest.mark.parametrize("formula", SERVICE_LEVEL.formulas, ids=lambda formula: formula.id)
def test_each_formula_gives_the_figure_computed_by_hand(
    oracle: duckdb.DuckDBPyConnection, formula: object
) -> None:
    formula_id = getattr(formula, "id", "")
    found = figures_from(oracle, WINDOW, as_of=LATER, formulas={"service_level": formula_id})
    assert found.value("service_level") == pytest.approx(ORACLE_RATIOS[formula_id])


def test_sl4_is_what_is_printed_unless_another_is_asked_for() -> None:
    assert SERVICE_LEVEL.default.id == "K21.SL4"


def test_a_formula_that_does_not_exist_is_refused(oracle: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(KeyError):
        figures_from(oracle, WINDOW, as_of=LATER, formulas={"service_level": "K21.SL9"})
