"""A question becomes an answer: one way for board, report, export and metrics for monitoring."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.buckets import Bucket, buckets
from lianxi.reports.catalogue import metric_of
from lianxi.reports.engines import KEPT, Engine
from lianxi.reports.identities import IDENTITIES, needed_by, residuals
from lianxi.reports.measures import MEASURES, Mart, Together
from lianxi.reports.offers import OFFERED_KEYS
from lianxi.reports.orders import orders
from lianxi.reports.questions import Answer, Question, Row
from lianxi.reports.registry import Formula, Metric, Unit
from lianxi.reports.terms import Sums

Group = tuple[int, tuple[str, ...]]
"""A bucket's number and the values of the keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A metric of a question, with the formula that was asked for."""

    metric: Metric
    formula: Formula
    is_known: bool
    """There are facts for it, told apart as asked."""


def choose(question: Question, marts: frozenset[Mart]) -> tuple[Chosen, ...]:
    """The metrics of a question.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    keys = frozenset(question.by) | frozenset(question.only)
    found = []
    for name in question.metrics:
        metric = metric_of(name)
        formula = metric.formula(
            question.formulas.get(metric.id) or question.formulas.get(metric.no or metric.id)
        )
        is_known = all(
            mart in marts and keys <= OFFERED_KEYS.get(mart, frozenset()) for mart in formula.marts
        )
        found.append(Chosen(metric=metric, formula=formula, is_known=is_known))
    return tuple(found)


async def ask(
    engine: Engine,
    question: Question,
    *,
    as_of: Instant,
    zone: ZoneInfo,
    keeper: Engine | None = None,
) -> Answer:
    """Compute the figures of a question.

    Args:
        as_of: until when open stretches of work are counted; for a closed day its end or later.
        zone: the centre's: where days, weeks and months begin.
        keeper: computes what modules keep (`KEPT`); the engine itself unless given.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    chosen = choose(question, engine.marts)
    measures = measures_of(question, engine.marts)
    pieces = buckets(question.window, question.width, zone)
    sums: dict[Group, dict[str, float]] = {}
    for one, its in _shared_out(measures, engine, keeper):
        await _add_sums(sums, one, question, its, pieces, as_of=as_of, zone=zone)
    return Answer(
        question=question,
        as_of=as_of,
        zone=zone.key,
        rows=tuple(_rows(question, chosen, pieces, sums)),
        formulas={one.metric.id: one.formula.id for one in chosen},
        identities=residuals(added(sums.values()), frozenset(measures)),
    )


def measures_of(question: Question, marts: frozenset[Mart]) -> tuple[str, ...]:
    """Of the metrics that are known, and of the identities that can be looked at beside them.

    Args:
        marts: those there are tables for.

    Raises:
        KeyError: there is no such metric, or it has no such formula.
    """
    chosen = choose(question, marts)
    needs = {need for one in chosen if one.is_known for need in one.formula.expression.needs}
    keys = frozenset(question.by) | frozenset(question.only)
    for identity in IDENTITIES:
        its = needed_by(identity)
        if its & needs and all(
            MEASURES[need].mart in marts and keys <= OFFERED_KEYS.get(MEASURES[need].mart, keys)
            for need in its
        ):
            needs |= its
    return tuple(sorted(needs, key=lambda need: (MEASURES[need].mart.value, need)))


def _shared_out(
    measures: Sequence[str], engine: Engine, keeper: Engine | None
) -> list[tuple[Engine, tuple[str, ...]]]:
    """Who computes which of the sums."""
    if keeper is None:
        return [(engine, tuple(measures))]
    kept = tuple(name for name in measures if MEASURES[name].mart in KEPT)
    return [(engine, tuple(name for name in measures if name not in kept)), (keeper, kept)]


async def _add_sums(
    found: dict[Group, dict[str, float]],
    engine: Engine,
    question: Question,
    measures: tuple[str, ...],
    pieces: Sequence[Bucket],
    *,
    as_of: Instant,
    zone: ZoneInfo,
) -> None:
    # In a thread: a kind of question that is new is compiled meanwhile.
    asked = await asyncio.to_thread(
        orders,
        engine.dialect,
        question,
        measures,
        pieces,
        as_of=as_of,
        zone=zone,
        shelf=engine.shelf,
    )
    for order in asked:
        for row in await engine.rows(order.sql, order.given):
            group = (int(row["bucket"]), tuple(str(row[f"key_{key}"]) for key in question.by))
            _add(found.setdefault(group, {}), {name: row[name] for name in order.measures})


def _add(to: dict[str, float], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if value is None:
            continue
        if MEASURES[name].together is Together.MAX:
            to[name] = max(to.get(name, 0.0), float(value))
        else:
            to[name] = to.get(name, 0.0) + float(value)


def added(sums: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Sums of several groups as those of one."""
    whole: dict[str, float] = defaultdict(float)
    for one in sums:
        _add(whole, one)
    return dict(whole)


def _rows(
    question: Question,
    chosen: Sequence[Chosen],
    pieces: Sequence[Bucket],
    sums: Mapping[Group, dict[str, float]],
) -> Iterable[Row]:
    """Oldest first, then by the keys; where nothing is told apart, with the empty buckets."""
    groups = sorted(sums)
    if not question.by:
        groups = [(piece.number, ()) for piece in pieces]
    when = {piece.number: piece.window for piece in pieces}
    for number, keys in groups:
        own = sums.get((number, keys), {})
        yield Row(
            begins_at=when[number].begins_at,
            ends_at=when[number].ends_at,
            keys=dict(zip(question.by, keys, strict=True)),
            sums=own,
            values={one.metric.id: value_of(one, own) for one in chosen},
        )


def empty_row(question: Question) -> Row:
    """The figures of a group in which nothing happened, in one bucket: the window."""
    return Row(
        begins_at=question.window.begins_at,
        ends_at=question.window.ends_at,
        keys={},
        sums={},
        values={one.metric.id: value_of(one, {}) for one in choose(question, frozenset(Mart))},
    )


def value_of(chosen: Chosen, sums: Sums) -> float | int | None:
    """The value of a metric from sums; None where it is not known or divided by nothing."""
    if not chosen.is_known:
        return None
    value = chosen.formula.expression.value(sums)
    if value is None or chosen.metric.unit is not Unit.COUNT:
        return value
    return round(value)
