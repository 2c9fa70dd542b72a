"""What a clock used and when it falls due: laws over any calendar and any rests."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import DAY_MS, Deadline, TimeUnit
from lianxi.office.calendar.rules import add, due, elapsed, stretches, used
from lianxi.office.clock.contracts import BREACH, ClockOutcome, ClockRule, Mark, Stretch
from lianxi.office.clock.rules import falls_due, marked, next_time, outcome, spent, with_breach
from tests.office.test_calendar import HOUR, OFFICE, at

pytestmark = pytest.mark.unit

COUNTED = st.sampled_from([TimeUnit.WALL, TimeUnit.WORK_TIME, TimeUnit.WORK_DAYS])
MOMENTS = st.integers(at("2026-09-20 00:00"), at("2026-11-01 00:00")).map(Instant)
TARGETS = st.integers(1, 80 * HOUR)


def run_from(*moments: Instant) -> tuple[Stretch, ...]:
    """A clock started, paused, resumed, ... at these moments."""
    pairs = [moments[n : n + 2] for n in range(0, len(moments), 2)]
    return tuple(Stretch(since=p[0], until=p[1] if len(p) == 2 else None) for p in pairs)


@given(MOMENTS, TARGETS, COUNTED)
def test_without_a_rest_it_is_due_after_its_target(
    start: Instant, target: int, unit: TimeUnit
) -> None:
    deadline = Deadline(target=target, unit=unit, calendar=OFFICE)
    assert falls_due(deadline, run_from(start)) == due(deadline, start)


@given(MOMENTS, st.integers(1, 80 * HOUR), st.lists(st.integers(1, 40 * HOUR), max_size=6), COUNTED)
def test_at_the_due_moment_exactly_the_target_is_used(
    start: Instant, target: int, waits: list[int], unit: TimeUnit
) -> None:
    moments = [start]
    for wait in waits[: len(waits) // 2 * 2]:
        moments.append(Instant(moments[-1] + wait))
    deadline = Deadline(target=target, unit=unit, calendar=OFFICE)
    ran = run_from(*moments)
    falls = falls_due(deadline, ran)
    assert falls is not None
    assert spent(deadline, ran, falls) == target


@given(
    MOMENTS,
    st.integers(20 * HOUR, 80 * HOUR),
    st.integers(0, 1),
    st.lists(st.integers(0, 100), min_size=2, max_size=2, unique=True),
)
def test_a_rest_outside_working_hours_moves_nothing(
    start: Instant, target: int, which: int, rest: list[int]
) -> None:
    # Given a rest that begins and ends between two stretches of open time
    deadline = Deadline(target=target, unit=TimeUnit.WORK_TIME, calendar=OFFICE)
    found = [stretch for stretch, _ in zip(stretches(OFFICE, start), range(3), strict=False)]
    closes, opens = found[which][1], found[which + 1][0]
    pause, resume = sorted(Instant(closes + (opens - closes) * n // 100) for n in rest)
    # Then it falls due as if there had been none
    rested = falls_due(deadline, run_from(start, pause, resume))
    assert rested == falls_due(deadline, run_from(start))


@given(MOMENTS, TARGETS, st.integers(1, 30 * HOUR), COUNTED)
def test_a_rest_within_hours_moves_it_by_as_much_as_was_left(
    start: Instant, target: int, rest: int, unit: TimeUnit
) -> None:
    deadline = Deadline(target=target, unit=unit, calendar=OFFICE)
    whole = due(deadline, start)
    pause = Instant(start + (whole - start) // 2)
    resume = Instant(pause + rest)
    left = Millis(target - used(deadline, start, pause))
    assume(left > 0)
    rested = Deadline(target=left, unit=unit, calendar=OFFICE)
    assert falls_due(deadline, run_from(start, pause, resume)) == due(rested, resume)


@given(MOMENTS, st.integers(2, 40 * HOUR), st.integers(1, 40 * HOUR), COUNTED)
def test_another_priority_keeps_what_was_used(
    start: Instant, target: int, more: int, unit: TimeUnit
) -> None:
    # Given a clock that rested once
    pause, resume = Instant(start + HOUR), Instant(start + 5 * HOUR)
    before = Deadline(target=target, unit=unit, calendar=OFFICE)
    after = Deadline(target=target + more, unit=unit, calendar=OFFICE)
    ran = run_from(start, pause, resume)
    # When its target grows, then it falls due later by exactly the difference
    early, late = falls_due(before, ran), falls_due(after, ran)
    assert early is not None
    assert late is not None
    assert early < late
    assert spent(after, ran, late) - spent(before, ran, early) == more


def test_a_clock_that_rests_falls_due_at_no_time() -> None:
    deadline = Deadline(target=HOUR, unit=TimeUnit.WALL, calendar=OFFICE)
    rests = run_from(at("2026-11-23 09:00"), at("2026-11-23 09:10"))
    assert falls_due(deadline, rests) is None
    assert marked(deadline, with_breach(ClockRule(code="x", deadline=deadline)), rests) == [None]


def test_a_target_cut_below_what_was_used_was_due_when_it_was_used_up() -> None:
    deadline = Deadline(target=30 * 60_000, unit=TimeUnit.WALL, calendar=OFFICE)
    ran = run_from(at("2026-11-23 09:00"), at("2026-11-23 10:00"), at("2026-11-23 11:00"))
    assert falls_due(deadline, ran) == at("2026-11-23 09:30")


def test_marks_come_at_shares_of_the_target_and_at_distances_from_the_end() -> None:
    deadline = Deadline(target=4 * HOUR, unit=TimeUnit.WORK_TIME, calendar=OFFICE)
    marks = (Mark(action="half", percent=50), Mark(action="soon", offset=Millis(-30 * 60_000)))
    ran = run_from(at("2026-11-23 11:00"))
    moments = marked(deadline, (*marks, BREACH, Mark(action="again", percent=150)), ran)
    assert moments == [
        at("2026-11-23 14:00"),
        at("2026-11-23 15:30"),
        at("2026-11-23 16:00"),
        at("2026-11-23 18:00"),
    ]


def test_a_natural_day_is_half_over_at_noon() -> None:
    deadline = Deadline(target=DAY_MS, unit=TimeUnit.NATURAL_DAY, calendar=OFFICE)
    ran = run_from(at("2026-11-23 00:00"))
    assert marked(deadline, (Mark(action="half", percent=50), BREACH), ran) == [
        at("2026-11-23 12:00"),
        at("2026-11-24 00:00"),
    ]


def test_the_very_moment_is_in_time() -> None:
    assert outcome(Instant(10), None, Instant(10)) is ClockOutcome.MET
    assert outcome(Instant(10), None, Instant(11)) is ClockOutcome.LATE
    assert outcome(None, Instant(10), Instant(9)) is ClockOutcome.LATE


@given(st.integers(1, 10**12), st.integers(1, 10**9), st.integers(0, 10**12))
def test_what_is_repeated_comes_next_after_now_and_does_not_drift(
    first: int, repeat: int, late: int
) -> None:
    now = Instant(first + late)
    again, count = next_time(Instant(first), Millis(repeat), now)
    assert now < again <= now + repeat
    assert again == first + count * repeat


def test_a_mark_says_when_it_comes_in_one_way() -> None:
    for wrong in ({}, {"percent": 50, "offset": Millis(1)}, {"percent": 0}):
        with pytest.raises(ValueError, match="mark"):
            Mark(action="x", **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="later"):
        Mark(action="x", percent=100, repeat=Millis(0))


@given(MOMENTS, TARGETS)
def test_open_time_until_the_due_moment_is_the_target(start: Instant, target: int) -> None:
    assert elapsed(OFFICE, start, add(OFFICE, start, Millis(target))) == target
