"""Complaint warnings as others may hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from lianxi.kernel.ids import CaseId, UserId, WarningId
from lianxi.kernel.time import Instant


class WarningState(StrEnum):
    """Where a warning is. Wire names: never changed."""

    CLASSIFIED = "classified"
    """已判定: in scope; the sheet is to be written."""
    REVIEWING = "reviewing"
    """待审核: with the hotline's supervisor."""
    AT_STORE = "at_store"
    """店处理中."""
    OPINED = "opined"
    """已有意见: the store manager has said what is to be done; the hotline does not know it yet."""
    AT_DIVISION = "at_division"
    """事业部处理."""
    RECONTACT = "recontact"
    """待再联系: the customer is to be told."""
    CLOSED = "closed"
    """结办."""


class Level(StrEnum):
    """How high it is."""

    HOTLINE = "hotline"
    STORE = "store"
    DIVISION = "division"


class DayKind(StrEnum):
    """What is owed each day while the customer is not satisfied: one warning, one handling."""

    REPORT = "report"
    HANDLING = "handling"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRound:
    """One way up; never written over by the next."""

    number: int
    opened_at: Instant
    form_version: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    """The six contents of the sheet."""
    submitted_at: Instant | None = None
    submitted_by: UserId | None = None
    return_count: int = 0
    ended_at: Instant | None = None
    satisfied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningReview:
    """What the hotline's supervisor decided about a sheet."""

    number: int
    round: int
    by: UserId | None
    conforms: bool
    opinion: str
    at: Instant
    returned_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What is to be done, by whom it is asked."""

    number: int
    round: int
    level: Level
    by: UserId | None
    text: str
    at: Instant
    received_at: Instant | None = None
    """By the hotline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recontact:
    """That the customer was told, and what came of it."""

    number: int
    round: int
    by: UserId | None
    at: Instant
    satisfied: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """A warning or a handling of a day."""

    number: int
    round: int
    kind: DayKind
    by: UserId | None
    at: Instant
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A stretch in which one post has it. Hops follow each other without a gap."""

    number: int
    round: int
    clock: str
    """Code of the deadline that counts for it."""
    owner: str
    since: Instant
    until: Instant | None = None
    event: str = ""
    """That ended it."""
    by: UserId | None = None
    """Who did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWarning:
    """A warning, with everything that belongs to it."""

    id: WarningId
    number: str
    """As people say it: `YJ-20261123-0001`."""
    case: CaseId
    case_number: str
    store: str
    state: WarningState
    round: int = 1
    classified_at: Instant
    classified_by: UserId | None
    closed_at: Instant | None = None
    revision: int = 1
    rounds: tuple[WarningRound, ...] = ()
    reviews: tuple[WarningReview, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    recontacts: tuple[Recontact, ...] = ()
    days: tuple[DayEntry, ...] = ()
    hops: tuple[Hop, ...] = ()

    @property
    def level(self) -> Level:
        """Who has to say something."""
        return LEVELS[self.state]


LEVELS: Mapping[WarningState, Level] = {
    WarningState.CLASSIFIED: Level.HOTLINE,
    WarningState.REVIEWING: Level.HOTLINE,
    WarningState.AT_STORE: Level.STORE,
    WarningState.OPINED: Level.STORE,
    WarningState.AT_DIVISION: Level.DIVISION,
    WarningState.RECONTACT: Level.HOTLINE,
    WarningState.CLOSED: Level.HOTLINE,
}
"""Who has to say something in which state."""


class WarningSort(StrEnum):
    """The order of the list."""

    NEWEST = "newest"
    DUE = "due"
    """What is due first; what has no deadline any more comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningFilter:
    """What narrows the list; None narrows nothing."""

    states: tuple[WarningState, ...] = ()
    level: Level | None = None
    store: str | None = None
    """Part of its name."""
    text: str | None = None
    """Part of the number of the warning or of the work order."""
    case: str | None = None
    """Id or number of the work order."""
    since: Instant | None = None
    """Classified at or after."""
    until: Instant | None = None
    """Classified before."""
    open: bool | None = None
    late_at: Instant | None = None
    """Only those whose nearest deadline has passed at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWarning:
    """That a complaint is in scope (R126)."""

    case: str
    """Id or number of the work order."""
    store: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An event that a person wants to happen to a warning."""

    event: str
    text: str = ""
    """Opinion, reason, or what was done."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Of the sheet, for `submit`."""
    satisfied: bool | None = None
    """For `recontact`."""
    revision: int | None = None
    """That was read; None = whatever it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HopMark:
    """A moment at which somebody is told of a deadline: half, four fifths, the end."""

    percent: int
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class HopLine:
    """A line of the hop report. Times in milliseconds."""

    number: int
    round: int
    clock: str
    owner: str
    since: Instant
    due_at: Instant | None
    until: Instant | None
    used: int
    limit: int | None
    late: int
    """After it was due; 0 = in time."""
    verdict: str
    """`met`, `late`, `handed_up`, `cancelled`, `running`, `overdue`, or `no_limit`."""
    event: str
    by: UserId | None
    is_parallel: bool
    """Runs beside the chain; does not count for the whole."""
    marks: tuple[HopMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HopReport:
    """Every hop, and the whole."""

    lines: tuple[HopLine, ...]
    whole: int
    """From classifying to the end, or until now; what the lines of the chain add up to."""
    late: int
    """How many were, or are."""


DEADLINES: Final[Mapping[str, tuple[str, str]]] = {
    "ew.submit": ("预警上报", "Report"),
    "ew.review": ("主管审核", "Review"),
    "ew.return": ("退回", "Return"),
    "ew.store": ("店内处理", "Store handles"),
    "ew.guide": ("店长意见", "Manager's opinion"),
    "ew.feedback": ("反馈热线", "Feedback to the hotline"),
    "ew.division": ("事业部意见", "Division's opinion"),
    "ew.recontact": ("再次联系客户", "Contact the customer again"),
    "ew.daily_report": ("每日预警", "Report of the day"),
    "ew.daily_handle": ("每日处理", "Handling of the day"),
    "ew.close": ("结办", "Close"),
}
"""Clocks of the chain, and their names in Chinese and English."""
