"""Control charts against published worked examples. Each names its source."""

from statistics import fmean, stdev

import pytest

from lianxi.reports.charts.basis import basis
from lianxi.reports.charts.drawing import (
    SHARE,
    Bounds,
    chart,
    deviation_chart,
    moving_range_chart,
)
from lianxi.reports.charts.drift import cusum, ewma, ewma_sigma
from lianxi.reports.charts.kinds import Basis, Kind, Sample

pytestmark = pytest.mark.unit

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rate of ten batches.
FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
# NIST/SEMATECH e-Handbook, 6.3.3.1: defects on 25 wafers.
WAFERS = (
    16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31,
    13,
)  # fmt: skip
# NIST/SEMATECH e-Handbook, 6.3.3.2, and Montgomery (7th ed.), table 7.1: defectives among 50.
CANS = (
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12,
    7, 13, 9, 6,
)  # fmt: skip
# The data set "dyedcloth" of Scrucca (2004), "qcc: an R package for quality control charting",
# R News 4/1, 11-17: defects, and inspection units.
CLOTH = ((14, 10), (12, 8), (20, 13), (11, 10), (7, 10), (10, 10), (21, 12), (16, 11), (19, 12),
         (23, 13))  # fmt: skip
# Montgomery (7th ed.), table 9.1: centre 10, sigma 1, from the 21st on centre 11.
SHIFTED = (
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40,
    10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62,
    11.31, 10.52,
)  # fmt: skip
# Mohammed, Panesar, Laney and Wilson (2013), "Statistical process control charts for attribute data
# involving very large sample sizes", BMJ Quality & Safety 22(4), 362-368: of all attendances at
# emergency departments in twenty weeks those seen within four hours.
SEEN = (
    (266501, 280443), (264225, 276823), (276532, 291681), (281461, 296155), (269071, 282343),
    (261215, 275888), (270409, 283867), (279778, 295251), (270483, 284468), (270320, 282529),
    (267923, 279618), (271478, 283932), (255353, 266629), (256820, 268091), (261835, 276803),
    (259144, 271578), (255910, 266005), (260863, 273520), (264465, 278574), (260989, 273772),
)  # fmt: skip


def shares(pairs: tuple[tuple[int, int], ...]) -> list[Sample]:
    return [Sample(part / whole, size=whole) for part, whole in pairs]


def test_xmr_has_the_limits_of_the_handbook() -> None:
    drawn = chart(Kind.XMR, [Sample(value) for value in FLOW], basis=basis_of(FLOW))
    assert drawn.centre == pytest.approx(50.81)
    assert drawn.points[0].upper == pytest.approx(55.8041, abs=5e-5)
    assert drawn.points[0].lower == pytest.approx(45.8159, abs=5e-5)
    assert drawn.signals == ()


def test_the_moving_range_has_the_limits_of_the_handbook() -> None:
    ranges = moving_range_chart(basis_of(FLOW))
    assert ranges.centre == pytest.approx(1.8778, abs=5e-5)
    assert ranges.lower == 0.0
    assert ranges.upper == pytest.approx(6.1349, abs=5e-4)


def basis_of(values: tuple[float, ...]) -> Basis:
    return basis(Kind.XMR, [Sample(value) for value in values])


def test_c_has_the_limits_of_the_handbook() -> None:
    """The mean is 16: limits 4 and 28. The 24th wafer (31) lies beyond, the third (28) does not."""
    drawn = chart(Kind.C, [Sample(count) for count in WAFERS])
    first = drawn.points[0]
    assert (drawn.centre, first.lower, first.upper) == (16.0, 4.0, 28.0)
    assert [signal.first for signal in drawn.signals if signal.rule.id == "WE1"] == [23]


def test_p_has_the_limits_of_the_handbook() -> None:
    """p̄ = 347/1500; samples 15 and 23 lie beyond, as the textbook finds."""
    drawn = chart(Kind.P, [Sample(count / 50, size=50) for count in CANS], bounds=SHARE)
    first = drawn.points[0]
    assert drawn.centre == pytest.approx(0.2313, abs=5e-5)
    assert first.upper == pytest.approx(0.4102391, abs=5e-8)
    assert first.lower == pytest.approx(0.05242755, abs=5e-9)
    assert [signal.first for signal in drawn.signals if signal.rule.id == "WE1"] == [14, 22]


def test_u_has_the_published_limits_for_each_size() -> None:
    """Defects of dyed cloth: ū = 153/109; ten units have the limits 0.28 and 2.53."""
    given = [Sample(count / units, size=units) for count, units in CLOTH]
    drawn = chart(Kind.U, given, basis=basis(Kind.U, given), bounds=Bounds())
    assert drawn.centre == pytest.approx(1.40367, abs=5e-6)
    by_size = {units: point for (_, units), point in zip(CLOTH, drawn.points, strict=True)}
    assert by_size[11].upper == pytest.approx(1.40367 + 3 * (1.40367 / 11) ** 0.5, abs=1e-4)
    assert by_size[10].upper == pytest.approx(2.5276, abs=1e-4)
    assert by_size[10].lower == pytest.approx(0.2797, abs=1e-4)
    assert drawn.signals == ()


def test_plain_p_calls_nearly_every_week_a_signal_where_samples_are_very_large() -> None:
    """The problem that Laney's chart was made for: 280 000 patients a week."""
    drawn = chart(Kind.P, shares(SEEN), rules=("WE1",))
    assert len(drawn.signals) == 16


