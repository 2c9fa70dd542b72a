"""Answers made by hand, for tests of what is done with figures."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.buckets import buckets
from lianxi.reports.catalogue import metric_of
from lianxi.reports.questions import Answer, Key, Question, Row, Width
from lianxi.reports.windows import Window, day

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 21)
AS_OF = Instant(day(DAY, ZONE).ends_at + 3_600_000)

Values = Mapping[str, float | int | None]


def an_answer(
    *rows: tuple[Mapping[Key, str], Values],
    metrics: tuple[str, ...] = ("asa",),
    window: Window | None = None,
    by: tuple[Key, ...] = (),
    only: Mapping[Key, tuple[str, ...]] | None = None,
    sums: Mapping[str, Mapping[str, float]] | None = None,
    identities: Mapping[str, float] | None = None,
) -> Answer:
    """An answer about one whole day: one row per group.

    Args:
        rows: keys and values of each group.
        sums: by the value of the first key.
    """
    wanted = window or day(DAY, ZONE)
    question = Question(metrics=metrics, window=wanted, by=by, only=only or {})
    made = tuple(
        Row(
            begins_at=wanted.begins_at,
            ends_at=wanted.ends_at,
            keys=keys,
            sums=(sums or {}).get(next(iter(keys.values()), ""), {}),
            values=values,
        )
        for keys, values in rows
    )
    return _answer(question, made, identities or {"I1": 0})


def a_day_of(
    width: Width, values: Mapping[int, Values], *, metrics: tuple[str, ...], when: date = DAY
) -> Answer:
    """An answer about one day in buckets; those without values have none of any metric."""
    question = Question(metrics=metrics, window=day(when, ZONE), width=width)
    rows = tuple(
        Row(
            begins_at=bucket.window.begins_at,
            ends_at=bucket.window.ends_at,
            keys={},
            sums={},
            values=values.get(place, {}),
        )
        for place, bucket in enumerate(buckets(question.window, width, ZONE))
    )
    return _answer(question, rows, {})


def _answer(question: Question, rows: tuple[Row, ...], identities: Mapping[str, float]) -> Answer:
    metrics = [metric_of(name) for name in question.metrics]
    return Answer(
        question=question,
        as_of=AS_OF,
        zone=ZONE.key,
        rows=rows,
        formulas={metric.id: metric.default.id for metric in metrics},
        identities=identities,
    )
