"""The pages under docs/kpi: each metric has one, it says what the registry says, and its worked
example is true."""

import pytest

from lianxi.reports.catalogue import METRICS, page_of
from lianxi.reports.registry import Source, TargetFrom
from tests.builders.kpi_pages import (
    FOLDER,
    WorkedExample,
    formulas_on,
    metrics_on,
    page_names,
    text_of,
)

pytestmark = pytest.mark.unit

SAID_OF_TARGET = {
    TargetFrom.FOUNDING: "founding",
    TargetFrom.PRESET: "preset",
    TargetFrom.DEFAULT: "default",
    TargetFrom.UNSOURCED: "no citable source",
}


@pytest.mark.parametrize("name", page_names())
def test_a_page_says_what_the_registry_says(name: str) -> None:
    page = " ".join(text_of(name).split())
    for metric in metrics_on(name):
        words = [metric.name, metric.name_en, metric.meaning, metric.meaning_en, metric.no]
        if page_of(metric) == metric.id:
            words += [metric.population_en, metric.clock_en, metric.left_out_en]
        assert [word for word in words if word not in page] == []
    for _, formula in formulas_on(name):
        assert f"`{formula.id}`" in page
        assert formula.in_english in page


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_what_is_no_rule_of_the_field_is_not_passed_off_as_one(metric: object) -> None:
    one = next(known for known in METRICS if known is metric)
    page = text_of(page_of(one))
    assert ("No source yet" in page) == (one.source is Source.NONE_YET)
    if one.no:
        assert ("is inferred" in page) == one.is_name_inferred
    if one.target_from is not None:
        assert SAID_OF_TARGET[one.target_from] in " ".join(
            page.split("**Target**")[1].split("\n\n")[0].split()
        )


@pytest.mark.timeout(20)  # the published example folds four hundred calls
@pytest.mark.parametrize("name", page_names())
def test_the_worked_example_of_the_page_is_true(name: str) -> None:
    example = WorkedExample(name)
    assert example.computed() == example.said


def test_the_list_of_pages_names_every_metric() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    missing = [
        metric.id
        for metric in METRICS
        if f"({page_of(metric)}.md)" not in listed or metric.name not in listed
    ]
    assert missing == []
    assert {path.stem for path in FOLDER.glob("*.md")} == {*page_names(), "README"}
