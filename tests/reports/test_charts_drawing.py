"""What a chart does with short histories, missing days, a frozen baseline, and weekdays."""

import random
from statistics import fmean

import pytest

from lianxi.reports.charts.basis import basis
from lianxi.reports.charts.drawing import SHARE, Bounds, chart
from lianxi.reports.charts.kinds import Basis, Kind, Sample, TooFewPoints
from lianxi.reports.charts.season import usual, without_season

pytestmark = pytest.mark.unit


def samples(*values: float | None) -> list[Sample]:
    return [Sample(value) for value in values]


def test_eleven_days_make_a_run_chart_without_limits() -> None:
    """Given eleven days; then there is a median and no limit, so one far day is no signal."""
    drawn = chart(Kind.XMR, samples(5, 4, 6, 5, 4, 6, 5, 4, 6, 5, 90))
    assert (drawn.kind, drawn.centre) == (Kind.RUN, 5)
    assert {(point.lower, point.upper) for point in drawn.points} == {(None, None)}
    assert drawn.signals == ()


def test_twelve_days_have_limits() -> None:
    drawn = chart(Kind.XMR, samples(5, 4, 6, 5, 4, 6, 5, 4, 6, 5, 4, 6))
    assert drawn.kind is Kind.XMR
    # Mean 5, ranges 1 2 1 1 2 1 1 2 1 1 2: mean 15/11; 3 / 1.128 of it is 3.6267.
    assert drawn.points[0].upper == pytest.approx(8.6267, abs=5e-5)
    assert drawn.points[0].lower == pytest.approx(1.3733, abs=5e-5)


def test_a_run_chart_still_sees_eight_days_on_one_side() -> None:
    drawn = chart(Kind.XMR, samples(1, 9, 8, 8, 8, 8, 8, 8, 8.5, 1, 1))
    assert drawn.kind is Kind.RUN
    assert drawn.signals == ()
    lasting = chart(Kind.RUN, samples(7, 8, 7, 8, 7, 8, 7, 8), basis=Basis(
        kind=Kind.RUN, centre=5, sigma=0, points=20))  # fmt: skip
    assert [(signal.first, signal.last) for signal in lasting.signals] == [(0, 7)]


def test_a_day_without_calls_has_no_point_and_breaks_nothing() -> None:
    """Given a closed day among open ones; then the run of eight goes over it."""
    known = Basis(kind=Kind.XMR, centre=10, sigma=2, points=20)
    drawn = chart(Kind.XMR, samples(11, 11, 11, None, 11, 11, 11, 11, 11), basis=known)
    assert [point.nth for point in drawn.points] == [0, 1, 2, 4, 5, 6, 7, 8]
    assert [(signal.rule.id, signal.last) for signal in drawn.signals] == [("WE4", 7)]
    assert drawn.rules_at(7) == ("WE4",)


def test_a_share_of_nothing_has_no_point() -> None:
    known = Basis(kind=Kind.P, centre=0.5, sigma=1, points=20)
    given = [Sample(None, size=0), Sample(0.5, size=10), Sample(0.5)]
    assert [point.nth for point in chart(Kind.P, given, basis=known).points] == [1]


def test_new_points_do_not_move_frozen_limits() -> None:
    """Given limits frozen at 10 ± 6; when five days are far above; then they are all signals."""
    known = Basis(kind=Kind.XMR, centre=10, sigma=2, points=20)
    drawn = chart(Kind.XMR, samples(20, 21, 20, 21, 20), basis=known)
    assert {(point.lower, point.upper) for point in drawn.points} == {(4, 16)}
    assert [signal.rule.id for signal in drawn.signals] == ["WE1"] * 5


def test_limits_end_where_figures_end() -> None:
    known = Basis(kind=Kind.P, centre=0.98, sigma=1, points=20)
    [point] = chart(Kind.P, [Sample(1.0, size=20)], basis=known, bounds=SHARE).points
    assert point.upper == 1.0
    known = Basis(kind=Kind.XMR, centre=2, sigma=4, points=20)
    [point] = chart(Kind.XMR, samples(2), basis=known, bounds=Bounds()).points
    assert (point.lower, point.upper) == (0.0, 14)


def test_a_baseline_that_did_not_vary_gives_no_limits() -> None:
    """A blocked rate of zero for a month: the first blocked call is no distance in sigmas."""
    known = basis(Kind.P, [Sample(0.0, size=100)] * 30)
    drawn = chart(Kind.P, [Sample(0.01, size=100)], basis=known)
    assert (drawn.points[0].upper, drawn.signals) == (None, ())


def test_a_basis_needs_two_points() -> None:
    with pytest.raises(TooFewPoints):
        basis(Kind.XMR, samples(1, None))


def test_the_usual_monday_is_no_signal_on_a_monday() -> None:
    """Given Mondays of 300 calls and Tuesdays of 100; then each is judged by its own weekday."""
    places = [0, 1] * 10
    volumes = samples(*[300 + (at % 3 - 1) if at % 2 == 0 else 100 + (at % 3 - 1)
                        for at in range(20)])  # fmt: skip
    expected = usual(volumes, places)
    assert expected[0] == pytest.approx(300, abs=0.5)
    left = without_season(volumes, places, expected)
    assert max(abs(sample.value or 0) for sample in left) < 1.5
    drawn = chart(Kind.XMR_SEASONAL, left)
    assert drawn.signals == ()
    # And a Tuesday with a Monday's volume is one.
    odd = without_season([*volumes, Sample(300)], [*places, 1], expected)
    assert [hit.first for hit in chart(Kind.XMR_SEASONAL, odd, basis=drawn.basis).signals] == [20]


def test_a_place_of_the_week_that_is_not_known_has_no_point() -> None:
    assert without_season(samples(5), [6], {0: 4.0}) == [Sample(None)]


def days_until_found(kind: Kind, chance: random.Random) -> int:
    """Given 40 days of talk time, 300 s with a deviation of 6 s (2 %), frozen; when from then on it
    is 294 s (2 % shorter); then how many days until the chart has a signal."""
    known = Basis(kind=kind, centre=300, sigma=6, points=40)
    given: list[Sample] = []
    while True:
        given.append(Sample(chance.gauss(294, 6)))
        if chart(kind, given, basis=known, rules=("WE1",)).signals:
            return len(given)


def test_talk_time_two_percent_down_is_found_in_about_ten_days() -> None:
    """R144: a drift of 2 % of talk time must be questioned.

    A shift of one sigma: the EWMA (λ 0.2, L 3) and the CUSUM (k 0.5, h 5) find it in about ten
    days, as the published average run lengths of 10.5 and 10.4 say (Montgomery, tables 9.11 and
    9.3); single points beyond 3σ take an average of 44."""
    chance = random.Random(144)
    found = {
        kind: fmean(days_until_found(kind, chance) for _ in range(60))
        for kind in (Kind.EWMA, Kind.CUSUM, Kind.XMR)
    }
    assert found[Kind.EWMA] == pytest.approx(10.5, abs=2.5)
    assert found[Kind.CUSUM] == pytest.approx(10.4, abs=2.5)
    assert found[Kind.XMR] > 30


def test_talk_time_that_does_not_drift_is_left_alone() -> None:
    """The same chart over 60 days without a change, ten times: hardly ever a signal."""
    chance = random.Random(7)
    known = Basis(kind=Kind.EWMA, centre=300, sigma=6, points=40)
    alarms = sum(
        bool(chart(Kind.EWMA, [Sample(chance.gauss(300, 6)) for _ in range(60)], basis=known)
             .signals)
        for _ in range(20)
    )  # fmt: skip
    assert alarms <= 5
