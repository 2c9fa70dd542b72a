"""HTTP for figures that are no sums of one window."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.reports.beyond.agents import occupancy_of_agents
from lianxi.reports.beyond.rolling import LONGEST_DAYS, rolling
from lianxi.reports.catalogue import metric_of
from lianxi.reports.errors import FormulaUnknown, MetricUnknown, QuestionTooLarge, WindowInvalid
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.metrics.presence import OCCUPANCY
from lianxi.reports.questions import Key, Question
from lianxi.reports.registry import Source, Unit
from lianxi.reports.scope import NothingToSee, within
from lianxi.reports.shapes import viewer_of
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of_day

router = APIRouter(prefix="/metrics", tags=["reports"])

Reader = Annotated[Caller, needs(Permission.REPORTS_READ)]
Asks = Annotated[Inquiries, provided(Inquiries)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]
First = Annotated[date, Query(alias="from")]
Until = Annotated[date, Query(alias="to", description="This day is left out.")]
DAYS_AT_MOST = 400
"""Between the first day and the last; with the days before them two years at most."""


class AgentsMeanOut(BaseModel):
    """The mean of the agents' own figures, and the figure of all of them together."""

    metric: str
    formula: str
    formula_text: str
    formula_text_en: str
    value: float | None
    agents: int
    """How many have a figure."""
    of_sums: float | None
    of_sums_formula: str
    as_of: int


class RolledOut(BaseModel):
    """The figure of the window that ends with a day."""

    day: date
    begins_on: date
    value: float | None


class RollingOut(BaseModel):
    """A metric over a window that rolls from day to day."""

    metric: str
    formula: str
    unit: Unit
    source: Source
    days: int
    points: list[RolledOut]
    as_of: int
    gaps: list[tuple[int, int, str]]


@router.get(
    "/occupancy/agents-mean",
    operation_id="read_agents_mean",
    response_model=AgentsMeanOut,
    responses=refusals(NotSignedIn, Forbidden, NothingToSee, WindowInvalid, QuestionTooLarge),
)
async def read_agents_mean(
    caller: Reader,
    uow: UnitOfWork,
    asks: Asks,
    zone: Zone,
    first: First,
    until: Until,
    team: Short | None = None,
) -> object:
    """Occupancy as the mean of agents, beside that of all of them together."""
    only = {} if team is None else {Key.TEAM: (team,)}
    # Told apart by agent, so that it is narrowed to the agents whom the caller may see.
    asked = Question(
        metrics=(OCCUPANCY.id,), window=_window(first, until, zone), by=(Key.AGENT,), only=only
    )
    found = await occupancy_of_agents(asks, await within(uow, asked, viewer_of(caller)))
    return AgentsMeanOut(
        metric=OCCUPANCY.id,
        formula=found.formula.id,
        formula_text=found.formula.text,
        formula_text_en=found.formula.in_english,
        value=found.value,
        agents=found.agents,
        of_sums=found.of_sums,
        of_sums_formula=OCCUPANCY.default.id,
        as_of=found.answer.as_of,
    )


@router.get(
    "/{metric}/rolling",
    operation_id="read_rolling_metric",
    response_model=RollingOut,
    responses=refusals(
        NotSignedIn, Forbidden, NothingToSee, MetricUnknown, FormulaUnknown, WindowInvalid,
        QuestionTooLarge,
    ),
)  # fmt: skip
async def read_rolling_metric(
    metric: Short,
    caller: Reader,
    uow: UnitOfWork,
    asks: Asks,
    zone: Zone,
    first: First,
    until: Until,
    days: Annotated[int | None, Field(ge=1, le=LONGEST_DAYS)] = None,
    formula: Short | None = None,
    queue: Short | None = None,
) -> object:
    """A metric of each day and the days before it, computed from the sums of all of them.

    Without `days`: as many as the metric's own rule asks for, else thirty.
    """
    try:
        known = metric_of(metric)
    except KeyError:
        raise MetricUnknown(metric=metric) from None
    try:
        by = known.formula(formula)
    except KeyError:
        raise FormulaUnknown(formula=str(formula)) from None
    asked = Question(
        metrics=(known.id,),
        window=_window(first, until, zone),
        only={} if queue is None else {Key.QUEUE: (queue,)},
        formulas={known.id: by.id},
    )
    many = days or known.rolling_days or 30
    question = await within(uow, asked, viewer_of(caller))
    points, answer = await rolling(asks, question, days=many, first=first)
    return RollingOut(
        metric=known.id,
        formula=by.id,
        unit=known.unit,
        source=known.source,
        days=many,
        points=[RolledOut(day=one.day, begins_on=one.begins_on, value=one.value) for one in points],
        as_of=answer.as_of,
        gaps=[(int(begins), int(ends), why) for begins, ends, why in answer.gaps],
    )


def _window(first: date, until: date, zone: ZoneInfo) -> Window:
    if until <= first:
        raise WindowInvalid
    if (until - first).days > DAYS_AT_MOST:
        raise QuestionTooLarge(at_most=DAYS_AT_MOST)
    return Window(
        begins_at=window_of_day(first, zone).begins_at,
        ends_at=window_of_day(until, zone).begins_at,
    )
