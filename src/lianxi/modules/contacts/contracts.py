"""Records as others may hold them."""

from dataclasses import dataclass

from lianxi.engine.messages.values import LegCause, Party
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import AgentId, ContactId, QueueId, TeamId
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.recordings.contracts import RecordingView
from lianxi.projections.ladder import Rung
from lianxi.projections.outcomes import ContactOutcome, Direction

Place = tuple[Instant, ContactId]
"""Where a page ends: arrival and id of its last row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whose contacts are asked for."""

    scope: Scope
    agent: AgentId | None = None
    team: TeamId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """What narrows the list; None narrows nothing."""

    since: Instant | None = None
    until: Instant | None = None
    """Exclusive."""
    queue: str | None = None
    agent: str | None = None
    """An agent's id or number."""
    number_tail: str | None = None
    outcome: ContactOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedFilter:
    """Of which time missed calls are asked for: [since, until)."""

    since: Instant
    until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueName:
    """A queue and what it is called."""

    id: QueueId
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentName:
    """An agent and what he or she is called."""

    id: AgentId
    no: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeName:
    """A wrap-up code and what it is called."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One contact as the list shows it. The number is masked."""

    id: ContactId
    arrived_at: Instant
    direction: Direction
    number: str
    name: str | None
    queue: QueueName | None
    agent: AgentName | None
    outcome: ContactOutcome
    waited_ms: Millis | None
    """In queues, summed; None when it never stood in one, or still does for the first time."""
    ring_ms: Millis | None
    """Devices of agents ringing, summed over the offers."""
    talk_ms: Millis | None
    hold_ms: Millis | None
    wrap_up_ms: Millis | None
    disposition: CodeName | None
    ended_by: Party | None
    cause: LegCause | None
    recording_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCall:
    """A number nobody has spoken to since it called."""

    record: Record
    """The newest of its contacts."""
    times: int
    """How many of its contacts were missed in the time asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDetail:
    """One contact with all that happened."""

    record: Record
    ladder: list[Rung]
    recording: RecordingView
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An earlier contact with a customer, as the agent who has the customer now may see it."""

    id: ContactId
    arrived_at: Instant
    direction: Direction
    queue: QueueName | None
    agent: AgentName | None
    outcome: ContactOutcome
    talk_ms: Millis | None
    disposition: CodeName | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What went before with a number."""

    recent: int
    """Contacts that the customer began in the time asked for, without the present one."""
    last: tuple[Former, ...]
    """Newest first."""
