"""Which sheets there are, and which one answers what.

A sheet holds, for one closed day, the sums of its rows by some keys and short buckets. It is worked
out of the rows of that day alone: a stretch that reaches over midnight leaves its part of the next
day in the sheet of the day it began in. So sheets of several days are simply added up, and days
without one are read from their rows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lianxi.reports.catalogue import METRICS
from lianxi.reports.identities import IDENTITIES, needed_by
from lianxi.reports.measures import MEASURES, Mart, Measure
from lianxi.reports.offers import TABLES
from lianxi.reports.questions import LENGTH_MS, Key, Question, Width
from lianxi.reports.windows import Window, day_of

QUARTER_MS = LENGTH_MS[Width.QUARTER]
CALENDAR = frozenset({Width.DAY, Width.WEEK, Width.MONTH, Width.WHOLE})

BY_QUEUE = "__by_queue"
"""Ends the column of a measure that is taken otherwise where queues are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of sheet."""

    name: str
    keys: tuple[Key, ...]
    width: Width
    marts: frozenset[Mart]
    fingerprint: str
    """Of the statement that gives it (`summing.statement_of`): a test says when it is another."""


QUEUES = Sheet(
    name="sum_queue",
    keys=(Key.QUEUE, Key.NUMBER, Key.CHANNEL),
    width=Width.QUARTER,
    marts=frozenset(
        {
            Mart.ENTRY,
            Mart.CONTACT,
            Mart.BLOCKED,
            Mart.CARRIER,
            Mart.SEGMENT,
            Mart.TRANSFER,
            Mart.SURVEY,
            Mart.CALLBACK,
            Mart.VERIFICATION,
            Mart.INTERVAL,
        }
    ),
    fingerprint="53f88fd0d4b0",
)
"""Quarters of an hour by queue, number and channel; time of agents, who belong to none of these,
as that of the centre."""

AGENTS = Sheet(
    name="sum_agent",
    keys=(Key.AGENT, Key.TEAM),
    width=Width.DAY,
    marts=frozenset(
        {Mart.ENTRY, Mart.CONTACT, Mart.SEGMENT, Mart.TRANSFER, Mart.SURVEY, Mart.INTERVAL}
    ),
    fingerprint="7848eaa99b0c",
)
"""Days by agent and team."""

SHEETS = (QUEUES, AGENTS)


def columns_of(sheet: Sheet) -> dict[str, Measure]:
    """The columns of a sheet, besides its keys, and the measure of each."""
    found = {}
    for measure in sorted(map(MEASURES.__getitem__, _needed()), key=lambda measure: measure.id):
        if measure.mart not in sheet.marts:
            continue
        found[measure.id] = measure
        if sheet is QUEUES and measure.by_queue is not None:
            found[measure.id + BY_QUEUE] = measure
    return found


def _needed() -> frozenset[str]:
    """The measures of all formulas and identities."""
    of_formulas = (formula.expression.needs for metric in METRICS for formula in metric.formulas)
    return frozenset().union(*of_formulas, *map(needed_by, IDENTITIES))


def column_of(sheet: Sheet, measure: Measure, keys: Collection[Key]) -> str | None:
    """The column of a measure where rows are told apart, or only some are looked at, like this;
    `None` = this sheet does not tell."""
    if measure.mart not in sheet.marts or not set(keys) <= set(sheet.keys):
        return None
    if sheet is AGENTS:
        return measure.id if keys else None
    if measure.by_queue is not None and Key.QUEUE in keys:
        return measure.id + BY_QUEUE
    return measure.id


def split(
    question: Question, measures: Sequence[str], zone: ZoneInfo
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Which measures of a question sheets tell, by the sheet's name, and which only rows do.

    A mart whose table is read for another measure anyway is not taken from a sheet: where closed
    days stand in sheets, views leave their rows out.
    """
    keys = {*question.by, *question.only}
    sheets = [sheet for sheet in SHEETS if _fits(sheet, question, zone)]
    told: dict[str, list[str]] = {}
    rows: list[str] = []
    for name in measures:
        for sheet in sheets:
            if column_of(sheet, MEASURES[name], keys):
                told.setdefault(sheet.name, []).append(name)
                break
        else:
            rows.append(name)
    read = tables_of(rows)
    for sheet_name, names in list(told.items()):
        kept = [name for name in names if not tables_of([name]) & read]
        rows += [name for name in names if name not in kept]
        told[sheet_name] = kept
    found = {sheet_name: tuple(names) for sheet_name, names in told.items() if names}
    return found, tuple(sorted(rows, key=lambda name: (MEASURES[name].mart.value, name)))


def tables_of(measures: Collection[str]) -> frozenset[str]:
    """The fact tables of measures; whoever looks ahead for resolutions reads contacts as well."""
    tables = {TABLES[MEASURES[name].mart] for name in measures if MEASURES[name].mart in TABLES}
    return frozenset(tables | ({"fact_contact"} if TABLES[Mart.RESOLUTION] in tables else set()))


def _fits(sheet: Sheet, question: Question, zone: ZoneInfo) -> bool:
    """Whether no bucket of the sheet lies in two buckets of the question."""
    window = question.window
    if sheet.width is Width.DAY:
        return question.width in CALENDAR and _is_midnight(window, zone)
    return not window.begins_at % QUARTER_MS and not window.ends_at % QUARTER_MS


def _is_midnight(window: Window, zone: ZoneInfo) -> bool:
    edges = (window.begins_at, window.ends_at)
    return all(day_of(edge, zone).begins_at == edge for edge in edges)
