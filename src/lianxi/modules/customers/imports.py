"""Lists of customers that come from outside, as values."""

from dataclasses import dataclass, field
from enum import StrEnum

from lianxi.http.permissions import Scope
from lianxi.kernel.ids import CustomerId, UserId
from lianxi.kernel.time import Instant


class ImportMode(StrEnum):
    """What becomes of a line whose customer is there already."""

    UPDATE = "update"
    """What the line says is written down; empty cells change nothing."""
    SKIP = "skip"


class ImportState(StrEnum):
    """How far an import is."""

    WAITING = "waiting"
    """To be checked."""
    CHECKING = "checking"
    CHECKED = "checked"
    """Said is what would become of each line; nothing is stored."""
    TAKING = "taking"
    """To be stored, or being stored."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class LineOutcome(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"
    """There already, and that was to be left."""
    WRONG = "wrong"


class CellFlaw(StrEnum):
    """What is wrong with a cell."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY = "too_many"
    UNKNOWN_VALUE = "unknown_value"
    TWICE = "twice"
    """The same customer stands in the list before; `given` is that line."""
    SEVERAL_MATCH = "several_match"
    """Several customers have this number and name: nobody is guessed."""
    CERTIFICATE_DIFFERS = "certificate_differs"
    """Number and name belong to a customer with another certificate."""
    HIDDEN = "hidden"
    """The customer is confidential, and not for whoever brings the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """What is wrong with a cell of a line."""

    column: str
    flaw: CellFlaw
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """What becomes of a line."""

    line: int
    """As the spreadsheet counts it."""
    name: str
    number: str
    """Masked."""
    certificate: str
    what: LineOutcome
    customer: CustomerId | None = None
    changes: tuple[str, ...] = ()
    """Columns."""
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many lines became what."""

    new: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """One list that somebody brought."""

    id: str
    file_name: str
    sha256: str
    """Of the file."""
    mode: ImportMode
    only_good: bool
    """Lines that are wrong are left out; otherwise one that is wrong stops all."""
    scope: Scope
    asked_by: UserId
    asked_by_name: str
    asked_at: Instant
    state: ImportState
    attempts: int = 0
    done: int = 0
    of: int | None = None
    """Lines; None until the file is read."""
    counts: Counts = field(default_factory=Counts)
    ended_at: Instant | None = None
    error: str | None = None
    """Code of a refusal."""
