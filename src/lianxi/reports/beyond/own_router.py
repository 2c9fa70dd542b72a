"""HTTP for one's own figures against the target and the team's median."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.reports.beyond.own import own_figures
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.goals import Standing, standing_of
from lianxi.reports.control.wanted import wanted_of
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.registry import Direction, Unit
from lianxi.reports.repository import queues_of_team
from lianxi.reports.windows import Window, local_day
from lianxi.reports.windows import day as window_of_day

router = APIRouter(prefix="/metrics", tags=["reports"])


class Span(StrEnum):
    """Until now, from the beginning of: the day, the week (Monday), the month."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"


class OwnFigureOut(BaseModel):
    """One metric: one's own figure, what is wanted, what half of the team is above."""

    metric: str
    name: str
    name_en: str
    unit: Unit
    direction: Direction
    meaning: str
    meaning_en: str
    value: float | int | None
    target: float | None
    standing: Standing | None
    team_median: float | None
    """None: fewer than three of the team have a figure."""
    team_size: int


class OwnFiguresOut(BaseModel):
    """One's own figures; empty for those who take no calls."""

    agent: str | None
    begins_at: int
    ends_at: int
    as_of: int
    figures: list[OwnFigureOut]


@router.get(
    "/own",
    operation_id="read_own_figures",
    responses=refusals(NotSignedIn, Forbidden),
)
async def read_own_figures(
    caller: Annotated[Caller, needs(Permission.REPORTS_READ)],
    uow: UnitOfWork,
    asks: Annotated[Inquiries, provided(Inquiries)],
    zone: Annotated[ZoneInfo, provided(ZoneInfo)],
    now: Now,
    span: Span = Span.TODAY,
) -> OwnFiguresOut:
    """One's own figures against what is wanted and the median of one's team."""
    window = window_of(span, local_day(now, zone), zone)
    if caller.agent is None:
        return OwnFiguresOut(
            agent=None, begins_at=window.begins_at, ends_at=window.ends_at, as_of=now, figures=[]
        )
    team = {} if caller.team is None else await queues_of_team(uow, caller.team)
    found, answer = await own_figures(asks, agent=caller.agent, team=team, window=window)
    wanted = await wanted_of(uow, answer.question, zone)
    figures = []
    for each in found:
        metric, goal = metric_of(each.metric), wanted.of(each.metric)
        figures.append(
            OwnFigureOut(
                metric=metric.id,
                name=metric.name,
                name_en=metric.name_en,
                unit=metric.unit,
                direction=metric.direction,
                meaning=metric.meaning,
                meaning_en=metric.meaning_en,
                value=each.value,
                target=goal.target,
                standing=standing_of(each.value, metric, goal),
                team_median=each.team_median,
                team_size=each.team_size,
            )
        )
    return OwnFiguresOut(
        agent=caller.agent,
        begins_at=window.begins_at,
        ends_at=window.ends_at,
        as_of=answer.as_of,
        figures=figures,
    )


def window_of(span: Span, today: date, zone: ZoneInfo) -> Window:
    """From the first day of the span to the end of today."""
    first = {
        Span.TODAY: today,
        Span.WEEK: today - timedelta(days=today.weekday()),
        Span.MONTH: today.replace(day=1),
    }[span]
    ends_at = window_of_day(today, zone).ends_at
    return Window(begins_at=window_of_day(first, zone).begins_at, ends_at=ends_at)
