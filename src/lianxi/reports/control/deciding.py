"""What a closed day means for the control sheet: entries to open, to go on with, to close. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import METRICS
from lianxi.reports.control import sheet
from lianxi.reports.control.causes import checked
from lianxi.reports.control.checklists import checklist_of
from lianxi.reports.control.contracts import (
    Breach,
    Cause,
    Entry,
    EntryState,
    FrozenBaseline,
    Goal,
    TargetVersion,
)
from lianxi.reports.control.evaluating import breach, effect
from lianxi.reports.control.goals import goal_of, in_force
from lianxi.reports.control.history import History, history
from lianxi.reports.questions import Row, Width
from lianxi.reports.registry import Metric, Source

WATCHED: Final = tuple(metric for metric in METRICS if metric.no and metric.source is Source.HERE)
"""Metrics that come onto the sheet: those with a number, whose facts are there."""
BY_NO: Final = {metric.no: metric for metric in METRICS if metric.no}

Scoped = Mapping[QueueId | None, Mapping[date, Row]]
"""Rows by day, oldest first, of the centre and of each queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the evaluation of a day stands on."""

    day: date
    at: Instant
    """When it is looked at."""
    zone: ZoneInfo
    rows: Scoped
    targets: Sequence[TargetVersion]
    baselines: Mapping[tuple[str, QueueId | None, str], FrozenBaseline]
    """By metric, queue and formula."""
    watched: tuple[Metric, ...] = WATCHED

    def goal(self, metric: Metric, queue: QueueId | None) -> Goal | None:
        """What somebody set for the day; None = nobody did."""
        own = [version for version in self.targets if version.metric == metric.id]
        version = in_force(own, self.day, queue=queue)
        return None if version is None else version.goal

    def history(self, metric: Metric, queue: QueueId | None) -> History:
        """Of a metric in one scope, until the day."""
        rows = list(self.rows[queue].values())
        return history(metric, metric.default, rows, width=Width.DAY, zone=self.zone)

    def breach(self, past: History, queue: QueueId | None) -> Breach | None:
        """What is out of range on the day, if anything."""
        metric = past.metric
        return breach(
            past,
            self.day,
            queue=queue,
            frozen=self.baselines.get((metric.id, queue, metric.default.id)),
            goal=self.goal(metric, queue),
        )

    def causes(self, metric: Metric, queue: QueueId | None) -> tuple[Cause, ...]:
        """The metric's checklist, checked in the scope."""
        return checked(
            checklist_of(metric.no),
            self.day,
            self.rows[queue],
            metrics=BY_NO,
            goals=lambda other: self.goal(other, queue) or goal_of(other, None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is to be written."""

    opened: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)


def decide(known: Known, unclosed: Iterable[Entry]) -> Decided:
    """Look at every metric of every scope.

    Args:
        known: the day and its figures.
        unclosed: the entries that are not closed: at most one for each metric and scope.
    """
    standing = {(entry.breach.metric, entry.breach.queue): entry for entry in unclosed}
    decided = Decided()
    for queue in known.rows:
        for metric in known.watched:
            past = known.history(metric, queue)
            found = known.breach(past, queue)
            entry = standing.get((metric.id, queue))
            if entry is not None:
                changed = _gone_on(entry, found, known, metric, past)
                if changed is not None:
                    decided.changed.append(changed)
            elif found is not None:
                decided.opened.append(new_entry(known, metric, found, past))
    return decided


def new_entry(known: Known, metric: Metric, found: Breach, past: History) -> Entry:
    """What is out of range for the first time, with its causes checked."""
    causes = known.causes(metric, found.queue)
    return sheet.opened(found, causes, figure=_figure(past, known.day), at=known.at)


def _figure(past: History, day: date) -> float:
    """Of a day that is out of range: it has one."""
    return past.figure(day) or 0.0


def _gone_on(
    entry: Entry, found: Breach | None, known: Known, metric: Metric, past: History
) -> Entry | None:
    """What the day changes of an entry that stands; None = nothing."""
    if entry.state is EntryState.CHECKING:
        since = entry.check_from or known.day
        if known.day < since:
            # The action was done on this day: it says nothing about it.
            return None
        seen = effect(
            past,
            since=since,
            until=known.day,
            before=entry.breach.value,
            found=found,
        )
        if seen is None:
            return None
        entry = sheet.with_effect(entry, seen, at=known.at)
        if found is None:
            return entry
    elif found is None:
        return None
    causes = known.causes(metric, entry.breach.queue)
    figure = _figure(past, known.day)
    return sheet.found_again(entry, found, causes, figure=figure, at=known.at)
