"""What others may hold of clocks."""

from dataclasses import dataclass, field
from enum import StrEnum

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import Deadline


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class ClockOutcome(StrEnum):
    """How a clock ended."""

    MET = "met"
    LATE = "late"
    """Stopped after it was due."""
    HANDED_UP = "handed_up"
    """A superior took the matter over before it was done."""
    CANCELLED = "cancelled"
    """What it belonged to was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment of a clock at which somebody is told.

    Raises:
        ValueError: neither a share of the target nor a distance from the end, or both.
    """

    action: str
    """What is to be done, in the words of who set the rule, e.g. `warn` or `breach`."""
    percent: int | None = None
    """Of the target, 1 to 1000."""
    offset: Millis | None = None
    """From the end, by the wall clock; negative = before it."""
    repeat: Millis | None = None
    """Again so much later by the wall clock, until the clock ends; > 0."""

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.offset is None):
            raise ValueError("a mark is a share of the target or a distance from the end")
        if self.percent is not None and not 1 <= self.percent <= 1000:
            raise ValueError("a mark lies between 1 and 1000 percent of the target")
        if self.repeat is not None and self.repeat <= 0:
            raise ValueError("a mark is repeated later, not earlier")


BREACH = Mark(action="breach", percent=100)
"""Every clock has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """What a clock is started with."""

    code: str
    """Stable, e.g. `wo.resolve`."""
    deadline: Deadline
    marks: tuple[Mark, ...] = ()
    """Besides the breach at 100 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A clock that shall run."""

    subject: str
    """What it belongs to, as `kind:id`."""
    round: int = 1
    rule: ClockRule
    owner: str
    """A post, e.g. `area:north`. Whoever holds it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time during which a clock ran: [since, until)."""

    since: Instant
    until: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline that runs, rests or is over."""

    id: int
    subject: str
    round: int
    code: str
    owner: str
    deadline: Deadline
    marks: tuple[Mark, ...]
    state: ClockState
    started_at: Instant
    due_at: Instant | None
    """None while it is paused."""
    is_provisional: bool
    """It falls beyond the days whose holidays are published."""
    breached_at: Instant | None
    """The moment it was due, however late that was noticed."""
    ended_at: Instant | None
    outcome: ClockOutcome | None
    stretches: tuple[Stretch, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A mark whose moment came."""

    clock: Clock
    action: str
    percent: int | None
    occurrence: int
    at: Instant
    """When it was to be."""
    fired_at: Instant
    """When a worker found it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStanding:
    """How the centre's clocks stand."""

    running: int
    late: int
    """Of those that run: due already."""
    paused: int
    next_mark_at: Instant | None
    """When a worker next has something to fire; in the past = no worker came for it yet."""
