"""HTTP for control charts of metrics, their baselines, and targets."""

from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import QueueId
from lianxi.reports.catalogue import metric_of
from lianxi.reports.charts.kinds import Kind
from lianxi.reports.charts.rules import BY_DEFAULT
from lianxi.reports.control import charting, targets
from lianxi.reports.control.about import is_own_team, keys_of, sees_all_of
from lianxi.reports.control.charting import Wanted
from lianxi.reports.control.contracts import Goal, TargetVersion
from lianxi.reports.control.errors import (
    BaselineTooShort,
    ChartNotToldApart,
    RuleUnknown,
    TargetChangedMeanwhile,
    TargetInThePast,
    TargetInvalid,
)
from lianxi.reports.control.goals import goal_of, in_force
from lianxi.reports.control.shapes import (
    AskedAbout,
    BaselineOut,
    ChartOut,
    GoalOut,
    ScopeTargetsOut,
    TargetsOut,
    about_of,
    baseline_out,
    chart_out,
    version_out,
)
from lianxi.reports.errors import FormulaUnknown, MetricUnknown, QuestionTooLarge, WindowInvalid
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Width
from lianxi.reports.registry import Formula, Metric
from lianxi.reports.scope import NothingToSee, narrowed, sight_of
from lianxi.reports.shapes import viewer_of
from lianxi.reports.sizes import rows_expected
from lianxi.reports.windows import local_day

router = APIRouter(prefix="/metrics", tags=["reports"])

Reader = Annotated[Caller, needs(Permission.REPORTS_READ)]
Setter = Annotated[Caller, needs(Permission.TARGETS_EDIT)]
Asks = Annotated[Inquiries, provided(Inquiries)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]
DAYS_SHOWN = 60
POINTS_AT_MOST = 2_000
"""Five years of days, twenty of quarters of an hour; more is no chart that anybody reads."""


class TargetIn(BaseModel):
    """What is wanted of a metric from a day on; ratios 0 to 1. An empty field wants nothing."""

    model_config = ConfigDict(extra="forbid")

    queue: Short | None = None
    effective_from: date
    target: float | None = None
    alarm_low: float | None = None
    alarm_high: float | None = None
    seen: Annotated[int, Field(ge=0)]
    """The number of the newest version that was read; 0 = there was none."""


class BaselineIn(BaseModel):
    """Days whose limits shall stand from now on."""

    model_config = ConfigDict(extra="forbid")

    queue: Short | None = None
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to", description="The last day, included.")]
    formula: Short | None = None
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


@router.get(
    "/{metric}/chart",
    operation_id="read_metric_chart",
    response_model=ChartOut,
    responses=refusals(
        NotSignedIn, Forbidden, NothingToSee, MetricUnknown, FormulaUnknown, WindowInvalid,
        QuestionTooLarge, RuleUnknown, ChartNotToldApart,
    ),
)  # fmt: skip
async def read_metric_chart(
    metric: Short,
    caller: Reader,
    uow: UnitOfWork,
    asks: Asks,
    zone: Zone,
    about: AskedAbout,
    first: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to", description="This day is left out.")] = None,
    width: Width = Width.DAY,
    formula: Short | None = None,
    kind: Kind | None = None,
    rules: Annotated[list[Short] | None, Query(max_length=20)] = None,
) -> object:
    """A metric against its own history: its limits are what is to be expected, not what is wanted.

    Of the centre, or of a queue, a team, an agent, a number; of what fits all of them where several
    are given. Without days: the sixty before today.
    """
    found, by = _named(metric, formula)
    ends = until or local_day(asks.now(), zone)
    wanted = Wanted(
        metric=found,
        formula=by,
        about=about,
        begins_on=first or ends - timedelta(days=DAYS_SHOWN),
        ends_on=ends - timedelta(days=1),
        width=width,
        kind=kind,
        rules=BY_DEFAULT if rules is None else tuple(dict.fromkeys(rules)),
    )
    answers, is_whole = await _answers(caller, uow, asks, wanted, zone)
    charted = await charting.chart(uow, answers, wanted, zone=zone, is_whole=is_whole)
    return chart_out(charted)