def test_laney_finds_only_common_causes_in_the_same_weeks() -> None:
    """The published finding: Laney's limits are near those of XmR, and no week lies beyond."""
    drawn = chart(Kind.P_LANEY, shares(SEEN), rules=("WE1",))
    individuals = chart(Kind.XMR, shares(SEEN), rules=("WE1",))
    assert drawn.signals == individuals.signals == ()
    assert drawn.basis is not None
    assert drawn.basis.sigma > 5
    for point, single in zip(drawn.points, individuals.points, strict=True):
        assert point.upper == pytest.approx(single.upper, abs=1e-3)
        assert point.lower == pytest.approx(single.lower, abs=1e-3)


def test_laney_is_xmr_where_all_samples_have_one_size() -> None:
    """Laney (2002): with equal sizes the limits of p′ are those of the individuals chart."""
    cans = [Sample(count / 50, size=50) for count in CANS]
    laney, individuals = chart(Kind.P_LANEY, cans), chart(Kind.XMR, cans)
    assert laney.points[0].upper == pytest.approx(individuals.points[0].upper)
    assert laney.points[0].lower == pytest.approx(individuals.points[0].lower)


def test_laney_u_is_xmr_where_all_units_are_alike() -> None:
    """The same for rates, on the wafers: one wafer is one unit."""
    wafers = [Sample(count, size=1) for count in WAFERS]
    laney, individuals = chart(Kind.U_LANEY, wafers), chart(Kind.XMR, wafers)
    assert laney.points[0].upper == pytest.approx(individuals.points[0].upper)


def test_the_weighted_mean_has_the_values_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, 6.3.2.4: λ = 0.3, centre 50, s = 2.0539, limits 47.41 and 52.59."""
    given = (52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, *FLOW)
    published = [
        50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52,
        50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
    ]  # fmt: skip
    assert ewma(given, centre=50, weight=0.3) == pytest.approx(published, abs=6e-3)
    late = 3 * ewma_sigma(1000, sigma=2.0539, weight=0.3)
    assert 50 + late == pytest.approx(52.5884, abs=5e-5)


def test_the_weighted_mean_signals_where_the_textbook_says() -> None:
    """Montgomery, example 9.2: λ = 0.1, L = 2.7; the first limits are 10.27 and 10.36, the values
    beyond are the 29th and the 30th (10.6468 and 10.6341 against 10.62)."""
    found = ewma(SHIFTED, centre=10, weight=0.1)
    limits = [10 + 2.7 * ewma_sigma(at, sigma=1, weight=0.1) for at in range(1, 31)]
    assert found[:4] == pytest.approx([9.945, 9.7495, 9.7036, 9.8992], abs=5e-5)
    assert found[-2:] == pytest.approx([10.6468, 10.6341], abs=5e-5)
    assert limits[:2] == pytest.approx([10.27, 10.36], abs=5e-3)
    beyond = [
        at for at, (mean, limit) in enumerate(zip(found, limits, strict=True)) if mean > limit
    ]
    assert beyond == [28, 29]


def test_the_cumulative_sum_has_the_values_of_the_textbook() -> None:
    """Montgomery, example 9.1: k = 0.5, h = 5; C+ passes 5 with the 29th value (5.28)."""
    sums = cusum(SHIFTED, centre=10, sigma=1)
    published = [
        0, 0, 0, 1.16, 2.82, 2.50, 0.04, 1.00, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0, 0.34, 0.74,
        0, 1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28, 5.30,
    ]  # fmt: skip
    assert [found.above for found in sums] == pytest.approx(published, abs=1e-9)
    known = Basis(kind=Kind.CUSUM, centre=10, sigma=1, points=20)
    drawn = chart(Kind.CUSUM, [Sample(value) for value in SHIFTED], basis=known)
    assert [(signal.first, signal.last) for signal in drawn.signals] == [(28, 29)]


# Montgomery (7th ed.), table 6.3: inside diameters of piston rings, mean and deviation of each of
# the first 25 samples of five, recomputed from the measurements (74 mm is taken away, in 0.001 mm).
RINGS = (
    (30, 2, 19, -8, 8), (-5, -8, 1, 11, 4), (-12, 24, 21, 5, 2), (2, -4, -7, 15, 9),
    (-8, 7, 15, -11, 14), (9, -6, -3, -15, -7), (-5, 6, -6, 0, 5), (-15, 3, -7, 15, -12),
    (8, -5, 9, 5, 4), (-2, 0, -10, 7, -5), (-6, -2, -6, -5, -10), (4, 0, 7, 0, -4),
    (-17, 2, -2, -3, 12), (6, -33, -6, 0, -16), (12, 14, -2, -1, 7), (0, -16, 5, -2, -4),
    (-6, 12, -14, 5, 7), (6, 10, 18, 3, 0), (-16, 2, 3, 5, -3), (0, 10, 13, 20, 3),
    (-12, 1, 9, 5, -4), (4, -1, -10, 6, 9), (10, -11, -10, 9, 14), (15, 8, -7, 0, 10),
    (-18, -16, -5, 17, 13),
)  # fmt: skip


def test_means_and_deviations_have_the_limits_of_the_textbook() -> None:
    """Example 6.3: x̄ = 74.001, S̄ = 0.0094; limits 74.014 and 73.988, of S 0 and 0.0196."""
    rings = [Sample(fmean(ring), size=5, spread=stdev(ring)) for ring in RINGS]
    found = basis(Kind.XBAR_S, rings)
    drawn = chart(Kind.XBAR_S, rings, basis=found)
    assert drawn.centre == pytest.approx(1.18, abs=0.005)
    assert drawn.points[0].upper == pytest.approx(14, abs=0.7)
    assert drawn.points[0].lower == pytest.approx(-12, abs=0.7)
    spread = deviation_chart(found, 5)
    assert spread.centre == pytest.approx(9.4, abs=0.2)
    assert spread.lower == 0.0
    assert spread.upper == pytest.approx(19.6, abs=0.4)
    assert drawn.signals == ()
