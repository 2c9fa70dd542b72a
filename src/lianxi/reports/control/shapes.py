"""How charts, baselines and targets go out."""

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.reports.charts.kinds import Kind
from lianxi.reports.control.about import About
from lianxi.reports.control.charting import Charted
from lianxi.reports.control.contracts import (
    FrozenBaseline,
    TargetVersion,
)
from lianxi.reports.control.history import kind_of
from lianxi.reports.questions import Width
from lianxi.reports.registry import Unit
from lianxi.reports.shapes import FaultOut, faults_out

Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Line = float | None | list[float | None]
"""One figure, or one for each point where they differ."""


def about_of(
    queue: Short | None = None,
    team: Short | None = None,
    agent: Short | None = None,
    number: Short | None = None,
) -> About:
    """What a request asks about: the centre where nothing is given."""
    return About.of(queue, team, agent, number)


AskedAbout = Annotated[About, Depends(about_of)]


class GoalOut(BaseModel):
    """What is wanted, in the metric's unit; ratios 0 to 1."""

    model_config = ConfigDict(from_attributes=True)

    target: float | None
    alarm_low: float | None
    alarm_high: float | None


class TargetVersionOut(GoalOut):
    """One version of it."""

    number: int
    effective_from: date
    set_by_name: str
    at: int


class ScopeTargetsOut(BaseModel):
    """Targets of the centre (`queue` is null) or of one queue."""

    queue: str | None
    number: int
    """Of the newest version; 0 = there is none. Give it back as `seen`."""
    in_force: GoalOut
    versions: list[TargetVersionOut]


class TargetsOut(BaseModel):
    """All targets of a metric."""

    metric: str
    default: GoalOut
    scopes: list[ScopeTargetsOut]


class BaselineOut(BaseModel):
    """Limits that somebody froze."""

    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to", description="The last day, included.")
    points: int
    centre: float
    formula: str
    frozen_by: str
    at: int
    reason: str


class PointOut(BaseModel):
    """One stretch; `value` is null where there was nothing to divide by."""

    begins_at: int
    ends_at: int
    value: float | None
    """What is drawn: the figure, or the weighted mean or the sum of charts with a memory."""
    figure: float | None
    n: float | None
    """What the figure was divided by."""
    signal: list[str]


class SignalOut(BaseModel):
    """A rule that fired, from the beginning of its first stretch to that of its last."""

    rule: str
    first: int = Field(serialization_alias="from")
    last: int = Field(serialization_alias="to")
    text: str
    text_en: str


class ChartOut(BaseModel):
    """A control chart. Limits are aligned with the points where they differ from point to point."""

    kind: Kind
    metric: str
    unit: Unit
    formula: str
    width: Width
    points: list[PointOut]
    centre: Line
    lower: Line
    upper: Line
    baseline: BaselineOut | None
    target: float | None
    alarm_low: float | None
    alarm_high: float | None
    rules: list[str]
    signals: list[SignalOut]
    as_of: int
    zone: str
    gaps: list[tuple[int, int, str]]
    faults: list[FaultOut]
    """Of closed days whose files were damaged: their figures come from the database."""


def version_out(version: TargetVersion) -> TargetVersionOut:
    """One version of a target."""
    return TargetVersionOut(
        number=version.number,
        effective_from=version.effective_from,
        set_by_name=version.set_by_name,
        at=version.at,
        target=version.goal.target,
        alarm_low=version.goal.alarm_low,
        alarm_high=version.goal.alarm_high,
    )


def baseline_out(frozen: FrozenBaseline) -> BaselineOut:
    """Frozen limits."""
    return BaselineOut(
        first=frozen.begins_on,
        last=frozen.ends_on,
        points=frozen.basis.points,
        centre=frozen.basis.centre,
        formula=frozen.formula,
        frozen_by=frozen.frozen_by_name,
        at=frozen.at,
        reason=frozen.reason,
    )


def unit_of(charted: Charted) -> Unit:
    """Of what is drawn: between rare events lie calls, whatever the figure's own unit is."""
    kind = charted.wanted.kind or kind_of(charted.shown.metric)
    return Unit.NUMBER if kind is Kind.G else charted.shown.metric.unit


def chart_out(charted: Charted) -> ChartOut:
    """A chart: a point for each stretch of time, limits beside them."""
    shown, chart = charted.shown, charted.judged.chart
    drawn = {point.nth: (place, point) for place, point in enumerate(chart.points)}
    points, lines = [], []
    for nth, sample in enumerate(shown.samples):
        place, point = drawn.get(nth, (-1, None))
        points.append(
            PointOut(
                begins_at=shown.begins[nth],
                ends_at=shown.ends[nth],
                value=None if point is None else point.value,
                figure=sample.value,
                n=sample.size,
                signal=list(chart.rules_at(place)) if point else [],
            )
        )
        lines.append((point.centre, point.lower, point.upper) if point else (None, None, None))
    moments = [shown.begins[point.nth] for point in chart.points]
    return ChartOut(
        kind=chart.kind,
        metric=shown.metric.id,
        unit=unit_of(charted),
        formula=shown.formula.id,
        width=charted.wanted.width,
        points=points,
        centre=_line([line[0] for line in lines]),
        lower=_line([line[1] for line in lines]),
        upper=_line([line[2] for line in lines]),
        baseline=None if charted.frozen is None else baseline_out(charted.frozen),
        target=charted.goal.target,
        alarm_low=charted.goal.alarm_low,
        alarm_high=charted.goal.alarm_high,
        rules=list(charted.wanted.rules),
        signals=[
            SignalOut(
                rule=signal.rule.id,
                first=moments[signal.first],
                last=moments[signal.last],
                text=signal.rule.text,
                text_en=signal.rule.text_en,
            )
            for signal in chart.signals
        ],
        as_of=charted.answer.as_of,
        zone=charted.answer.zone,
        gaps=[(int(begins), int(ends), why) for begins, ends, why in charted.answer.gaps],
        faults=faults_out(charted.answer.faults),
    )


def _line(values: list[float | None]) -> Line:
    """One figure where all points share it."""
    known = {value for value in values if value is not None}
    if len(known) <= 1:
        return known.pop() if known else None
    return values
