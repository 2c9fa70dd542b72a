"""Bodies and answers of questions about figures, and how one becomes the other."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from lianxi.http.caller import Caller
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.about import keys_of
from lianxi.reports.control.contracts import Goal
from lianxi.reports.control.goals import Standing
from lianxi.reports.control.wanted import Wanted
from lianxi.reports.engines import KEPT
from lianxi.reports.errors import FormulaUnknown, MetricUnknown, QuestionTooLarge, WindowInvalid
from lianxi.reports.questions import Answer, Key, Question, Width
from lianxi.reports.registry import Chart, Direction, Metric, Source, TargetFrom, Unit
from lianxi.reports.scope import Viewer
from lianxi.reports.sizes import ROWS_AT_MOST, rows_expected
from lianxi.reports.store.contracts import Fault
from lianxi.reports.windows import Window, day, moments

Short = Annotated[str, StringConstraints(max_length=80)]
METRICS_AT_MOST = 60


class FormulaOut(BaseModel):
    """One way to compute a metric."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    text: str
    in_english: str
    keys: list[Key] = []
    """What it is told apart by; nothing while there are no facts for it."""


class EntryOut(BaseModel):
    """One metric of the registry. Ratios are 0 to 1."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    no: str
    name: str
    name_en: str
    meaning: str
    meaning_en: str
    unit: Unit
    population: str
    population_en: str
    clock: str
    clock_en: str
    facts: str
    left_out: str
    left_out_en: str
    direction: Direction
    cadence: str
    cadence_en: str
    owner: str
    owner_en: str
    chart: Chart
    formulas: list[FormulaOut]
    target: float | None
    alarm_low: float | None
    alarm_high: float | None
    target_from: TargetFrom | None
    is_name_inferred: bool
    source: Source
    is_of_calls: bool = True
    """Not only of what modules keep: deadlines, work orders, complaints."""


class QuestionIn(BaseModel):
    """Which figures, of when, told apart by what.

    The time is given in days of the centre's zone (`from`, `to`; the last one is left out), or in
    UTC milliseconds.
    """

    model_config = ConfigDict(extra="forbid")

    metrics: Annotated[list[Short], Field(min_length=1, max_length=METRICS_AT_MOST)]
    first: Annotated[date | None, Field(alias="from")] = None
    until: Annotated[date | None, Field(alias="to")] = None
    begins_at: int | None = None
    ends_at: int | None = None
    width: Width = Width.WHOLE
    by: Annotated[list[Key], Field(max_length=3)] = []
    only: dict[Key, Annotated[list[Short], Field(min_length=1, max_length=500)]] = {}
    formulas: dict[Short, Short] = {}

    @model_validator(mode="after")
    def _has_a_time(self) -> "QuestionIn":
        in_days = self.first is not None and self.until is not None
        in_moments = self.begins_at is not None and self.ends_at is not None
        if in_days == in_moments:
            raise ValueError("give either `from` and `to`, or `begins_at` and `ends_at`")
        return self


class RowOut(BaseModel):
    """The figures of one bucket and one group. `null`: nothing to divide by, or not known."""

    begins_at: int
    ends_at: int
    keys: dict[Key, str]
    values: dict[str, float | int | None]
    standings: dict[str, Standing]
    """How they stand to what is wanted, of the row's queue where there is one; none where nothing
    is wanted."""


class AskedOut(BaseModel):
    """A metric of the question, with the formula that computed it."""

    id: str
    no: str
    name: str
    name_en: str
    unit: Unit
    formula: str
    formula_text: str
    formula_text_en: str
    target: float | None
    """In force on the last day of the question, of its queue where it is about one alone."""
    alarm_low: float | None
    alarm_high: float | None
    source: Source


class FaultOut(BaseModel):
    """A file of a closed day that was damaged or missing. `table` is empty for the whole day."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    table: str
    what: str


class AnswerOut(BaseModel):
    """Rows, oldest first. A residual of an identity that is not zero is a fault."""

    as_of: int
    zone: str
    begins_at: int
    ends_at: int
    metrics: list[AskedOut]
    rows: list[RowOut]
    names: dict[Key, dict[str, tuple[str, str]]]
    """What the values of the rows' keys are called, in Chinese and English; one that has no name is
    left out."""
    identities: dict[str, float]
    versions: dict[str, int]
    gaps: list[tuple[int, int, str]]
    faults: list[FaultOut]
    """Of closed days whose files were damaged: their figures come from the database."""


