"""Targets: which one counts on a day, and which wishes are refused."""

from datetime import date

import pytest

from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.contracts import Goal, TargetVersion
from lianxi.reports.control.errors import TargetInThePast, TargetInvalid
from lianxi.reports.control.goals import Standing, check, goal_of, in_force, standing_of

pytestmark = pytest.mark.unit

SALES = QueueId("sales")
TODAY = date(2026, 11, 22)
SERVICE_LEVEL, ASA = metric_of("K21"), metric_of("K09")


def version(number: int, effective_from: date, target: float, queue: str = "") -> TargetVersion:
    return TargetVersion(
        metric="service_level",
        queue=QueueId(queue) if queue else None,
        number=number,
        effective_from=effective_from,
        goal=Goal(target=target),
        set_by=UserId("u1"),
        set_by_name="主管",
        at=Instant(0),
    )


VERSIONS = [
    version(1, date(2026, 1, 1), 0.80),
    version(2, date(2026, 11, 1), 0.85),
    version(3, date(2026, 12, 1), 0.90),
    version(1, date(2026, 11, 10), 0.95, "sales"),
]


@pytest.mark.parametrize(
    ("day", "queue", "target"),
    [
        (date(2026, 10, 31), None, 0.80),
        (date(2026, 11, 1), None, 0.85),
        (date(2026, 12, 1), None, 0.90),
        (date(2026, 11, 9), SALES, 0.85),
        (date(2026, 11, 10), SALES, 0.95),
        (date(2025, 12, 31), None, None),
    ],
)
def test_a_day_is_judged_by_the_target_of_then(
    day: date, queue: QueueId | None, target: float | None
) -> None:
    """A queue's own target counts from its first day; before that the centre's does."""
    found = in_force(VERSIONS, day, queue=queue)
    assert (None if found is None else found.goal.target) == target


def test_of_two_versions_for_one_day_the_newer_counts() -> None:
    corrected = [*VERSIONS[:2], version(3, date(2026, 11, 1), 0.88)]
    found = in_force(corrected, TODAY, queue=None)
    assert found is not None
    assert found.goal.target == 0.88


def test_nobody_set_a_target_so_the_registry_says_it() -> None:
    assert goal_of(SERVICE_LEVEL, None).target == 0.8


@pytest.mark.parametrize(
    "goal",
    [
        Goal(target=80.0),
        Goal(target=float("nan")),
        Goal(target=0.8, alarm_low=0.9),
        Goal(alarm_low=0.9, alarm_high=0.7),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(goal: Goal) -> None:
    with pytest.raises(TargetInvalid):
        check(SERVICE_LEVEL, goal, effective_from=TODAY, today=TODAY, is_first=True)


def test_seconds_may_be_many() -> None:
    check(ASA, Goal(target=25, alarm_high=90), effective_from=TODAY, today=TODAY, is_first=False)


def test_days_that_were_judged_are_not_judged_anew() -> None:
    """Given a target; when another shall begin yesterday; then it is refused. The first one may
    begin in the past: nobody had wished anything."""
    yesterday, goal = date(2026, 11, 21), Goal(target=0.9)
    with pytest.raises(TargetInThePast):
        check(SERVICE_LEVEL, goal, effective_from=yesterday, today=TODAY, is_first=False)
    check(SERVICE_LEVEL, goal, effective_from=yesterday, today=TODAY, is_first=True)


@pytest.mark.parametrize(
    ("metric", "goal", "value", "standing"),
    [
        ("service_level", Goal(target=0.8), 0.79, Standing.MISSED),
        ("service_level", Goal(target=0.8), 0.8, Standing.MET),
        ("service_level", Goal(target=0.8, alarm_low=0.6), 0.5, Standing.ALARM),
        ("service_level", Goal(), 0.5, None),
        ("service_level", Goal(target=0.8), None, None),
        ("asa", Goal(target=20), 25.0, Standing.MISSED),
        ("asa", Goal(target=20), 20.0, Standing.MET),
        ("acw", Goal(alarm_low=30, alarm_high=60), 25.0, Standing.ALARM),
        ("acw", Goal(alarm_low=30, alarm_high=60), 45.0, Standing.MET),
        ("acw", Goal(), 45.0, None),
        ("short_abandoned", Goal(target=1), 5, None),
    ],
)
def test_a_figure_stands_to_what_is_wanted_of_it(
    metric: str, goal: Goal, value: float | None, standing: Standing | None
) -> None:
    assert standing_of(value, metric_of(metric), goal) is standing
