"""Figures of a window: one question to the database, every value with its formula id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import METRICS
from lianxi.reports.registry import Unit
from lianxi.reports.statement import Dialect, compiled
from lianxi.reports.windows import Window, day_of

I1_RIGHT = (
    "part_answered",
    "part_long",
    "part_short",
    "part_flow_out",
    "part_system",
    "part_waiting",
)
"""The right side of I1: everything that can become of an offered call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue:
    """One printed figure."""

    id: str
    name: str
    name_en: str
    unit: Unit
    value: float | int | None
    """None where there is nothing to divide by."""
    formula: str
    formula_text: str
    population: str
    target: float | None
    residual: int | None = None
    """Of identity I1, where it is not zero: the figures do not add up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All metrics of one window, for one queue or for the centre."""

    window: Window
    as_of: Instant
    queue: QueueId | None
    metrics: tuple[MetricValue, ...]
    identity: dict[str, int]
    """Residuals by identity; zero when the figures add up."""

    def value(self, metric: str) -> float | int | None:
        """The value of one metric.

        Raises:
            KeyError: there is no such metric.
        """
        for found in self.metrics:
            if found.id == metric:
                return found.value
        raise KeyError(metric)


async def figures(
    session: AsyncSession,
    window: Window,
    *,
    as_of: Instant,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """Compute all metrics of a window from the fact tables.

    Args:
        as_of: until when open stretches of work are counted; for a closed day its end or later.
        queue: one queue; None for the centre, computed from sums.
        formulas: formula id by metric id, where not the default is wanted.

    Raises:
        KeyError: a metric has no formula of that id.
    """
    found = await session.execute(
        text(await compiled(Dialect.POSTGRES)),
        {
            "begins_at": window.begins_at,
            "ends_at": window.ends_at,
            "as_of": as_of,
            "wanted_queue": queue,
        },
    )
    return shaped(found.mappings().one(), window, as_of=as_of, queue=queue, formulas=formulas)


async def today(
    session: AsyncSession,
    *,
    now: Instant,
    zone: ZoneInfo,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """The figures of the civil day that `now` lies in, so far."""
    return await figures(session, day_of(now, zone), as_of=now, queue=queue, formulas=formulas)


def shaped(
    row: Mapping[Any, Any],
    window: Window,
    *,
    as_of: Instant,
    queue: QueueId | None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """Turn the one row of the statement into figures, whichever engine computed it.

    Raises:
        KeyError: a metric has no formula of that id.
    """
    wanted = formulas or {}
    residual = int(row["part_offered"]) - sum(int(row[part]) for part in I1_RIGHT)
    values = []
    for metric in METRICS:
        formula = metric.formula(wanted.get(metric.id))
        raw = row[formula.id]
        is_offered = metric.id == "offered"
        values.append(
            MetricValue(
                id=metric.id,
                name=metric.name,
                name_en=metric.name_en,
                unit=metric.unit,
                value=_number(raw, metric.unit),
                formula=formula.id,
                formula_text=formula.text,
                population=metric.population,
                target=metric.target,
                residual=residual if is_offered and residual else None,
            )
        )
    return Figures(
        window=window, as_of=as_of, queue=queue, metrics=tuple(values), identity={"I1": residual}
    )


def _number(raw: Any, unit: Unit) -> float | int | None:
    if raw is None:
        return None
    return int(raw) if unit is Unit.COUNT else float(raw)
