"""Records as others may hold them."""

from dataclasses import dataclass

from lianxi.engine.messages.values import Channel, LegCause, Party
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import AgentId, ContactId, QueueId, TeamId
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.customers.contracts import Region
from lianxi.modules.recordings.contracts import RecordingView, Voicemail
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
    numbers: tuple[str, ...] = ()
    """In full, in every way of writing; none narrows nothing."""
    outcome: ContactOutcome | None = None
    direction: Direction | None = None
    channel: Channel | None = None
    team: str | None = None
    """A member of it worked on the contact."""
    code: str | None = None
    """Of its wrap-up."""
    ended_by: Party | None = None
    recorded: bool | None = None
    """Whether there is a recording, message or document to be opened."""
    waited_from_s: int | None = None
    waited_to_s: int | None = None
    """In queues, summed, in whole seconds; both ends count."""
    talked_from_s: int | None = None
    talked_to_s: int | None = None


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
    channel: Channel
    number: str
    region: Region | None
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
    duration_ms: int | None
    """Of the recording or message."""
    pages: int | None
    """Of a fax."""
    voicemail: Voicemail | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCall:
    """A number nobody has spoken to since it called."""

    record: Record
    """The newest of its contacts."""
    times: int
    """How many of its contacts were missed in the time asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegHeard:
    """How well one leg was heard, as the switch told last."""

    at: Instant
    agent: str | None
    """Number and name; None = the customer's leg, or somebody's outside."""
    mos: float
    """Estimated opinion of a listener, 1 to 4.4."""
    loss: float
    """Share of packets that did not come, 0 to 1."""
    jitter_ms: float
    round_trip_ms: float
    """0 = the other end did not say."""
    packets: int
    was_bad: bool
    """At some time, whatever it was at the end."""
    is_last: bool
    """The leg is over: it stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What records can be narrowed by, within somebody's reach."""

    queues: tuple[QueueName, ...]
    agents: tuple[AgentName, ...]
    teams: tuple[tuple[TeamId, str, str], ...]
    """Id, name, English name."""
    codes: tuple[CodeName, ...]
    """Of all queues, one row a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDetail:
    """One contact with all that happened."""

    record: Record
    ladder: list[Rung]
    recording: RecordingView
    recording_began: Instant | None
    """When its first moment was, so that rungs have a place in it; None where nobody can say."""
    quality: list[LegHeard]
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
