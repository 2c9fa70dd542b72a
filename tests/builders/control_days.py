"""Days of figures for the control sheet, made by hand: sums in, rows out."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from lianxi.reports.asked import Key, Row
from lianxi.reports.catalogue import metric_of
from lianxi.reports.registry import Metric
from lianxi.reports.windows import day as window_of_day

ZONE = ZoneInfo("Asia/Shanghai")
LAST = date(2026, 11, 20)
"""A Friday."""


def metrics(*numbers: str) -> tuple[Metric, ...]:
    return tuple(metric_of(number) for number in numbers)


def row(day: date, of: tuple[Metric, ...], sums: Mapping[str, float], queue: str = "") -> Row:
    """One day: every metric computed from the sums by its own formula."""
    window = window_of_day(day, ZONE)
    return Row(
        begins_at=window.begins_at,
        ends_at=window.ends_at,
        keys={Key.QUEUE: queue} if queue else {},
        sums=dict(sums),
        values={metric.id: metric.default.expression.value(sums) for metric in of},
    )


def day(back: int) -> date:
    """So many days before the last one."""
    return LAST - timedelta(days=back)


def days(of: tuple[Metric, ...], by_day: Mapping[date, Mapping[str, float]]) -> dict[date, Row]:
    """Rows by day, oldest first."""
    return {when: row(when, of, sums) for when, sums in sorted(by_day.items())}
