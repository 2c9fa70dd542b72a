"""Which conversations are recorded, what callers are told of it, how well legs were heard."""

from typing import Final

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.kernel.ids import AgentId, ContactId, LegId, PlaybackId, PromptName, QueueId
from lianxi.kernel.time import Instant


class RecordingRule(msgspec.Struct, frozen=True, kw_only=True):
    """What else a queue's recordings are ruled by."""

    share: float = 1.0
    """Of the conversations, 0 to 1, where the policy is a share."""
    notice: tuple[PromptName, ...] = ()
    """Said before the wait begins to whoever is to be recorded; empty = nothing is said."""
    keep_days: int = 0
    """A recording is deleted so many days after the call; 0 = never by itself."""


class QualityRule(msgspec.Struct, frozen=True, kw_only=True):
    """When a leg counts as heard badly."""

    bad_below: float = 3.6
    """Mean opinion score, 1 to 4.4; 1 = no leg ever is. R = 70: below it "many users are
    dissatisfied" (ITU-T G.109, table 1)."""


class RecordingBegan(Event, frozen=True, kw_only=True, tag="contact.recording_began.v1"):
    """The switch records a call out from here on, as it does calls in from their beginning: from
    the answer, or from when it was handed on to a queue that records. Whether it is kept follows
    from the rules."""

    contact: ContactId
    leg: LegId
    """The customer's, which is what is recorded."""
    recording: str
    """The file's name."""


class StartRecording(Command, frozen=True, kw_only=True, tag="start_recording"):
    """Record what a leg says and hears, in two channels, until it is over; what fails is told as
    RecordingProblem."""

    contact: ContactId
    leg: LegId
    recording: str


class RecordingStartAsked(Input, frozen=True, kw_only=True, tag="recording_start_asked"):
    """From now on this conversation shall be kept."""

    agent: AgentId
    contact: ContactId


class RecordingStarted(Event, frozen=True, kw_only=True, tag="contact.recording_started.v1"):
    """The agent began to record, in a queue where that is the agent's choice."""

    contact: ContactId
    agent: AgentId


class RecordingNoticeBegan(
    Event, frozen=True, kw_only=True, tag="contact.recording_notice_began.v1"
):
    """The caller is told that the conversation will be recorded; the wait begins after it. Who was
    called is told when the call is answered."""

    contact: ContactId
    queue: QueueId
    since: Instant | None = None
    """Who has waited before keeps the age."""
    agent: AgentId | None = None
    """To be waited for alone at first."""
    prompts: tuple[PromptName, ...] = ()
    """Said at the beginning of the wait."""
    playback: PlaybackId | None = None
    """The notice's own, where no wait follows it: in a call out."""


class RecordingNoticeEnded(
    Event, frozen=True, kw_only=True, tag="contact.recording_notice_ended.v1"
):
    """The caller heard it to its end; or it could not be said, and then nothing is recorded."""

    contact: ContactId
    queue: QueueId
    heard: bool


class LegQualityMeasured(Input, frozen=True, kw_only=True, tag="leg_quality_measured"):
    """The switch counted what came over a leg, and what its other end says it got."""

    contact: ContactId
    leg: LegId
    loss: float
    """Share of packets that did not come, 0 to 1, of the worse direction."""
    jitter_ms: float
    round_trip_ms: float
    """0 = the other end did not say."""
    packets: int
    """That came."""
    is_last: bool = False
    """The leg is over."""


class LegQualityTold(Event, frozen=True, kw_only=True, tag="leg.quality.v1"):
    """How well a leg is heard: when it becomes bad or good again, and at its end."""

    contact: ContactId
    leg: LegId
    agent: AgentId | None = None
    """Whose leg it is; `None` = the customer's, or somebody's outside."""
    loss: float
    jitter_ms: float
    round_trip_ms: float
    packets: int
    mos: float
    """Estimated opinion of a listener, 1 (bad) to 4.4 (as good as the telephone gets)."""
    is_bad: bool
    is_last: bool = False


RECORDING_WISHES: Final = (RecordingStartAsked,)
RecordingInputs = RecordingStartAsked | LegQualityMeasured
RecordingEvents = (
    RecordingBegan | RecordingStarted | RecordingNoticeBegan | RecordingNoticeEnded | LegQualityTold
)