@router.post(
    "/{metric}/baseline",
    operation_id="freeze_metric_baseline",
    response_model=BaselineOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, NothingToSee, MetricUnknown, FormulaUnknown,
        WindowInvalid, QuestionTooLarge, BaselineTooShort, ChartNotToldApart,
    ),
)  # fmt: skip
async def freeze_metric_baseline(
    metric: Short,
    body: BaselineIn,
    caller: Setter,
    uow: UnitOfWork,
    asks: Asks,
    zone: Zone,
    now: Now,
) -> object:
    """Compute limits from these days and let them stand; who did it, and why, stays written."""
    found, by = _named(metric, body.formula)
    wanted = Wanted(
        metric=found,
        formula=by,
        about=about_of(body.queue),
        begins_on=body.first,
        ends_on=body.last,
    )
    answers, _ = await _answers(caller, uow, asks, wanted, zone)
    frozen = await charting.freeze(
        uow, answers, wanted, zone=zone, reason=body.reason, at=now, by=caller
    )
    return baseline_out(frozen)


@router.get(
    "/{metric}/targets",
    operation_id="list_metric_targets",
    response_model=TargetsOut,
    responses=refusals(NotSignedIn, Forbidden, MetricUnknown),
)
async def list_metric_targets(
    metric: Short, caller: Reader, uow: UnitOfWork, asks: Asks, zone: Zone
) -> object:
    """What is wanted of a metric: of the centre and of queues, now and before."""
    found, _ = _named(metric, None)
    return _targets(found, await targets.versions(uow, found), local_day(asks.now(), zone))


@router.put(
    "/{metric}/targets",
    operation_id="set_metric_target",
    response_model=TargetsOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, MetricUnknown, TargetInvalid, TargetInThePast,
        TargetChangedMeanwhile,
    ),
)  # fmt: skip
async def set_metric_target(
    metric: Short, body: TargetIn, caller: Setter, uow: UnitOfWork, asks: Asks, zone: Zone
) -> object:
    """Set a target: a new version from a day on; earlier days keep the one they were judged by."""
    found, _ = _named(metric, None)
    today = local_day(asks.now(), zone)
    await targets.put(
        uow,
        found,
        Goal(target=body.target, alarm_low=body.alarm_low, alarm_high=body.alarm_high),
        queue=None if body.queue is None else QueueId(body.queue),
        effective_from=body.effective_from,
        seen=body.seen,
        today=today,
        at=asks.now(),
        by=caller,
    )
    return _targets(found, await targets.versions(uow, found), today)


def _named(metric: str, formula: str | None) -> tuple[Metric, Formula]:
    try:
        found = metric_of(metric)
    except KeyError:
        raise MetricUnknown(metric=metric) from None
    try:
        return found, found.formula(formula)
    except KeyError:
        raise FormulaUnknown(formula=formula) from None


async def _answers(
    caller: Caller, uow: UnitOfWork, asks: Inquiries, wanted: Wanted, zone: ZoneInfo
) -> tuple[charting.Answers, bool]:
    """Where questions are answered for this person; whether all of the scope is seen."""
    if wanted.ends_on < wanted.begins_on:
        raise WindowInvalid
    if untold := [key for key in wanted.about.only if key not in keys_of(wanted.formula)]:
        raise ChartNotToldApart(key=untold[0].value)
    if rows_expected(wanted.question(zone)) > POINTS_AT_MOST:
        raise QuestionTooLarge(at_most=POINTS_AT_MOST)
    viewer = viewer_of(caller)
    sight = await sight_of(uow, viewer)
    if sight is None:
        return asks.answer, True
    if not is_own_team(wanted.about, viewer):
        raise NothingToSee
    is_whole = sees_all_of(wanted.about, viewer, sight)
    return lambda question: asks.answer(narrowed(question, sight)), is_whole


def _targets(metric: Metric, versions: list[TargetVersion], today: date) -> TargetsOut:
    queues = dict.fromkeys((None, *(version.queue for version in versions)))
    scopes = []
    for queue in queues:
        own = [version for version in versions if version.queue == queue]
        goal = goal_of(metric, in_force(versions, today, queue=queue))
        scopes.append(
            ScopeTargetsOut(
                queue=queue,
                number=own[-1].number if own else 0,
                in_force=GoalOut.model_validate(goal),
                versions=[version_out(version) for version in own],
            )
        )
    default = GoalOut.model_validate(goal_of(metric, None))
    return TargetsOut(metric=metric.id, default=default, scopes=scopes)
