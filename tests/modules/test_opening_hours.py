"""Opening hours as absolute stretches: leap days, days of 23 and 25 hours, special days."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from lianxi.kernel.ids import CalendarId
from lianxi.kernel.time import Instant
from lianxi.modules.routing import rules
from lianxi.modules.routing.contracts import Hours, OpeningHours

pytestmark = pytest.mark.unit

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NINE_TO_SIX: tuple[Hours, ...] = (Hours(9 * 60, 18 * 60),)
HOUR = 3_600_000


def moment(text: str, zone: ZoneInfo = SHANGHAI) -> Instant:
    """Epoch milliseconds of a wall-clock time; `+01:00` in the text says which of two."""
    parsed = datetime.datetime.fromisoformat(text)
    return Instant(
        round((parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).timestamp() * 1000)
    )


def hours(
    *,
    weekly: dict[int, tuple[Hours, ...]] | None = None,
    special: dict[str, tuple[Hours, ...]] | None = None,
    always: bool = False,
) -> OpeningHours:
    return OpeningHours(
        id=CalendarId("c"),
        name="c",
        name_en="c",
        always=always,
        weekly=weekly or {},
        special={datetime.date.fromisoformat(d): spans for d, spans in (special or {}).items()},
    )


def laid_out(
    set_hours: OpeningHours, at: str, zone: ZoneInfo = SHANGHAI, days: int = 7
) -> list[tuple[int, int]]:
    calendar = rules.lay_out(set_hours, zone=zone, at=moment(at, zone), days=days)
    return [(opening.opens, opening.closes) for opening in calendar.openings]


WORKDAYS = {day: NINE_TO_SIX for day in range(5)}


def test_a_working_week_opens_five_times_from_nine_to_six() -> None:
    # 2026-11-16 is a Monday; the Sunday before it is closed.
    found = laid_out(hours(weekly=WORKDAYS), "2026-11-16T12:00", days=6)
    assert found == [
        (moment(f"2026-11-{day}T09:00"), moment(f"2026-11-{day}T18:00")) for day in range(16, 21)
    ]


def test_a_holiday_closes_and_a_make_up_day_opens() -> None:
    special: dict[str, tuple[Hours, ...]] = {"2026-10-01": (), "2026-10-10": NINE_TO_SIX}
    found = laid_out(hours(weekly=WORKDAYS, special=special), "2026-09-30T08:00", days=11)
    days = {
        datetime.datetime.fromtimestamp(opens / 1000, SHANGHAI).date().day for opens, _ in found
    }
    assert days == {29, 30, 2, 5, 6, 7, 8, 9, 10}


def test_a_leap_day_follows_the_week_or_its_special_rule() -> None:
    # 2028-02-29 is a Tuesday.
    normal = laid_out(hours(weekly=WORKDAYS), "2028-02-29T07:00", days=0)
    assert normal[-1] == (moment("2028-02-29T09:00"), moment("2028-02-29T18:00"))
    special = hours(weekly=WORKDAYS, special={"2028-02-29": (Hours(600, 720),)})
    assert laid_out(special, "2028-02-29T07:00", days=0)[-1] == (
        moment("2028-02-29T10:00"),
        moment("2028-02-29T12:00"),
    )


def test_four_hundred_days_ahead_reach_over_a_leap_day() -> None:
    found = laid_out(hours(weekly={d: NINE_TO_SIX for d in range(7)}), "2027-03-01T00:00", days=400)
    assert len(found) == 402
    assert (moment("2028-02-29T09:00"), moment("2028-02-29T18:00")) in found


def test_a_day_of_twenty_three_hours_is_open_an_hour_less() -> None:
    # 2027-03-28, Berlin: 02:00 becomes 03:00.
    night = hours(special={"2027-03-28": (Hours(0, 1440),)})
    ((opens, closes),) = laid_out(night, "2027-03-28T12:00", BERLIN, days=0)
    assert closes - opens == 23 * HOUR


def test_a_day_of_twenty_five_hours_is_open_an_hour_more() -> None:
    # 2027-10-31, Berlin: 03:00 becomes 02:00.
    night = hours(special={"2027-10-31": (Hours(0, 1440),)})
    ((opens, closes),) = laid_out(night, "2027-10-31T12:00", BERLIN, days=0)
    assert closes - opens == 25 * HOUR


def test_hours_that_touch_the_skipped_hour_begin_and_end_at_the_change() -> None:
    change = moment("2027-03-28T01:00+00:00")
    opening_late = hours(special={"2027-03-28": (Hours(150, 300),)})
    assert laid_out(opening_late, "2027-03-28T12:00", BERLIN, days=0) == [
        (change, moment("2027-03-28T05:00", BERLIN))
    ]
    closing_early = hours(special={"2027-03-28": (Hours(60, 150),)})
    assert laid_out(closing_early, "2027-03-28T12:00", BERLIN, days=0) == [
        (moment("2027-03-28T01:00", BERLIN), change)
    ]


def test_hours_within_the_repeated_hour_last_until_its_second_end() -> None:
    repeated = hours(special={"2027-10-31": (Hours(120, 150),)})
    assert laid_out(repeated, "2027-10-31T12:00", BERLIN, days=0) == [
        (moment("2027-10-31T02:00+02:00"), moment("2027-10-31T02:30+01:00"))
    ]


def test_a_night_shift_of_yesterday_is_still_open_after_midnight() -> None:
    late = hours(weekly={0: (Hours(22 * 60, 30 * 60),)})
    found = laid_out(late, "2026-11-17T03:00", days=0)
    assert found == [(moment("2026-11-16T22:00"), moment("2026-11-17T06:00"))]


def test_days_open_around_the_clock_become_one_stretch() -> None:
    around = hours(weekly={day: (Hours(0, 1440),) for day in range(7)})
    assert len(laid_out(around, "2026-11-16T12:00", days=30)) == 1


def test_always_needs_no_stretches() -> None:
    calendar = rules.lay_out(hours(always=True), zone=SHANGHAI, at=moment("2026-11-16T12:00"))
    assert calendar.always
    assert calendar.openings == ()


@pytest.mark.parametrize(
    ("opens", "closes"), [(600, 600), (700, 600), (-1, 60), (0, 2881), (1440, 1500)]
)
def test_hours_that_make_no_sense_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="hours open"):
        Hours(opens, closes)
