"""What a fixed form is: a declaration of its figures, its time and how it is arranged."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lianxi.reports.questions import Key, Width
from lianxi.reports.windows import Window, day


class Period(StrEnum):
    """The time one sheet is about."""

    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"


class Before(StrEnum):
    """What a sheet is compared with."""

    NOTHING = "nothing"
    WEEK = "week"
    """The same days, a week earlier: weekdays differ more than weeks do."""
    PERIOD = "period"
    """The period before."""


class Extra(StrEnum):
    """What a sheet has besides its figures."""

    NOTHING = "nothing"
    TRANSFERS = "transfers"
    """Who handed on how often, how and why."""
    PEAK = "peak"
    """When the figure that is drawn was highest."""
    PARETO = "pareto"
    """Reasons of contacts by weight, instead of the plain figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One fixed form."""

    id: str
    title: str
    title_en: str
    about: str
    about_en: str
    period: Period
    metrics: tuple[str, ...]
    """By id or number, in the order of the columns."""
    width: Width = Width.WHOLE
    by: tuple[Key, ...] = ()
    before: Before = Before.NOTHING
    curve: str = ""
    """Id of the metric that is drawn over time."""
    as_list: bool = False
    extra: Extra = Extra.NOTHING


def window_of(period: Period, when: date, zone: ZoneInfo) -> Window:
    """The period that a day lies in."""
    match period:
        case Period.DAY:
            return day(when, zone)
        case Period.WEEK:
            first = when - timedelta(days=when.weekday())
            return _between(first, first + timedelta(days=7), zone)
        case Period.MONTH:
            first = when.replace(day=1)
            return _between(first, _next_month(first), zone)


def before_of(form: Form, when: date, zone: ZoneInfo) -> tuple[Window, timedelta] | None:
    """The time that a sheet is compared with, and how far its days are from those of the sheet.

    The distance is zero where there is but one bucket on either side.
    """
    match form.before:
        case Before.NOTHING:
            return None
        case Before.WEEK:
            week = timedelta(days=7)
            return window_of(form.period, when - week, zone), week
        case Before.PERIOD:
            match form.period:
                case Period.DAY:
                    return window_of(form.period, when - timedelta(days=1), zone), timedelta()
                case Period.WEEK:
                    return window_of(form.period, when - timedelta(days=7), zone), timedelta()
                case Period.MONTH:
                    last = when.replace(day=1) - timedelta(days=1)
                    return window_of(form.period, last, zone), timedelta()


def _between(first: date, after: date, zone: ZoneInfo) -> Window:
    return Window(begins_at=day(first, zone).begins_at, ends_at=day(after, zone).begins_at)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
