"""Rare events on g, means of many on X̄-S: which points there are, and where their limits lie."""

from collections.abc import Mapping

import pytest

from lianxi.reports.catalogue import metric_of
from lianxi.reports.charts.basis import basis
from lianxi.reports.charts.drawing import chart
from lianxi.reports.charts.kinds import Kind, Sample
from lianxi.reports.charts.rare import between_events
from lianxi.reports.control.history import history, judged, kind_of
from lianxi.reports.questions import Width
from tests.builders.control_days import ZONE, day, days

pytestmark = pytest.mark.unit


def share(events: float, units: float) -> Sample:
    return Sample(events / units if units else None, size=units)


def test_units_between_events_are_counted_over_days_without_any() -> None:
    """Given 40 calls without an event, 20 with one, 30 with two, 10 with none; then 59 calls lay
    before the first, and (30 - 2) ÷ 2 = 14 before each of the next two; the last day is no point
    yet. A day without calls waits, too."""
    made = between_events([share(0, 40), share(1, 20), share(0, 0), share(2, 30), share(0, 10)])
    assert [point.value for point in made] == [None, 59, None, 14, None]


def test_g_limits_follow_the_geometric_law() -> None:
    """ḡ = (59 + 14 + 17) ÷ 3 = 30; σ = sqrt(30 · 31) = 30.4959; UCL = 30 + 3 · 30.4959 = 121.49;
    there is no lower limit above zero."""
    points = [Sample(59.0), Sample(14.0), Sample(17.0)]
    found = basis(Kind.G, points)
    assert (found.centre, round(found.sigma, 4)) == (30, 30.4959)
    drawn = chart(Kind.G, [*points, Sample(130.0)], basis=found)
    assert drawn.points[0].upper == pytest.approx(121.4877, abs=1e-4)
    assert [signal.rule.id for signal in drawn.signals] == ["WE1"]


def test_abandons_on_hold_are_drawn_on_g() -> None:
    """Given 26 days with 50 held calls each, and an event on every other day; then 13 points of 99
    calls, and no signal: they come as rarely as ever."""
    metric = metric_of("left_on_hold_share")
    assert kind_of(metric) is Kind.G
    sums = {day(back): {"held": 50.0, "left_on_hold": float(back % 2 == 0)} for back in range(26)}
    rows = list(days((metric,), sums).values())
    past = history(metric, metric.default, rows, width=Width.DAY, zone=ZONE)
    drawn = judged(past).chart
    assert drawn.kind is Kind.G
    assert [round(point.value) for point in drawn.points] == [99] * 13
    assert drawn.signals == ()


def waits(of: Mapping[int, tuple[float, ...]]) -> list[Sample]:
    """Days of answered calls with their waits, as the history of K09 takes them."""
    metric = metric_of("K09")
    sums = {
        day(back): {
            "answered": float(len(seconds)),
            "wait_of_answered_ms": 1000 * sum(seconds),
            "wait_of_answered_s2": sum(one * one for one in seconds),
        }
        for back, seconds in of.items()
    }
    rows = list(days((metric,), sums).values())
    return list(history(metric, metric.default, rows, width=Width.DAY, zone=ZONE).samples)


def test_the_points_of_an_x_bar_chart_know_how_far_their_calls_lie_apart() -> None:
    """Given waits of 10, 20 and 30 s; then the mean is 20 s, the size 3, the deviation 10 s."""
    [sample] = waits({0: (10, 20, 30)})
    assert (sample.value, sample.size) == (20, 3)
    assert sample.spread == pytest.approx(10)


def test_x_bar_limits_come_from_the_spread_within_days() -> None:
    """Given days of five waits each, mean 20 s and deviation sqrt(250/4) = 7.9057 s; c4 of five is
    0.9400, so a day's mean varies by 7.9057 / 0.9400 / √5 = 3.7612 s: limits 8.72 and 31.28 s."""
    same = (10.0, 15.0, 20.0, 25.0, 30.0)
    samples = waits(dict.fromkeys(range(1, 25), same) | {0: (30.0, 35.0, 40.0, 35.0, 30.0)})
    found = basis(Kind.XBAR_S, samples[:-1])
    drawn = chart(Kind.XBAR_S, samples, basis=found)
    assert drawn.points[0].lower == pytest.approx(8.716, abs=0.001)
    assert drawn.points[0].upper == pytest.approx(31.284, abs=0.001)
    assert [signal.first for signal in drawn.signals if signal.rule.id == "WE1"] == [24]


def test_means_of_survey_answers_are_drawn_on_x_bar_s() -> None:
    assert kind_of(metric_of("survey_mean")) is Kind.XBAR_S
    assert kind_of(metric_of("K09")) is Kind.XMR
