"""What targets, baselines and entries of the control sheet are. Days are those of the centre."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.reports.charts.kinds import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is wanted of a metric, in its own unit (ratios 0 to 1). Empty fields want nothing."""

    target: float | None = None
    alarm_low: float | None = None
    alarm_high: float | None = None
    """Outside these it is out of range and comes onto the control sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetVersion:
    """What somebody set. Never changed: a new wish is a new version."""

    metric: str
    queue: QueueId | None
    """None = the centre, and every queue that has none of its own."""
    number: int
    """1, 2, 3 … of this metric and queue."""
    effective_from: date
    goal: Goal
    set_by: UserId
    set_by_name: str
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenBaseline:
    """Limits that stand still until somebody with a name sets others."""

    metric: str
    queue: QueueId | None
    formula: str
    """The formula that its points were computed by; another formula has its own baseline."""
    begins_on: date
    ends_on: date
    """The last day of the baseline."""
    basis: Basis
    seasons: dict[str, float]
    """Usual values by place of the week, for charts of volumes."""
    frozen_by: UserId
    frozen_by_name: str
    at: Instant
    reason: str


class EntryState(StrEnum):
    """Where an entry of the control sheet stands."""

    OPEN = "open"
    """Nobody has taken it on."""
    ACTING = "acting"
    """It has an owner, an action and a day until when."""
    CHECKING = "checking"
    """The action is done; the same chart says whether it helped."""
    CLOSED = "closed"


class Side(StrEnum):
    """On which side of its limit a figure lies."""

    LOW = "low"
    HIGH = "high"


class Found(StrEnum):
    """What the system found when it looked for a cause."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """There is nothing to compare with, or no figure of that day."""
    NO_SOURCE = "no_source"
    """No module writes these facts yet."""
    BY_HAND = "by_hand"
    """Figures cannot tell: a person has to look."""


class Against(StrEnum):
    """What a cause's figure is compared with."""

    TARGET = "target"
    WEEKDAY = "weekday"
    """The mean of the same weekday over the weeks before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One line of an entry's checklist, checked."""

    id: str
    text: str
    text_en: str
    found: Found
    metric: str | None = None
    against: Against | None = None
    value: float | None = None
    reference: float | None = None

    @property
    def difference(self) -> float | None:
        """How far the figure lies from what it is compared with, in its unit."""
        if self.value is None or self.reference is None:
            return None
        return self.value - self.reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the chart says since the action was done."""

    is_held: bool
    """No point since has been out of range on that side."""
    points: int
    mean: float | None
    before: float
    """The figure that the entry was opened for."""
    seen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What opens an entry: a figure that is out of range on a closed day."""

    metric: str
    queue: QueueId | None
    formula: str
    rule: str
    """The rule of the chart that fired, or `ALARM`."""
    side: Side
    begins_on: date
    ends_on: date
    value: float
    limit: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A closed day's figure is another one than when an entry was opened, or went on, by it."""

    day: date
    old: float
    new: float | None
    """None: there is nothing to divide by any more."""
    is_out: bool
    """By the corrected figure the day is out of range all the same."""
    seen_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the control sheet."""

    id: int
    breach: Breach
    causes: tuple[Cause, ...]
    days: int
    """On how many closed days it was found."""
    figures: Mapping[date, float] = field(default_factory=dict)
    """The metric's figure on each of them, as it stood when the day was looked at last."""
    corrections: tuple[Correction, ...] = ()
    """Oldest first."""
    state: EntryState
    owner: UserId | None = None
    owner_name: str = ""
    action: str = ""
    due: date | None = None
    check_from: date | None = None
    """The first day that counts for the effect."""
    effect: Effect | None = None
    opened_at: Instant
    changed_at: Instant
    closed_at: Instant | None = None
    closed_by_name: str = ""
    revision: int = 1
    """Grows with every change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A closed day that was looked at."""

    day: date
    version: int
    """Of its facts; a day that was corrected is looked at again."""
    at: Instant
    opened: int
    updated: int
    """Entries that went on, held or came back."""
