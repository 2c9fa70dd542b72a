"""What goes over HTTP about records."""

from pydantic import BaseModel, ConfigDict

from lianxi.engine.messages.values import Channel, LegCause, Party
from lianxi.modules.customers.contracts import Region
from lianxi.modules.recordings.contracts import RecordingState, TranscriptState
from lianxi.projections.outcomes import ContactOutcome, Direction


class FromAttributes(BaseModel):
    """Shaped from a contract."""

    model_config = ConfigDict(from_attributes=True)


class QueueOut(FromAttributes):
    """A queue and its names."""

    id: str
    name: str
    name_en: str


class AgentOut(FromAttributes):
    """An agent, number and name."""

    id: str
    no: str
    name: str


class CodeOut(FromAttributes):
    """A wrap-up code and its names."""

    code: str
    name: str
    name_en: str


class TranscriptOut(FromAttributes):
    """What a message says, in writing."""

    state: TranscriptState
    text: str | None
    source: str
    at: int | None


class VoicemailOut(FromAttributes):
    """Of a message that the caller left: its words, and who of the agents heard it when."""

    transcript: TranscriptOut
    heard_at: int | None
    heard_by: str


class RecordOut(FromAttributes):
    """One contact; the number is masked, durations are milliseconds."""

    id: str
    arrived_at: int
    direction: Direction
    channel: Channel
    number: str
    region: Region | None
    name: str | None
    queue: QueueOut | None
    agent: AgentOut | None
    outcome: ContactOutcome
    waited_ms: int | None
    ring_ms: int | None
    talk_ms: int | None
    hold_ms: int | None
    wrap_up_ms: int | None
    disposition: CodeOut | None
    ended_by: Party | None
    cause: LegCause | None
    recording_state: RecordingState
    duration_ms: int | None
    pages: int | None
    voicemail: VoicemailOut | None


class MissedOut(FromAttributes):
    """A number to call back: its newest contact, and how often it was missed in that time."""

    record: RecordOut
    times: int


class RungOut(FromAttributes):
    """One thing that happened."""

    at: int
    kind: str
    facts: dict[str, str | int | bool | None]


class KeepingOut(FromAttributes):
    """How long it is kept: until when, who holds it and why, who deleted it ("" = its time was
    over)."""

    until: int | None
    held_at: int | None
    held_by: str
    held_why: str
    deleted_at: int | None
    deleted_by: str


class LegHeardOut(FromAttributes):
    """How well one leg was heard; without an agent it is the customer's."""

    at: int
    agent: str | None
    mos: float
    loss: float
    jitter_ms: float
    round_trip_ms: float
    packets: int
    was_bad: bool
    is_last: bool


class RecordingOut(FromAttributes):
    """What became of the recording."""

    state: RecordingState
    cause: str | None
    duration_ms: int | None
    channels: int | None
    pages: int | None
    keep: KeepingOut | None
    voicemail: VoicemailOut | None


class RecordDetailOut(FromAttributes):
    """One contact with all that happened."""

    record: RecordOut
    ladder: list[RungOut]
    recording: RecordingOut
    recording_began: int | None
    quality: list[LegHeardOut]
    notes: str


class ChoicesOut(FromAttributes):
    """What records can be narrowed by."""

    queues: list[QueueOut]
    agents: list[AgentOut]
    teams: list[QueueOut]
    codes: list[CodeOut]


class NumberOut(BaseModel):
    """A caller's number in full."""

    number: str
