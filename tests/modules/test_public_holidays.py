"""Public holidays as they were announced, held against the notice by hand; years without one."""

from datetime import date, timedelta

import pytest

from lianxi.modules.routing.public_holidays import DayKind, days_of

pytestmark = pytest.mark.unit

NOTICE_OF_2026: tuple[tuple[str, str, str, list[str]], ...] = (
    # name, first and last day off, worked Saturdays and Sundays
    ("元旦", "2026-01-01", "2026-01-03", ["2026-01-04"]),
    ("春节", "2026-02-15", "2026-02-23", ["2026-02-14", "2026-02-28"]),
    ("清明节", "2026-04-04", "2026-04-06", []),
    ("劳动节", "2026-05-01", "2026-05-05", ["2026-05-09"]),
    ("端午节", "2026-06-19", "2026-06-21", []),
    ("中秋节", "2026-09-25", "2026-09-27", []),
    ("国庆节", "2026-10-01", "2026-10-07", ["2026-09-20", "2026-10-10"]),
)


@pytest.mark.parametrize(("name", "first", "last", "worked"), NOTICE_OF_2026)
def test_the_days_of_2026_are_those_of_the_notice(
    name: str, first: str, last: str, worked: list[str]
) -> None:
    days = [day for day in days_of(2026) or () if day.name == name]
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    whole = [begin + timedelta(days=count) for count in range((end - begin).days + 1)]
    assert [day.day for day in days if day.kind is not DayKind.WORK] == whole
    assert [str(day.day) for day in days if day.kind is DayKind.WORK] == worked


def test_nothing_else_is_said_of_2026() -> None:
    days = days_of(2026) or []
    assert {day.name for day in days} == {name for name, *_ in NOTICE_OF_2026}
    assert len({day.day for day in days}) == len(days) == 39


def test_two_holidays_in_one_week_are_one_block_with_both_names() -> None:
    days = [day for day in days_of(2025) or () if day.day.month == 10]
    assert {(day.name, day.name_en) for day in days} == {
        ("中秋节、国庆节", "Mid-Autumn Festival, National Day")
    }
    assert [day.day.day for day in days if day.kind is DayKind.WORK] == [11]


def test_only_saturdays_and_sundays_are_made_up_or_stand_beside() -> None:
    for year in range(2010, 2027):
        for day in days_of(year) or ():
            assert day.name, day
            assert day.kind is DayKind.OFF or day.day.weekday() >= 5, day


@pytest.mark.parametrize("year", [2009, 2030, 9999])
def test_a_year_that_nobody_has_announced_is_unknown(year: int) -> None:
    assert days_of(year) is None
