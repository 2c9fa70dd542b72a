"""What the rest of the system may know about routing, beyond the engine's own snapshot."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from lianxi.engine.messages.base import Input
from lianxi.journal.contracts import Outcome
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, PromptName, SkillName, TrunkId

Minutes = int
"""Minutes of wall-clock time since the day's midnight, 0..2880; above 1440 is the next day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of open time on a day, by the wall clock: [opens, closes)."""

    opens: Minutes
    closes: Minutes

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= 2880 or self.opens >= 1440:
            raise ValueError("hours open before midnight and close later, within the next day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The same words in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNeeded:
    """A step of a flow that asks for a skill."""

    flow: FlowId
    name: str
    node: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill: who has it at which level, and which flows ask for it."""

    skill: SkillName
    agents: tuple[tuple[AgentId, int], ...]
    needed_by: tuple[SkillNeeded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Opening hours as people set them."""

    id: CalendarId
    name: str
    name_en: str
    always: bool = False
    weekly: dict[int, tuple[Hours, ...]] = field(default_factory=dict)
    """By weekday, Monday = 0. A missing day is closed."""
    special: dict[datetime.date, tuple[Hours, ...]] = field(default_factory=dict)
    """Days that do not follow the week: holidays (no hours) and make-up working days."""


class RoutingFlaw(StrEnum):
    """Why a configuration cannot be put in force. Stable words; `sentences` has the sentences."""

    MALFORMED = "malformed"
    """Not the type the field has."""
    NOT_BETWEEN = "not_between"
    BAD_NAME = "bad_name"
    """Empty or too long, or signs that an id may not have."""
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    UNKNOWN_QUEUE = "unknown_queue"
    UNKNOWN_AGENT = "unknown_agent"
    UNKNOWN_FLOW = "unknown_flow"
    UNKNOWN_CALENDAR = "unknown_calendar"
    UNKNOWN_PROMPT = "unknown_prompt"
    UNKNOWN_TEAM = "unknown_team"
    DUPLICATE = "duplicate"
    RESERVED = "reserved"
    """A wrap-up code that the system itself uses."""
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    """A number that leads to two places."""
    TO_ITSELF = "to_itself"
    BAD_STAGES = "bad_stages"
    TWO_CALLS = "two_calls"
    """A capacity of more than one call at a time, or calls under another name than voice."""
    NOT_SERVED = "not_served"
    """A level in a queue that the agent does not serve."""
    BAD_HOURS = "bad_hours"
    UNKNOWN_TRUNK = "unknown_trunk"
    BAD_ADDRESS = "bad_address"
    """No address of a carrier, or one that means everybody."""
    BAD_CODEC = "bad_codec"
    BAD_PATTERN = "bad_pattern"
    """No pattern of numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingProblem:
    """One thing that is wrong with a configuration, and where."""

    where: str
    """`kind:id`, as in `queue:sales`; `centre` for what belongs to nothing else."""
    field: str
    """As in `overflow[0].to.queue`; empty when it is about the thing as a whole."""
    flaw: RoutingFlaw
    given: str = ""
    lowest: int | None = None
    highest: int | None = None


class KnowsPrompts(Protocol):
    """Knows what can be played (the ivr module's `Prompts`)."""

    def names(self) -> set[PromptName]:
        """The prompts in the centre's language."""
        ...


class CountsChannels(Protocol):
    """Knows the calls that go on (the API's replica)."""

    def taken(self, trunk: TrunkId) -> int:
        """How many channels of a trunk are in use now, by the count of its limit."""
        ...


class Asks(Protocol):
    """Whoever asks the switchboard (`journal.inbox.Inbox`)."""

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask and wait for what became of it.

        Raises:
            SwitchboardSilent, DatabaseAway.
        """
        ...


class SealsPasswords(Protocol):
    """Keeps passwords that must be readable again (identity's vault)."""

    def seal(self, secret: str, *, owner: str) -> bytes:
        """The secret as it may be stored."""
        ...

    def open(self, sealed: bytes, *, owner: str) -> str:
        """The secret again."""
        ...


class Publishes(Protocol):
    """Brings the configuration in the tables into force (`publishing.Publisher`)."""

    async def publish(self) -> int:
        """Ask for what was committed; return its number once it is in force.

        Raises:
            SwitchboardSilent: it is stored, and will be asked for again.
            DatabaseAway.
        """
        ...
