"""What can be asked of the figures, and what is answered: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lianxi.kernel.time import Instant
from lianxi.reports.store.contracts import Fault
from lianxi.reports.windows import Window


class Width(StrEnum):
    """How long a bucket is. Days, weeks (from Monday) and months are those of the centre's zone."""

    WHOLE = "whole"
    """One bucket: the window."""
    QUARTER = "15min"
    HALF_HOUR = "30min"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


MINUTE_MS = 60_000
DAY_MS = 86_400_000
LENGTH_MS = {
    Width.QUARTER: 15 * MINUTE_MS,
    Width.HALF_HOUR: 30 * MINUTE_MS,
    Width.HOUR: 60 * MINUTE_MS,
}
"""Of buckets that are equally long; days and longer ones follow the calendar."""


class Key(StrEnum):
    """What figures are told apart by."""

    QUEUE = "queue"
    AGENT = "agent"
    TEAM = "team"
    NUMBER = "number"
    CHANNEL = "channel"
    DISPOSITION = "disposition"
    DEADLINE = "deadline"
    """Which rule a deadline follows, e.g. `wo.accept`."""
    POST = "post"
    """Whose a deadline or a work order is: `post:…` or `area:…`."""
    CASE_TYPE = "case_type"
    """Of a work order."""


OF_CALLS = frozenset(Key) - {Key.DEADLINE, Key.POST, Key.CASE_TYPE}
"""By what contacts and the work on them are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which figures, of when, told apart by what."""

    metrics: tuple[str, ...]
    """By id or by number: `service_level` or `K21`."""
    window: Window
    width: Width = Width.WHOLE
    by: tuple[Key, ...] = ()
    only: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    """Keys and the values that are looked at; a key that is missing here is not looked at."""
    formulas: Mapping[str, str] = field(default_factory=dict)
    """Formula id by metric id, where not the default is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one bucket and one group."""

    begins_at: Instant
    ends_at: Instant
    keys: Mapping[Key, str]
    """A key without a value (nobody answered: no agent) is empty."""
    sums: Mapping[str, float]
    """By measure: what the figures were computed from."""
    values: Mapping[str, float | int | None]
    """By metric id. None: nothing to divide by, or the metric has no facts told apart like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows, oldest first, and what a reader has to know about them."""

    question: Question
    as_of: Instant
    zone: str
    rows: tuple[Row, ...]
    formulas: Mapping[str, str]
    """The formula of each metric."""
    identities: Mapping[str, float]
    """Residuals, zero where the figures add up; of the whole question."""
    versions: Mapping[str, int] = field(default_factory=dict)
    """Closed days (ISO) whose facts were corrected, and how often they were written."""
    gaps: tuple[tuple[Instant, Instant, str], ...] = ()
    """Times whose facts are known to be incomplete, and why."""
    faults: tuple[Fault, ...] = ()
    """Files that could not be read: the rows of those days came from the database instead."""
