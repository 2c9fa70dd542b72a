"""Public holidays and make-up working days of mainland China, as the State Council sets them.

The arrangement of a year is announced in the last weeks of the year before. Until then nobody knows
which weekends are worked, so a year that the package does not have is said to be unknown; the
package itself would answer with dates by rule, which look like an arrangement and are none.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR = 2010
LAST_YEAR = 2100
_SATURDAY = 5


class DayKind(StrEnum):
    """What becomes of a day."""

    OFF = "off"
    """A public holiday, or a working day that is swapped for a weekend."""
    WEEKEND = "weekend"
    """A Saturday or Sunday within the days off or beside them."""
    WORK = "work"
    """A Saturday or Sunday that is worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDay:
    """One day that does not follow the week."""

    day: date
    kind: DayKind
    name: str
    """Of the holiday that it belongs to."""
    name_en: str


_NAMES = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
_SWAPPED = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A day off that is worked on another says so by that day."""


def days_of(year: int) -> list[PublicDay] | None:
    """The days of a year that do not follow the week, in order; None = not announced yet, or
    before the years that are known.

    Source:
        Yearly notices of the General Office of the State Council, as the package `holidays` has
        them (`holidays/countries/china.py`).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    # Late on purpose: it is needed once a year.
    from holidays.countries.china import China  # noqa: PLC0415

    known = China(years=year, language="zh_CN")  # type: ignore[no-untyped-call]
    worked = {day for day in known.weekend_workdays if day.year == year}
    if not worked:
        return None  # every arrangement has some; by rule alone there is none
    words = {day: str(known[day]) for day in known if day.year == year}
    found: list[PublicDay] = []
    for block in _blocks(words, worked):
        name, name_en = _called([words.get(day, "") for day in block])
        swapped = {
            made_up
            for day in block
            for text in _SWAPPED.findall(words.get(day, ""))
            if (made_up := date.fromisoformat(text)) in worked
        }
        kinds = [(day, DayKind.OFF if day in words else DayKind.WEEKEND) for day in block]
        for day, kind in (*kinds, *((day, DayKind.WORK) for day in swapped)):
            found.append(PublicDay(day=day, kind=kind, name=name, name_en=name_en))
    for day in worked - {each.day for each in found}:  # for the New Year that follows
        name, name_en = _called(())
        found.append(PublicDay(day=day, kind=DayKind.WORK, name=name, name_en=name_en))
    return sorted(found, key=lambda each: each.day)


def _blocks(off: Collection[date], worked: Collection[date]) -> list[list[date]]:
    """Days off that follow each other, with the weekends within them and beside them."""
    beside: set[date] = set()
    for step in (timedelta(days=1), timedelta(days=-1)):
        for start in off:
            day = start + step
            while day.weekday() >= _SATURDAY and day not in worked and day.year == start.year:
                beside.add(day)
                day += step
    blocks: list[list[date]] = []
    for day in sorted({*off, *beside}):
        if blocks and day - blocks[-1][-1] == timedelta(days=1):
            blocks[-1].append(day)
        else:
            blocks.append([day])
    return blocks


def _called(words: Sequence[str]) -> tuple[str, str]:
    """What days off together are called, in Chinese and in English."""
    names = [name for name in _NAMES if any(name in each for each in words)]
    if names:
        return "、".join(names), ", ".join(_NAMES[name] for name in names)
    once = next((each for each in words if each and not _SWAPPED.search(each)), "")
    # Days off at the year's end belong to the New Year that follows.
    return (once, once) if once else ("元旦", _NAMES["元旦"])
