"""Days of figures for charts and the control sheet, made by hand: sums in, rows out."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import metric_of
from lianxi.reports.questions import Answer, Key, Question, Row
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


class MadeInquiries:
    """Answers questions about days made by hand, of the centre ("") and of queues."""

    zone = ZONE

    def __init__(
        self, made: Mapping[str, Mapping[date, Mapping[str, float]]], *, now: Instant
    ) -> None:
        self.made = made
        self._now = now

    def now(self) -> Instant:
        """A moment that stands still."""
        return self._now

    async def answer(self, question: Question, *, as_of: Instant | None = None) -> Answer:
        """The days of the window, of the queues that are asked for."""
        of = tuple(metric_of(name) for name in question.metrics)
        queues = question.only.get(Key.QUEUE, ("",))
        if question.by:
            queues = tuple(queue for queue in self.made if queue)
        rows = tuple(
            made
            for queue in queues
            for made in self._rows(queue, of)
            if question.window.begins_at <= made.begins_at < question.window.ends_at
        )
        formulas = {metric.id: metric.default.id for metric in of}
        return Answer(
            question=question, as_of=as_of or self._now, zone=ZONE.key, rows=rows,
            formulas=formulas, identities={},
        )  # fmt: skip

    def _rows(self, queue: str, of: tuple[Metric, ...]) -> Iterable[Row]:
        for when, sums in sorted(self.made.get(queue, {}).items()):
            yield row(when, of, sums, queue)
