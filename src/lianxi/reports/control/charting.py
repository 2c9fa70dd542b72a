"""A metric's chart, and freezing its limits. The caller owns the transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.charts.basis import basis
from lianxi.reports.charts.kinds import BASELINE_FROM, Kind, Sample, TooFewPoints
from lianxi.reports.charts.rare import between_events
from lianxi.reports.charts.rules import BY_DEFAULT, SELECTABLE
from lianxi.reports.charts.season import without_season
from lianxi.reports.control.about import About
from lianxi.reports.control.contracts import FrozenBaseline, Goal
from lianxi.reports.control.errors import BaselineTooShort, RuleUnknown
from lianxi.reports.control.history import History, Judged, history, kind_of, seasons_of
from lianxi.reports.control.repository import BaselineRepository
from lianxi.reports.control.steps import stepped
from lianxi.reports.control.targets import goal_on
from lianxi.reports.questions import Answer, Question, Width
from lianxi.reports.registry import Formula, Metric
from lianxi.reports.windows import Window, day

Answers = Callable[[Question], Awaitable[Answer]]
"""Where questions are answered, within what the asking person may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which chart."""

    metric: Metric
    formula: Formula
    about: About = field(default_factory=About)
    begins_on: date
    ends_on: date
    """The last day of it."""
    width: Width = Width.DAY
    kind: Kind | None = None
    """None = the one that fits the metric."""
    rules: tuple[str, ...] = BY_DEFAULT

    def window(self, zone: ZoneInfo) -> Window:
        """From the first midnight to the last."""
        return Window(
            begins_at=day(self.begins_on, zone).begins_at, ends_at=day(self.ends_on, zone).ends_at
        )

    def question(self, zone: ZoneInfo) -> Question:
        """What is asked of the figures."""
        return Question(
            metrics=(self.metric.id,),
            window=self.window(zone),
            width=self.width,
            only=self.about.only,
            formulas={self.metric.id: self.formula.id},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """A chart and what it was judged by."""

    wanted: Wanted
    shown: History
    judged: Judged
    frozen: FrozenBaseline | None
    """The one that counts for new days."""
    goal: Goal
    """What is wanted on the last day of the chart."""
    answer: Answer


async def chart(
    session: AsyncSession,
    answers: Answers,
    wanted: Wanted,
    *,
    zone: ZoneInfo,
    is_whole: bool = True,
) -> Charted:
    """The chart of a metric.

    Args:
        answers: within what the person may see.
        is_whole: the person sees all of the scope; otherwise its frozen limits say nothing.

    Raises:
        RuleUnknown: there is no such rule.
    """
    if unknown := [rule for rule in wanted.rules if rule not in SELECTABLE]:
        raise RuleUnknown(rule=unknown[0])
    answer = await answers(wanted.question(zone))
    # Half a day of calls is a sign of nothing: a stretch has its point when it is over.
    over = [row for row in answer.rows if row.ends_at <= answer.as_of]
    shown = history(wanted.metric, wanted.formula, over, width=wanted.width, zone=zone)
    baselines: list[FrozenBaseline] = []
    # Days vary otherwise than weeks do: limits hold for the width that they were frozen at, and
    # for nobody else than for whom.
    if wanted.width is Width.DAY and is_whole and wanted.about.has_limits:
        baselines = await BaselineRepository(session).of(
            wanted.metric.id, wanted.about.queue, wanted.formula.id
        )
    return Charted(
        wanted=wanted,
        shown=shown,
        judged=stepped(shown, baselines, kind=wanted.kind, rules=wanted.rules),
        frozen=baselines[-1] if baselines else None,
        goal=await goal_on(session, wanted.metric, wanted.ends_on, queue=wanted.about.queue),
        answer=answer,
    )


async def freeze(
    session: AsyncSession,
    answers: Answers,
    wanted: Wanted,
    *,
    zone: ZoneInfo,
    reason: str,
    at: Instant,
    by: Caller,
) -> FrozenBaseline:
    """Compute limits from the days of a baseline, and let them stand from now on.

    Raises:
        BaselineTooShort: fewer than 20 days of it have a figure.
    """
    answer = await answers(wanted.question(zone))
    queue = wanted.about.queue
    past = history(wanted.metric, wanted.formula, answer.rows, width=Width.DAY, zone=zone)
    frozen = _frozen(past, wanted, reason=reason, at=at, by=by)
    baselines = BaselineRepository(session)
    former = await baselines.of(wanted.metric.id, queue, wanted.formula.id)
    baselines.add(frozen)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.BASELINE_FROZEN,
        object=f"metric:{wanted.metric.id}" + (f"@{queue}" if queue else ""),
        before=_told(former[-1]) if former else None,
        after=_told(frozen),
        reason=reason,
    )
    return frozen


def _frozen(
    past: History, wanted: Wanted, *, reason: str, at: Instant, by: Caller
) -> FrozenBaseline:
    kind = wanted.kind or kind_of(wanted.metric)
    seasons = seasons_of(past) if kind is Kind.XMR_SEASONAL else {}
    samples: Sequence[Sample] = past.samples
    if seasons:
        samples = without_season(past.samples, past.places, seasons)
    elif kind is Kind.XMR_SEASONAL:
        kind = Kind.XMR
    elif kind is Kind.G:
        samples = between_events(past.samples)
    try:
        found = basis(kind, samples)
    except TooFewPoints as few:
        raise BaselineTooShort(points=0, least=BASELINE_FROM) from few
    if found.points < BASELINE_FROM:
        raise BaselineTooShort(points=found.points, least=BASELINE_FROM)
    return FrozenBaseline(
        metric=wanted.metric.id,
        queue=wanted.about.queue,
        formula=wanted.formula.id,
        begins_on=wanted.begins_on,
        ends_on=wanted.ends_on,
        basis=found,
        seasons=seasons,
        frozen_by=by.user,
        frozen_by_name=by.name,
        at=at,
        reason=reason,
    )


def _told(frozen: FrozenBaseline) -> dict[str, str | float]:
    return {
        "from": frozen.begins_on.isoformat(),
        "to": frozen.ends_on.isoformat(),
        "formula": frozen.formula,
        "centre": frozen.basis.centre,
        "sigma": frozen.basis.sigma,
    }
