"""Open time as arithmetic: the law, and the days the field knows to go wrong."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import DAY_MS, Deadline, TimeUnit, Window, WorkCalendar
from lianxi.office.calendar.errors import CalendarNeverOpens
from lianxi.office.calendar.rules import (
    add,
    due,
    elapsed,
    is_provisional,
    require_open,
    stretches,
    used,
)
from lianxi.office.calendar.snapshot import from_json, to_json

pytestmark = pytest.mark.unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 3_600_000
MORNING, AFTERNOON = (9 * 60, 12 * 60), (13 * 60, 18 * 60)
WEEK: dict[int, tuple[Window, ...]] = {day: (MORNING, AFTERNOON) for day in range(5)}
NATIONAL_DAY = {dt.date(2026, 10, day): () for day in range(1, 8)}
MAKE_UP = {dt.date(2026, 10, 10): (MORNING, AFTERNOON)}
OFFICE = WorkCalendar(
    id="office",
    zone="Asia/Shanghai",
    weekly=WEEK,
    special={**NATIONAL_DAY, **MAKE_UP},
    known_until=dt.date(2026, 12, 31),
)
"""The week of the National Day of 2026 is off, and the Saturday after it is worked."""


def at(text: str, zone: ZoneInfo = SHANGHAI) -> Instant:
    """`2026-10-01 09:00` by the wall clock."""
    return Instant(int(dt.datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000))


def test_several_windows_a_day_leave_the_noon_break_out() -> None:
    assert elapsed(OFFICE, at("2026-11-23 11:00"), at("2026-11-23 14:00")) == 2 * HOUR
    assert add(OFFICE, at("2026-11-23 11:00"), Millis(2 * HOUR)) == at("2026-11-23 14:00")


def test_a_deadline_jumps_over_the_night_and_the_weekend() -> None:
    assert add(OFFICE, at("2026-11-27 17:30"), Millis(HOUR)) == at("2026-11-30 09:30")


def test_what_comes_in_at_three_in_the_morning_counts_from_nine() -> None:
    assert add(OFFICE, at("2026-11-23 03:00"), Millis(HOUR)) == at("2026-11-23 10:00")


def test_a_make_up_saturday_is_worked_and_the_holiday_is_not() -> None:
    # From the last evening of September: seven days off, Thursday the 8th and Friday are worked,
    # and so is Saturday the 10th.
    assert add(OFFICE, at("2026-09-30 17:00"), Millis(18 * HOUR)) == at("2026-10-10 10:00")


def test_working_days_are_not_twenty_four_working_hours() -> None:
    two = Deadline(target=2 * DAY_MS, unit=TimeUnit.WORK_DAYS, calendar=OFFICE)
    assert due(two, at("2026-11-26 15:00")) == at("2026-11-30 15:00")
    hours = Deadline(target=48 * HOUR, unit=TimeUnit.WORK_TIME, calendar=OFFICE)
    assert due(hours, at("2026-11-26 15:00")) == at("2026-12-04 15:00")


def test_a_natural_day_ends_at_midnight_of_the_zone() -> None:
    day = Deadline(target=DAY_MS, unit=TimeUnit.NATURAL_DAY, calendar=OFFICE)
    assert due(day, at("2026-11-23 00:00")) == at("2026-11-24 00:00")
    assert due(day, at("2026-11-23 23:59")) == at("2026-11-24 00:00")


def test_the_twenty_ninth_of_february_is_a_day_like_any_other() -> None:
    assert add(OFFICE, at("2028-02-28 17:00"), Millis(2 * HOUR)) == at("2028-02-29 10:00")


def test_a_night_shift_runs_past_midnight() -> None:
    night = WorkCalendar(
        id="night", zone="Asia/Shanghai", weekly={day: ((22 * 60, 30 * 60),) for day in range(7)}
    )
    assert elapsed(night, at("2026-11-23 21:00"), at("2026-11-24 07:00")) == 8 * HOUR
    assert elapsed(night, at("2026-11-23 02:00"), at("2026-11-23 05:00")) == 3 * HOUR


def test_the_hour_the_clocks_skip_is_not_worked() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    week = dict.fromkeys(range(7), ((0, 1440),))
    full = WorkCalendar(id="d", zone="Europe/Berlin", weekly=week)
    day, next_day = at("2026-03-29 00:00", berlin), at("2026-03-30 00:00", berlin)
    assert elapsed(full, day, next_day) == 23 * HOUR


def test_a_calendar_without_a_window_is_refused() -> None:
    closed = WorkCalendar(id="closed", zone="Asia/Shanghai", weekly={0: ()})
    with pytest.raises(CalendarNeverOpens):
        require_open(closed, at("2026-11-23 09:00"))
    with pytest.raises(CalendarNeverOpens):
        add(closed, at("2026-11-23 09:00"), Millis(1))


@pytest.mark.parametrize("window", [(600, 600), (700, 600), (-1, 60), (1440, 1500), (0, 2881)])
def test_a_window_opens_before_midnight_and_closes_later(window: Window) -> None:
    with pytest.raises(ValueError, match="not a window"):
        WorkCalendar(id="x", zone="Asia/Shanghai", weekly={0: (window,)})


def test_a_deadline_in_a_year_without_published_holidays_is_provisional() -> None:
    days = Deadline(target=DAY_MS, unit=TimeUnit.WORK_DAYS, calendar=OFFICE)
    assert not is_provisional(days, at("2027-01-01 00:00"))
    assert is_provisional(days, at("2027-01-01 00:01"))
    wall = Deadline(target=DAY_MS, unit=TimeUnit.WALL, calendar=OFFICE)
    assert not is_provisional(wall, at("2027-02-01 00:00"))


def test_a_calendar_is_kept_as_it_was() -> None:
    assert from_json(to_json(OFFICE)) == OFFICE


WINDOWS = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda w: (w[0], w[0] + w[1])),
    max_size=3,
).map(tuple)
CALENDARS = st.builds(
    WorkCalendar,
    id=st.just("any"),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns"]),
    weekly=st.dictionaries(st.integers(0, 6), WINDOWS, min_size=1).filter(
        lambda week: any(week.values())
    ),
    special=st.dictionaries(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), WINDOWS),
)
MOMENTS = st.integers(at("2026-01-01 00:00"), at("2027-01-01 00:00")).map(Instant)
SPANS = st.integers(1, 200 * HOUR).map(Millis)


@given(CALENDARS, MOMENTS, SPANS)
def test_what_was_added_is_what_elapsed(calendar: WorkCalendar, start: Instant, d: Millis) -> None:
    assert elapsed(calendar, start, add(calendar, start, d)) == d


@given(CALENDARS, MOMENTS, SPANS, SPANS)
def test_time_elapses_piece_by_piece(
    calendar: WorkCalendar, start: Instant, one: Millis, two: Millis
) -> None:
    middle, end = Instant(start + one), Instant(start + one + two)
    pieces = elapsed(calendar, start, middle) + elapsed(calendar, middle, end)
    assert pieces == elapsed(calendar, start, end)


@given(
    CALENDARS,
    MOMENTS,
    st.sampled_from([TimeUnit.WALL, TimeUnit.WORK_TIME, TimeUnit.WORK_DAYS]),
    SPANS,
)
def test_a_deadline_uses_exactly_its_target(
    calendar: WorkCalendar, start: Instant, unit: TimeUnit, target: Millis
) -> None:
    deadline = Deadline(target=target, unit=unit, calendar=calendar)
    assert used(deadline, start, due(deadline, start)) == target


@given(CALENDARS, MOMENTS)
def test_open_stretches_are_in_order_and_apart(calendar: WorkCalendar, since: Instant) -> None:
    last = since
    for (begin, end), _ in zip(stretches(calendar, since), range(20), strict=False):
        assert last <= begin < end
        last = end


def test_the_hour_that_comes_twice_is_worked_twice() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    early = WorkCalendar(id="e", zone="Europe/Berlin", weekly={6: ((60, 180),)})
    day, next_day = at("2026-10-25 00:00", berlin), at("2026-10-26 00:00", berlin)
    assert elapsed(early, day, next_day) == 3 * HOUR
