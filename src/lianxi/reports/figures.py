"""The handful of figures that boards and terminals print: of one queue, or of the centre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import metric_of
from lianxi.reports.computing import ask, empty_row
from lianxi.reports.engines import Engine, Postgres
from lianxi.reports.questions import Answer, Key, Question, Row, Width
from lianxi.reports.registry import Unit
from lianxi.reports.windows import Window, day_of

BOARD = (
    "offered",
    "answered",
    "abandoned",
    "short_abandoned",
    "service_level",
    "asa",
    "aht",
)
"""What boards show, in their order."""


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
    """Metrics of one window, for one queue or for the centre."""

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
    engine: Engine,
    window: Window,
    *,
    as_of: Instant,
    zone: ZoneInfo,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
    metrics: Sequence[str] = BOARD,
) -> Figures:
    """Compute metrics of a window.

    Args:
        as_of: until when open stretches of work are counted; for a closed day its end or later.
        queue: one queue; None for the centre, computed from sums.
        formulas: formula id by metric id, where not the default is wanted.

    Raises:
        KeyError: a metric has no formula of that id.
    """
    question = Question(
        metrics=tuple(metrics),
        window=window,
        only={} if queue is None else {Key.QUEUE: (queue,)},
        formulas=formulas or {},
    )
    answer = await ask(engine, question, as_of=as_of, zone=zone)
    return shown(answer, answer.rows[0], queue=queue)


async def today(
    session: AsyncSession,
    *,
    now: Instant,
    zone: ZoneInfo,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """The figures of the civil day that `now` lies in, so far."""
    return await figures(
        Postgres(session), day_of(now, zone), as_of=now, zone=zone, queue=queue, formulas=formulas
    )


async def board(
    session: AsyncSession,
    queues: Sequence[QueueId],
    *,
    now: Instant,
    zone: ZoneInfo,
    metrics: Sequence[str] = BOARD,
    window: Window | None = None,
) -> dict[QueueId | None, Figures]:
    """Figures of each of these queues, and under None of the centre: two statements.

    Args:
        metrics: which.
        window: of this time; None = today so far.
    """
    engine, window = Postgres(session), window or day_of(now, zone)
    each = Question(metrics=tuple(metrics), window=window, width=Width.WHOLE, by=(Key.QUEUE,))
    answer = await ask(engine, each, as_of=now, zone=zone)
    rows = {row.keys[Key.QUEUE]: row for row in answer.rows}
    quiet = empty_row(each)
    found: dict[QueueId | None, Figures] = {
        None: await figures(engine, window, as_of=now, zone=zone, metrics=metrics)
    }
    for queue in queues:
        found[queue] = shown(answer, rows.get(queue, quiet), queue=queue)
    return found


def shown(answer: Answer, row: Row, *, queue: QueueId | None) -> Figures:
    """One row of an answer as printed figures."""
    residual = round(answer.identities.get("I1", 0.0))
    values = []
    for name in answer.question.metrics:
        metric = metric_of(name)
        formula = metric.formula(answer.formulas[metric.id])
        is_offered = metric.id == "offered"
        values.append(
            MetricValue(
                id=metric.id,
                name=metric.name,
                name_en=metric.name_en,
                unit=metric.unit,
                value=row.values[metric.id],
                formula=formula.id,
                formula_text=formula.text,
                population=metric.population,
                target=metric.target,
                residual=residual if is_offered and residual else None,
            )
        )
    identity = {name: round(value) for name, value in answer.identities.items()}
    return Figures(
        window=answer.question.window,
        as_of=answer.as_of,
        queue=queue,
        metrics=tuple(values),
        identity=identity,
    )
