"""When a saved report goes out, and which time it tells about."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.saved.contracts import Cadence
from lianxi.reports.saved.scheduling import latest_due, next_due, told_day

pytestmark = pytest.mark.unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
SEVEN = 7 * 60


def at(text: str, zone: ZoneInfo = SHANGHAI) -> Instant:
    return Instant(round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000))


@pytest.mark.parametrize(
    ("cadence", "on_day", "after", "due"),
    [
        (Cadence.DAILY, 1, "2026-11-22T06:59", "2026-11-22T07:00"),
        (Cadence.DAILY, 1, "2026-11-22T07:00", "2026-11-23T07:00"),
        (Cadence.WEEKLY, 1, "2026-11-22T12:00", "2026-11-23T07:00"),
        (Cadence.WEEKLY, 7, "2026-11-22T12:00", "2026-11-29T07:00"),
        (Cadence.MONTHLY, 1, "2026-11-22T12:00", "2026-12-01T07:00"),
        (Cadence.MONTHLY, 28, "2027-01-28T07:00", "2027-02-28T07:00"),
    ],
)
def test_it_goes_out_at_the_next_such_moment(
    cadence: Cadence, on_day: int, after: str, due: str
) -> None:
    assert next_due(cadence, on_day, SEVEN, SHANGHAI, after=at(after)) == at(due)


def test_without_a_cadence_it_never_goes_out_by_itself() -> None:
    assert next_due(Cadence.NONE, 1, SEVEN, SHANGHAI, after=at("2026-11-22T12:00")) is None


def test_the_time_is_that_of_the_clock_on_the_wall_when_clocks_change() -> None:
    # Given a report at 02:30, which does not exist on the last Sunday of March in Berlin
    half_past_two = 150
    saturday = at("2027-03-27T12:00", BERLIN)
    due = next_due(Cadence.DAILY, 1, half_past_two, BERLIN, after=saturday)
    assert due == at("2027-03-28T03:30", BERLIN)
    # Then the next day it is at 02:30 again
    assert due is not None
    again = next_due(Cadence.DAILY, 1, half_past_two, BERLIN, after=due)
    assert again == at("2027-03-29T02:30", BERLIN)


@pytest.mark.parametrize(
    ("cadence", "day"),
    [
        (Cadence.DAILY, date(2026, 11, 24)),
        (Cadence.WEEKLY, date(2026, 11, 22)),
        (Cadence.MONTHLY, date(2026, 10, 31)),
        (Cadence.NONE, date(2026, 11, 24)),
    ],
)
def test_it_tells_about_the_period_that_has_ended(cadence: Cadence, day: date) -> None:
    wednesday = at("2026-11-25T07:00")
    assert told_day(cadence, wednesday, SHANGHAI) == day


def test_after_a_long_stop_one_report_goes_out_about_the_newest_period() -> None:
    due, now = at("2026-11-01T07:00"), at("2026-11-22T06:00")
    found = latest_due(Cadence.DAILY, 1, SEVEN, SHANGHAI, due=due, now=now)
    assert found == at("2026-11-21T07:00")
