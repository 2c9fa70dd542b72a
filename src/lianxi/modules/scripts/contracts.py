"""What the rest of the system may know about scripts."""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.kernel.ids import AgentId, ContactId, QueueId
from lianxi.kernel.time import Instant

NEXT, END = "", "end"
"""Where a step leads: to the one below it, to the end; else the id of a later step."""

PLACEHOLDERS = ("agent_no", "company", "customer", "last_contact_date", "last_contact_topic")
"""What a text may ask to be filled in, in braces."""


class StepKind(StrEnum):
    """What a step is."""

    SAY = "say"
    ASK = "ask"
    MANDATORY = "mandatory"
    """Must be said; that it was is written down with the contact."""
    BRANCH = "branch"
    """Which steps follow depends on the answer."""
    TIMED = "timed"
    """Appears by itself when a clock of the desk says so."""
    PHRASE = "phrase"
    """Kept at hand beside the steps: for whoever cannot be heard, speaks a dialect, is silent."""


class Calls(StrEnum):
    """In which calls a step is shown."""

    ALL = "all"
    IN = "in"
    OUT = "out"


class Fills(StrEnum):
    """What the agent fills by it; the step is done as soon as that is filled."""

    NOTHING = "nothing"
    DISPOSITION = "disposition"
    NOTE = "note"


class StepClock(StrEnum):
    """What a timed step waits for."""

    WAITING = "waiting"
    """The customer is on hold, or the microphone is off, for this long."""
    BACK = "back"
    """The customer is back after having waited for this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a branch."""

    text: str
    text_en: str = ""
    to: str = NEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a script."""

    id: str
    """Once in a script; never changed, since statements name it."""
    kind: StepKind
    text: str
    text_en: str = ""
    """Empty = the same."""
    calls: Calls = Calls.ALL
    fills: Fills = Fills.NOTHING
    then: str = NEXT
    """Of a step that is no branch."""
    answers: tuple[Answer, ...] = ()
    """Of a branch."""
    clock: StepClock = StepClock.WAITING
    after_s: int = 10
    """Of a timed step, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a person decides about a script."""

    name: str
    name_en: str = ""
    queues: tuple[QueueId, ...] = ()
    numbers: tuple[str, ...] = ()
    """Numbers that customers dialled; they come before queues."""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version; never changed."""

    script: str
    version: int
    content: Content
    effective_at: Instant
    published_at: Instant
    published_by: str
    """Name of the person; empty = the system."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One script: its draft, and what agents read."""

    id: str
    draft: Content
    revision: int
    """Counts the changes: whoever changes it says which one they read."""
    changed_at: Instant
    changed_by: str
    versions: tuple[Version, ...] = ()
    """The newest first."""
    current: Version | None = None
    """In force; None = agents do not see it."""
    coming: Version | None = None
    """Published, in force from later on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A mandatory statement that an agent made to a customer."""

    contact: ContactId
    agent: AgentId
    script: str
    version: int
    step: str
    offset_s: int
    """Seconds since the customer was connected."""
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement with its words."""

    statement: Statement
    script_name: str
    script_name_en: str
    text: str
    text_en: str
