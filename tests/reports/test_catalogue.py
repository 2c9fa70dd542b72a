"""The catalogue of metrics: complete, in both languages, every id used once."""

import re
from dataclasses import fields

import pytest

from lianxi.reports.catalogue import BY_ID, BY_NO, METRICS, metric_of, number_of, page_of
from lianxi.reports.engines import HERE, WORKED_OUT
from lianxi.reports.measures import MEASURES
from lianxi.reports.metrics.counts import METRICS as COUNTS
from lianxi.reports.registry import OWNERS, Metric, Source, TargetFrom, Unit

pytestmark = pytest.mark.unit

HAN = re.compile(r"[\u4e00-\u9fff]")
FORMULAS = [formula for metric in METRICS for formula in metric.formulas]
SUMS = {name: float(number) for number, name in enumerate(sorted(MEASURES), start=3)}
"""Any numbers will do where the same sums meet two formulas."""


def value(formula_id: str) -> float:
    formula = next(one for one in FORMULAS if one.id == formula_id)
    found = formula.expression.value(SUMS)
    assert found is not None
    return found


def test_every_metric_of_the_contract_is_there() -> None:
    of_the_contract = {f"{group}{number:02}" for group in "KL" for number in range(1, 24)}
    assert {number for number in BY_NO if len(number) == 3} == of_the_contract
    # And those of the wider catalogue keep the places that it gives them.
    assert set(BY_NO) - of_the_contract == {"L132", "L133", "L134", "L135"}


def test_ids_of_metrics_and_formulas_are_used_once() -> None:
    assert len(BY_ID) == len(METRICS)
    assert len({formula.id for formula in FORMULAS}) == len(FORMULAS)


def test_a_formula_carries_the_number_of_its_metric() -> None:
    wrong = [
        formula.id
        for metric in METRICS
        for formula in metric.formulas
        if formula.id.partition(".")[0] != number_of(metric)
    ]
    assert wrong == []


def test_a_figure_without_a_number_is_a_count_or_stands_beside_one_that_has_one() -> None:
    alone = [metric for metric in METRICS if not metric.no and metric not in COUNTS]
    assert [metric.id for metric in alone if number_of(metric) not in BY_NO] == []
    assert page_of(metric_of("ring_seconds")) == "rings"


def test_counts_are_printed_first_and_the_rest_by_number() -> None:
    assert METRICS[: len(COUNTS)] == COUNTS
    numbers = [number_of(metric) for metric in METRICS[len(COUNTS) :]]
    assert numbers == sorted(numbers, key=lambda number: (number[0], int(number[1:])))


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_a_metric_says_everything_in_both_languages(metric: Metric) -> None:
    said = {one.name: getattr(metric, one.name) for one in fields(metric)}
    english = [said[name] for name in said if name.endswith("_en")]
    chinese = [said[name.removesuffix("_en")] for name in said if name.endswith("_en")]
    assert all(english)
    assert all(HAN.search(text) for text in chinese)
    assert metric.facts
    assert metric.owner in OWNERS
    for formula in metric.formulas:
        assert not HAN.search(formula.in_english)
        needs_words = formula.text_en and formula.text_en != formula.text
        assert bool(HAN.search(formula.text)) == bool(needs_words)


def test_every_sum_of_a_formula_exists() -> None:
    needed = {need for formula in FORMULAS for need in formula.expression.needs}
    assert needed <= set(MEASURES)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_a_figure_has_no_source_as_long_as_one_of_its_facts_has_none(metric: Metric) -> None:
    marts = {mart for formula in metric.formulas for mart in formula.marts}
    assert (marts <= HERE | WORKED_OUT) == (metric.source is Source.HERE)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_a_target_says_where_it_comes_from(metric: Metric) -> None:
    has_goal = (metric.target, metric.alarm_low, metric.alarm_high) != (None, None, None)
    assert has_goal == (metric.target_from is not None)


def test_names_that_are_inferred_have_no_founding_target() -> None:
    inferred = [metric for metric in METRICS if metric.is_name_inferred]
    assert {metric.no for metric in inferred} == {"K20", "K21", "K22", "K23"}
    assert [m.no for m in inferred if m.target_from is TargetFrom.FOUNDING] == []


def test_talk_and_hold_and_after_call_work_are_the_handling_time() -> None:
    """K10 + K06.a + K02.a = L02; K05 is the same without hold."""
    assert value("K10.a") + value("K06.a") + value("K02.a") == pytest.approx(value("L02"))
    assert value("K05.a") + value("K06.a") == pytest.approx(value("L02"))


def test_occupancy_is_made_of_four_states() -> None:
    """I4: talk, hold and after-call work over the same and idle-ready."""
    formula = metric_of("K13").default
    assert formula.expression.needs == {"in_talk_ms", "in_hold_ms", "in_acw_ms", "in_ready_ms"}


def test_shares_of_nothing_have_no_value() -> None:
    empty = dict.fromkeys(MEASURES, 0.0)
    ratios = [m for m in METRICS if m.unit is not Unit.COUNT and m.id != "longest_hold"]
    assert [m.id for m in ratios for f in m.formulas if f.expression.value(empty) is not None] == []
