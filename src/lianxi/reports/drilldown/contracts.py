"""What is listed behind a figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lianxi.kernel.ids import AgentId, ContactId, QueueId, TeamId
from lianxi.kernel.time import Instant, Millis
from lianxi.reports.questions import Key
from lianxi.reports.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One fact that counted: a stay in a queue, a stretch of work, an offer, a hand-over."""

    fact: str
    """Its own id; with `at` the place in the list."""
    contact: ContactId
    at: Instant
    """The moment it is counted by."""
    queue: QueueId | None
    agent: AgentId | None
    team: TeamId | None
    what: str
    """How it ended, or its kind; empty while it goes on."""
    lasted: Millis | None
    """The wait or the stretch; None while it goes on, or where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which facts."""

    window: Window
    only: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    """By queue, agent and team; other keys are not looked at."""
    before: tuple[Instant, str] | None = None
    """Behind this place of the list."""
    limit: int = 50
