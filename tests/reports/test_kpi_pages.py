"""The pages under docs/kpi: each metric has one, and its worked example is true."""

import re
from pathlib import Path

import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import METRICS
from lianxi.reports.registry import Formula
from lianxi.reports.text import printed
from lianxi.reports.windows import Window
from tests.builders.marts import figures_from, in_duckdb
from tests.builders.story import NOON
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.unit

PAGES = Path(__file__).resolve().parents[2] / "docs" / "kpi"
WINDOW = Window(begins_at=NOON, ends_at=Instant(NOON + 3_600_000))
ON_THE_PAGE_OF = {"short_abandoned": "abandoned"}


def pages() -> list[str]:
    return sorted({ON_THE_PAGE_OF.get(metric.id, metric.id) for metric in METRICS})


def cells(page: str) -> list[list[str]]:
    lines = [line for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def formulas_of(page: str) -> list[tuple[str, Formula]]:
    return [
        (metric.id, formula)
        for metric in METRICS
        if ON_THE_PAGE_OF.get(metric.id, metric.id) == page
        for formula in metric.formulas
    ]


@pytest.mark.parametrize("name", pages())
def test_each_metric_has_a_page_that_names_all_its_formulas(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert [formula.id for _, formula in formulas_of(name) if f"`{formula.id}`" not in page] == []
    assert [f.text for _, f in formulas_of(name) if f.text.split(",")[0] not in page] == []


@pytest.mark.timeout(20)  # four hundred calls are folded and asked about six times
@pytest.mark.parametrize("name", pages())
def test_the_worked_example_of_the_page_is_true(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8").split("## Worked example")[1]
    threshold, cutoff = re.findall(r"(\d+) s", page)[:2]
    groups = [
        Calls(
            calls=int(row[0]),
            how=row[1],
            waited_s=float(row[2]),
            talk_s=float(row[3]),
            hold_s=float(row[4]),
            wrap_up_s=float(row[5]),
        )
        for row in cells(page)
        if len(row) == 6 and row[0].isdecimal()
    ]
    story = example(*groups, answer_within_s=int(threshold), short_abandon_s=int(cutoff))
    said = {row[0]: row[1] for row in cells(page) if len(row) == 2 and row[1][:1].isdecimal()}
    computed = {}
    with in_duckdb(story) as facts:
        for metric, formula in formulas_of(name):
            found = figures_from(
                facts, WINDOW, as_of=WINDOW.ends_at, formulas={metric: formula.id}
            ).metrics
            computed[formula.id] = next(printed(m.value, m.unit) for m in found if m.id == metric)
    assert {key: text.replace("%", " %") for key, text in computed.items()} == said
