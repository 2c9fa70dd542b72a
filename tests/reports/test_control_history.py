"""From rows of figures to a metric's chart: sizes, kinds, weekdays, frozen limits."""

from dataclasses import replace
from datetime import date

import pytest

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import METRICS, metric_of
from lianxi.reports.charts.kinds import Basis, Kind
from lianxi.reports.control.contracts import FrozenBaseline
from lianxi.reports.control.history import (
    History,
    history,
    judged,
    kind_of,
    seasons_of,
)
from lianxi.reports.control.steps import standing, stepped
from lianxi.reports.questions import Width
from lianxi.reports.spread import size_of
from tests.builders.control_days import ZONE, day, days, metrics

pytestmark = pytest.mark.unit


def of(no: str, sums: dict[int, dict[str, float]]) -> History:
    """A metric's history, by days before the last."""
    metric = metric_of(no)
    rows = days((metric,), {day(back): own for back, own in sums.items()})
    return history(metric, metric.default, list(rows.values()), width=Width.DAY, zone=ZONE)


@pytest.mark.parametrize(
    ("no", "formula", "size"),
    [
        ("K21", "K21.SL4", 250),
        ("K21", "K21.SL3", 300),
        ("K21", "K21.SL7", 400),
        ("K09", "K09.a", 200),
        ("K14", "K14.c", 400),
        ("K22", "K22.a", None),
    ],
)
def test_the_size_of_a_point_is_what_its_figure_was_divided_by(
    no: str, formula: str, size: float | None
) -> None:
    """SL4 ÷ (A + B>T) = 200 + 50; SL3 ÷ (A + B) = 200 + 100; SL7 begins ÷ offered = 400."""
    sums = {"answered": 200.0, "abandoned": 100, "abandoned_late": 50, "offered": 400}
    assert size_of(metric_of(no).formula(formula).expression, sums) == size


def test_every_metric_has_a_chart() -> None:
    """R178. Volumes by weekday, shares of many by Laney, means by individual values."""
    assert {kind_of(metric) for metric in METRICS} <= set(Kind) - {Kind.RUN}
    found = {no: kind_of(metric_of(no)) for no in ("K22", "K21", "K09", "K15")}
    assert found == {
        "K22": Kind.XMR_SEASONAL, "K21": Kind.P_LANEY, "K09": Kind.XMR, "K15": Kind.P,
    }  # fmt: skip


def weeks(monday: float, others: float, *, count: int = 28) -> History:
    """Calls of so many days until a Friday; Mondays have their own volume, give or take two."""
    sums: dict[int, dict[str, float]] = {}
    for back in range(count):
        usual = monday if day(back).isoweekday() == 1 else others
        sums[back] = {"arrived": usual + 2 * (back % 2), "blocked": 0}
    return of("K22", sums)


def test_volumes_are_charted_around_their_weekday() -> None:
    """Given four weeks with 300 calls on Mondays and 100 on other days; then no Monday is a signal,
    and the line around which points lie goes up on Mondays."""
    found = judged(weeks(300, 100))
    assert found.chart.kind is Kind.XMR_SEASONAL
    assert found.chart.signals == ()
    assert found.seasons["1"] == 301
    assert {round(point.centre) for point in found.chart.points} == {101, 301}
    monday = next(point for point in found.chart.points if point.centre == 301)
    assert monday.lower is not None
    assert monday.upper is not None
    assert monday.lower < monday.value < monday.upper


def test_two_weeks_are_no_season() -> None:
    short = weeks(300, 100, count=14)
    assert seasons_of(short) == {}
    assert judged(short).chart.kind is Kind.XMR


def test_a_day_with_other_volume_is_a_signal_on_its_own_weekday_only() -> None:
    past = weeks(300, 100)
    tuesday = of("K22", {back: {"arrived": 300, "blocked": 0} for back in (3,)})
    assert tuesday.days == (date(2026, 11, 17),)
    found = judged(tuesday, past=past)
    assert [signal.rule.id for signal in found.chart.signals] == ["WE1"]


