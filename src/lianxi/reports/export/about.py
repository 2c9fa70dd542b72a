"""What an export says about its figures: filters, times, definitions, and what to beware of."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.reports.control.contracts import Goal
from lianxi.reports.control.goals import goal_of
from lianxi.reports.export.document import Definition, Language, Note
from lianxi.reports.export.local_time import moment_text, window_text
from lianxi.reports.export.words import KEYS, WIDTHS, word
from lianxi.reports.questions import Answer, Key
from lianxi.reports.registry import Direction, Metric, Source, TargetFrom
from lianxi.reports.text import printed

Names = Mapping[Key, Mapping[str, tuple[str, str]]]
"""Chinese and English name of each value of a key; a value without one stands as it is."""

ORIGINS = {
    TargetFrom.PRESET: ("预设", "preset"),
    TargetFrom.DEFAULT: ("默认,可改", "default, to be changed"),
    TargetFrom.UNSOURCED: ("无出处,可改", "unsourced, to be changed"),
}
"""What is said of a target that is no rule of the field."""


def name_of(key: Key, value: str, names: Names, language: Language) -> str:
    """What a value of a key is called."""
    if not value:
        return word("nobody", language)
    return language.of(*names.get(key, {}).get(value, (value, value)))


def goal_in(goals: Mapping[str, Goal], metric: Metric) -> Goal:
    """What is wanted of a metric: as given, else as the registry says."""
    return goals.get(metric.id) or goal_of(metric, None)


def goal_text(metric: Metric, goal: Goal) -> str:
    """A target as people read it, or the band a figure is to stay in; empty when there is none."""
    if metric.direction is Direction.BAND and None not in (goal.alarm_low, goal.alarm_high):
        return " ~ ".join(printed(edge, metric.unit) for edge in (goal.alarm_low, goal.alarm_high))
    return "" if goal.target is None else printed(goal.target, metric.unit)


def definitions(
    answer: Answer, metrics: tuple[Metric, ...], goals: Mapping[str, Goal], language: Language
) -> tuple[Definition, ...]:
    """What each metric means, and by which formula it was computed here."""
    return tuple(
        _definition(metric, answer, goal_in(goals, metric), language) for metric in metrics
    )


def _definition(metric: Metric, answer: Answer, wanted: Goal, language: Language) -> Definition:
    formula = metric.formula(answer.formulas[metric.id])
    name = " ".join(filter(None, (metric.no, language.of(metric.name, metric.name_en))))
    goal = goal_text(metric, wanted)
    if goal and wanted == goal_of(metric, None) and metric.target_from in ORIGINS:
        goal = f"{goal} ({language.of(*ORIGINS[metric.target_from])})"
    return Definition(
        name=f"{name} ({word('inferred', language)})" if metric.is_name_inferred else name,
        formula=formula.id,
        formula_text=language.of(formula.text, formula.in_english),
        meaning=language.of(metric.meaning, metric.meaning_en),
        population=_population(metric, language),
        clock=language.of(metric.clock, metric.clock_en),
        target=goal,
    )


def _population(metric: Metric, language: Language) -> str:
    """What is counted, and what is left out of it."""
    counted = language.of(metric.population, metric.population_en)
    left_out = language.of(metric.left_out, metric.left_out_en)
    return f"{counted} ({word('left_out', language)}: {left_out})" if left_out else counted


def notes(
    answer: Answer, names: Names, asked_by: str, made_at: Instant, language: Language
) -> tuple[Note, ...]:
    """The question in words, until when its facts reach, who asked and when."""
    question, zone = answer.question, ZoneInfo(answer.zone)
    comma = language.of("、", ", ")
    filters = [
        f"{language.of(*KEYS[key])}: "
        + comma.join(name_of(key, value, names, language) for value in values)
        for key, values in question.only.items()
    ]
    said = {
        "window": window_text(question.window, zone),
        "zone": answer.zone,
        "width": language.of(*WIDTHS[question.width]),
        "only": "; ".join(filters) or word("whole_centre", language),
        "as_of": moment_text(answer.as_of, zone),
        "asked_by": asked_by,
        "made_at": moment_text(made_at, zone),
    }
    return tuple(Note(label=word(label, language), text=text) for label, text in said.items())


def warnings(answer: Answer, metrics: tuple[Metric, ...], language: Language) -> tuple[str, ...]:
    """Why the figures are to be read with care; empty when there is no reason."""
    zone = ZoneInfo(answer.zone)
    found = [
        language.of(
            f"数字不平衡:{name} 残差 {residual:g}", f"Not in balance: {name} by {residual:g}"
        )
        for name, residual in answer.identities.items()
        if residual
    ]
    for begins, ends, why in answer.gaps:
        times = f"{moment_text(begins, zone)} ~ {moment_text(ends, zone)}"
        found.append(
            language.of(f"{times} 数据不完整:{why}", f"Facts are incomplete, {times}: {why}")
        )
    late = [day for day, version in answer.versions.items() if version > 1]
    if late:
        days = ", ".join(sorted(late))
        found.append(language.of(f"已重算的日期:{days}", f"Days that were corrected: {days}"))
    without = [m for m in metrics if m.source is Source.NONE_YET]
    if without:
        listed = language.of("、", ", ").join(
            language.of(metric.name, metric.name_en) for metric in without
        )
        found.append(f"{word('no_source', language)}: {listed}")
    return tuple(found)
