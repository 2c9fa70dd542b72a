"""What a saved report and its runs are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.reports.export.document import Language
from lianxi.reports.export.formats import Format


class Cadence(StrEnum):
    """How often a report goes out, and about which time it then tells: the one that has ended."""

    NONE = "none"
    """Only when somebody asks for it."""
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class RunState(StrEnum):
    """What became of a run."""

    WAITING = "waiting"
    """For its first try, or for the next one after a fault that may pass."""
    SENT = "sent"
    """Everybody who may have it got it."""
    PARTLY = "partly"
    """Some got it; what became of each stands in `outcomes`."""
    FAILED = "failed"
    """Nobody got it; `error` says why."""


class Outcome(StrEnum):
    """What became of a run for one recipient."""

    SENT = "sent"
    NO_ADDRESS = "no_address"
    """The account has no e-mail address."""
    CLOSED = "closed"
    """The account is closed, or there is none any more."""
    MAY_NOT = "may_not"
    """The role reads no reports."""
    NOTHING_TO_SEE = "nothing_to_see"
    """Nothing of this report lies in what the person may see."""
    REFUSED = "refused"
    """The mail server took nothing for this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """A report that is kept: what it asks, who gets it, when."""

    id: str
    owner: UserId
    title: str
    form: str | None
    """Id of a fixed form; None where it has a question of its own."""
    question: Mapping[str, Any] | None
    """Metrics, width, keys, filters and formulas, without a time; None for a form."""
    queues: tuple[QueueId, ...]
    """The queues that a form looks at; empty for all."""
    recipients: tuple[UserId, ...]
    cadence: Cadence
    on_day: int
    """Of a weekly one 1 (Monday) to 7, of a monthly one 1 to 28; otherwise 1."""
    at_minute: int
    """Minutes after midnight by the centre's clocks, 0 to 1439."""
    format: Format
    language: Language
    due_at: Instant | None
    """When it goes out next; None where it has no cadence or is paused."""
    is_paused: bool = False
    """It keeps its times and does not go out by itself until it is gone on with."""
    version: int
    """Counts changes: who changes an older one is told so."""
    created_at: Instant
    changed_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One time that a saved report went out, or was to."""

    id: int
    report: str
    due_at: Instant
    asked_by: UserId | None
    """Who asked for it at once; None = it was due."""
    state: RunState
    attempts: int
    next_try_at: Instant | None
    outcomes: Mapping[UserId, Outcome] = field(default_factory=dict)
    error: str | None = None
    """Stable code of what went wrong last."""
    error_text: str | None = None
    """The same as a sentence, with what the mail server said."""
    ended_at: Instant | None = None