def frozen(kind: Kind, centre: float, sigma: float) -> FrozenBaseline:
    return FrozenBaseline(
        metric="asa", queue=None, formula="K09.a", begins_on=day(60), ends_on=day(30),
        basis=Basis(kind=kind, centre=centre, sigma=sigma, points=31), seasons={},
        frozen_by=UserId("u1"), frozen_by_name="主管", at=Instant(0), reason="新班次",
    )  # fmt: skip


def asa(*seconds: float) -> History:
    back = dict(enumerate(reversed(seconds)))
    return of(
        "K09", {n: {"answered": 10, "wait_of_answered_ms": 10_000 * s} for n, s in back.items()}
    )


def test_frozen_limits_stand_whatever_comes() -> None:
    """Given limits frozen at 20 ± 6 s; when answers take 40 s from then on; then all are out."""
    found = judged(asa(*[40] * 30), frozen=frozen(Kind.XMR, 20, 2))
    assert {(point.lower, point.upper) for point in found.chart.points} == {(14, 26)}
    assert {hit.rule.id for hit in found.chart.signals} == {"WE1", "WE4"}


def test_frozen_limits_of_single_values_serve_charts_with_a_memory_too() -> None:
    found = judged(asa(*[21] * 30), frozen=frozen(Kind.XMR, 20, 2), kind=Kind.EWMA)
    assert (found.chart.kind, found.chart.centre) == (Kind.EWMA, 20)
    # 1 s is half a sigma: in the long run the limit is 20 + 3 x 2 x sqrt(0.2 / 1.8) = 22.
    assert found.chart.points[-1].upper == pytest.approx(22, abs=1e-3)
    assert found.chart.signals == ()


def test_a_frozen_share_lends_nothing_to_another_chart() -> None:
    other = replace(frozen(Kind.P_LANEY, 0.8, 1.5))
    found = judged(asa(*[20, 22, 18] * 5), frozen=other, kind=Kind.XMR)
    assert found.chart.centre == 20


def test_new_limits_are_a_step_and_judge_no_earlier_day() -> None:
    """Given 20 ± 6 s frozen first and 30 ± 6 s from the tenth day before the last on; then each day
    is judged by the limits of its time, and a signal ends at the step."""
    first, second = frozen(Kind.XMR, 20, 2), frozen(Kind.XMR, 30, 2)
    second = replace(second, begins_on=day(9), ends_on=day(0))
    found = stepped(asa(*[21] * 10, *[31] * 10), [first, second]).chart
    assert [point.nth for point in found.points] == list(range(20))
    assert [point.centre for point in found.points] == [20] * 10 + [30] * 10
    assert [(hit.rule.id, hit.first, hit.last) for hit in found.signals] == [
        ("WE4", 0, 9), ("WE4", 10, 19),
    ]  # fmt: skip


def test_a_baseline_that_begins_earlier_takes_the_days_of_the_one_before() -> None:
    """Given limits of last month, frozen anew over two months; then the newer ones count alone."""
    older = replace(frozen(Kind.XMR, 20, 2), begins_on=day(30))
    newer = replace(frozen(Kind.XMR, 25, 2), begins_on=day(60))
    assert standing([older, newer]) == [newer]
    assert standing([newer, older]) == [newer, older]
    assert {point.centre for point in stepped(asa(*[21] * 14), [older, newer]).chart.points} == {25}


def test_a_share_keeps_within_nothing_and_all() -> None:
    sums = {back: {"answered_in_time": 19.0 + back % 2, "answered": 20.0} for back in range(14)}
    chart = judged(of("K21", sums)).chart
    assert all(point.upper == 1.0 for point in chart.points)


def test_metrics_of_the_list_are_the_contracts() -> None:
    assert [metric.id for metric in metrics("K21", "asa")] == ["service_level", "asa"]
