"""From an answer to a document: rows get names, columns get units, figures get their formulas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.contracts import Goal
from lianxi.reports.control.goals import standing_of
from lianxi.reports.export import about
from lianxi.reports.export.about import Names, goal_in, goal_text, name_of
from lianxi.reports.export.document import (
    Cell,
    Column,
    Curve,
    Document,
    Figure,
    Language,
    Note,
    Table,
)
from lianxi.reports.export.local_time import (
    bucket_text,
    moment_text,
    short_text,
    window_text,
)
from lianxi.reports.export.words import KEYS, heading_of, word
from lianxi.reports.questions import Answer, Key, Row, Width
from lianxi.reports.registry import Metric, Source
from lianxi.reports.windows import local

NUMERIC = frozenset({"value", "target", "before", "change"})
"""Columns of a list that hold figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How an answer is to be shown, and for whom."""

    stem: str
    title: str
    language: Language
    asked_by: str
    """The name of who gets it; stands on every page."""
    made_at: Instant
    names: Names = field(default_factory=dict)
    before: Answer | None = None
    """The same question about an earlier time."""
    before_title: str = ""
    shift: timedelta = timedelta()
    """From a bucket of the earlier time to its counterpart, by the calendar."""
    as_list: bool = False
    """One line per metric; for one bucket of one group."""
    curve: str = ""
    """Id of a metric that is drawn over time; empty for none."""
    tables: tuple[Table, ...] = ()
    """More tables, below the figures."""
    figures: Table | None = None
    """In place of the plain figures."""
    remark: str = ""
    """One sentence that stands among the notes."""
    written: tuple[Note, ...] = ()
    """What people wrote beside the days of the figures."""
    goals: Mapping[str, Goal] = field(default_factory=dict)
    """By metric id; what the registry says where there is none."""


def document(answer: Answer, making: Making) -> Document:
    """The document of an answer."""
    zone = ZoneInfo(answer.zone)
    metrics = tuple(metric_of(name) for name in answer.question.metrics)
    before = _before(answer, making, zone)
    figures = making.figures
    if figures is None and making.as_list:
        figures = _list(answer, metrics, making, before)
    elif figures is None:
        figures = _grid(answer, metrics, making, before, zone)
    curved = next((metric for metric in metrics if metric.id == making.curve), None)
    return Document(
        stem=making.stem,
        title=making.title,
        subtitle=window_text(answer.question.window, zone),
        language=making.language,
        tables=(figures, *making.tables),
        notes=_notes(answer, making),
        definitions=about.definitions(answer, metrics, making.goals, making.language),
        warnings=about.warnings(answer, metrics, making.language),
        curve=None if curved is None else _curve(answer, curved, making, before, zone),
        watermark=f"{making.asked_by} · {moment_text(making.made_at, zone)}",
        made_at=making.made_at,
    )


def _notes(answer: Answer, making: Making) -> tuple[Note, ...]:
    language = making.language
    found = about.notes(answer, making.names, making.asked_by, making.made_at, language)
    if making.remark:
        found = (*found, Note(label=word("remark", language), text=making.remark))
    return (*found, *making.written)


# --- the figures

_Place = tuple[datetime, tuple[tuple[Key, str], ...]]


def _place(row: Row, zone: ZoneInfo, shift: timedelta = timedelta()) -> _Place:
    """Where a row belongs by the calendar, so that days of 23 hours find their counterparts too."""
    begins = local(row.begins_at, zone).replace(tzinfo=None)
    return begins + shift, tuple(sorted(row.keys.items()))


def _before(answer: Answer, making: Making, zone: ZoneInfo) -> dict[_Place, Row]:
    if making.before is None:
        return {}
    if making.shift:
        return {_place(row, zone, making.shift): row for row in making.before.rows}
    # Without a shift there is one bucket on either side.
    begins = local(answer.question.window.begins_at, zone).replace(tzinfo=None)
    return {(begins, _place(row, zone)[1]): row for row in making.before.rows}


def _grid(
    answer: Answer,
    metrics: tuple[Metric, ...],
    making: Making,
    before: Mapping[_Place, Row],
    zone: ZoneInfo,
) -> Table:
    """One line per bucket and group."""
    language, question = making.language, answer.question
    columns: list[Column] = []
    if question.width is not Width.WHOLE:
        columns.append(Column(heading=word("time", language)))
    columns += [Column(heading=language.of(*KEYS[key])) for key in question.by]
    for metric in metrics:
        heading = heading_of(language.of(metric.name, metric.name_en), metric.unit, language)
        formula = answer.formulas[metric.id]
        columns.append(Column(heading=heading, unit=metric.unit, formula=formula))
        if making.before is not None:
            columns.append(Column(heading=f"{heading} · {making.before_title}", unit=metric.unit))
            change = f"{heading} · {word('change', language)}"
            columns.append(Column(heading=change, unit=metric.unit))
    rows = []
    for row in answer.rows:
        cells: list[Cell] = []
        if question.width is not Width.WHOLE:
            cells.append(bucket_text(row.begins_at, row.ends_at, question.width, zone))
        cells += [
            name_of(key, row.keys.get(key, ""), making.names, language) for key in question.by
        ]
        earlier = before.get(_place(row, zone))
        for metric in metrics:
            value = row.values.get(metric.id)
            cells.append(value)
            if making.before is not None:
                old = None if earlier is None else earlier.values.get(metric.id)
                cells += [old, difference(value, old)]
        rows.append(tuple(cells))
    return Table(title="", columns=tuple(columns), rows=tuple(rows))


def _list(
    answer: Answer, metrics: tuple[Metric, ...], making: Making, before: Mapping[_Place, Row]
) -> Table:
    """One line per metric: value, target, whether it is met, and the earlier time."""
    language = making.language
    now = answer.rows[0] if answer.rows else None
    earlier = next(iter(before.values()), None)
    headings = ["metric", "value", "target", "status"]
    if making.before is not None:
        headings += ["before", "change"]
    lines = []
    for metric in metrics:
        value = None if now is None else now.values.get(metric.id)
        goal = goal_in(making.goals, metric)
        line: list[Cell] = [
            language.of(metric.name, metric.name_en),
            _figure(value, metric, language),
            goal_text(metric, goal),
            _status(value, metric, goal, language),
        ]
        if making.before is not None:
            old = None if earlier is None else earlier.values.get(metric.id)
            change = Figure(difference(value, old), metric.unit, is_change=True)
            line += [_figure(old, metric, language), change]
        lines.append((*line, answer.formulas[metric.id]))
    columns = tuple(
        Column(heading=word(heading, language), has_figures=heading in NUMERIC)
        for heading in (*headings, "formula")
    )
    return Table(title="", columns=columns, rows=tuple(lines))


def difference(value: float | int | None, old: float | int | None) -> float | int | None:
    """How much a figure changed, in its own unit (of a ratio: in points); None without one side."""
    return None if value is None or old is None else value - old


def _figure(value: float | int | None, metric: Metric, language: Language) -> Cell:
    if value is None and metric.source is Source.NONE_YET:
        return word("no_source", language)
    return Figure(value, metric.unit)


def _status(value: float | int | None, metric: Metric, goal: Goal, language: Language) -> str:
    """How the figure stands; empty where there is none, or nothing to hold it against."""
    standing = standing_of(value, metric, goal)
    return "" if standing is None else word(standing.value, language)


def _curve(
    answer: Answer,
    metric: Metric,
    making: Making,
    before: Mapping[_Place, Row],
    zone: ZoneInfo,
) -> Curve | None:
    """The figure over time; nothing where there are less than two buckets, or several groups."""
    if len(answer.rows) < 2 or answer.question.by:
        return None
    earlier = [before.get(_place(row, zone)) for row in answer.rows]
    return Curve(
        title=making.language.of(metric.name, metric.name_en),
        unit=metric.unit,
        labels=tuple(short_text(row.begins_at, answer.question.width, zone) for row in answer.rows),
        values=tuple(row.values.get(metric.id) for row in answer.rows),
        before=tuple(None if row is None else row.values.get(metric.id) for row in earlier)
        if making.before is not None
        else (),
        before_title=making.before_title,
        target=goal_in(making.goals, metric).target,
    )