class IdentityOut(BaseModel):
    """A law that figures obey."""

    id: str
    text: str


def entry_out(metric: Metric) -> EntryOut:
    """An entry of the registry as it goes out."""
    entry = EntryOut.model_validate(metric)
    entry.is_of_calls = not metric.default.marts <= KEPT
    for formula in entry.formulas:
        formula.keys = list(keys_of(metric.formula(formula.id)))
    return entry


def question_of(asked: QuestionIn, zone: ZoneInfo) -> Question:
    """The question of a body.

    Raises:
        MetricUnknown: there is no such metric.
        FormulaUnknown: a metric has no such formula.
        WindowInvalid: the time is empty, ends before it begins, or lies in no known year.
        QuestionTooLarge: more rows than anybody reads.
    """
    _must_exist(asked.metrics, asked.formulas)
    window = _window(asked, zone)
    if window.ends_at <= window.begins_at:
        raise WindowInvalid
    question = Question(
        metrics=tuple(dict.fromkeys(metric_of(name).id for name in asked.metrics)),
        window=window,
        width=asked.width,
        by=tuple(dict.fromkeys(asked.by)),
        only={key: tuple(values) for key, values in asked.only.items()},
        formulas={metric_of(name).id: formula for name, formula in asked.formulas.items()},
    )
    if rows_expected(question) > ROWS_AT_MOST:
        raise QuestionTooLarge(at_most=ROWS_AT_MOST)
    return question


def viewer_of(caller: Caller) -> Viewer:
    """A signed-in caller as one who looks at figures."""
    return Viewer(name=caller.name, scope=caller.scope, agent=caller.agent, team=caller.team)


def shaped(
    answer: Answer, wanted: Wanted, names: Mapping[Key, Mapping[str, tuple[str, str]]]
) -> AnswerOut:
    """An answer as it goes out, with what is wanted of each metric, and how each figure stands."""
    window = answer.question.window
    said = {key: {row.keys[key] for row in answer.rows} for key in answer.question.by}
    return AnswerOut(
        as_of=answer.as_of,
        zone=answer.zone,
        begins_at=window.begins_at,
        ends_at=window.ends_at,
        metrics=[
            _asked(metric_of(name), answer.formulas, wanted.of(name))
            for name in answer.question.metrics
        ],
        rows=[
            RowOut(
                begins_at=row.begins_at,
                ends_at=row.ends_at,
                keys=dict(row.keys),
                values=dict(row.values),
                standings=wanted.standings(row),
            )
            for row in answer.rows
        ],
        names={
            key: {id: names[key][id] for id in sorted(ids) if id in names.get(key, {})}
            for key, ids in said.items()
        },
        identities=dict(answer.identities),
        versions=dict(answer.versions),
        gaps=[(int(begins), int(ends), why) for begins, ends, why in answer.gaps],
        faults=faults_out(answer.faults),
    )


def faults_out(faults: Iterable[Fault]) -> list[FaultOut]:
    """Damaged files as they go out."""
    return [FaultOut.model_validate(fault) for fault in faults]


def _asked(metric: Metric, formulas: Mapping[str, str], goal: Goal) -> AskedOut:
    formula = metric.formula(formulas[metric.id])
    return AskedOut(
        id=metric.id,
        no=metric.no,
        name=metric.name,
        name_en=metric.name_en,
        unit=metric.unit,
        formula=formula.id,
        formula_text=formula.text,
        formula_text_en=formula.in_english,
        target=goal.target,
        alarm_low=goal.alarm_low,
        alarm_high=goal.alarm_high,
        source=metric.source,
    )


def _must_exist(metrics: list[str], formulas: Mapping[str, str]) -> None:
    for name in [*metrics, *formulas]:
        try:
            metric_of(name)
        except KeyError:
            raise MetricUnknown(metric=name) from None
    for name, formula in formulas.items():
        try:
            metric_of(name).formula(formula)
        except KeyError:
            raise FormulaUnknown(formula=formula) from None


def _window(asked: QuestionIn, zone: ZoneInfo) -> Window:
    if asked.first is not None and asked.until is not None:
        return Window(
            begins_at=day(asked.first, zone).begins_at, ends_at=day(asked.until, zone).begins_at
        )
    assert asked.begins_at is not None, "the body was validated"
    assert asked.ends_at is not None, "the body was validated"
    return moments(asked.begins_at, asked.ends_at, zone)
