"""What the world says: callers, phones, the switch, people at desks. It may be wrong."""

from lianxi.engine.messages.agent_inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    CallbackAsked,
    CallbackCancelled,
    ContactPulled,
    ContactRanked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    MergeAsked,
    OfferRefused,
    OfferTaken,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
    TransferAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.calling import CALL_WISHES, CallInputs
from lianxi.engine.messages.dialing import DialInputs, PreviewSkipped, PreviewTaken
from lianxi.engine.messages.fax import FaxInputs
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.flowing import FlowInputs
from lianxi.engine.messages.holding import HoldInputs
from lianxi.engine.messages.limiting import LimitInputs, WrapUpLimitAsked
from lianxi.engine.messages.monitoring import MONITOR_WISHES, MonitorInputs
from lianxi.engine.messages.parties import PARTY_WISHES, PartyInputs
from lianxi.engine.messages.recordings import RECORDING_WISHES, RecordingInputs
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.trunks import TrunkInputs
from lianxi.engine.messages.values import Channel, LegCause
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    LegId,
    PlaybackId,
    TrunkId,
)


class Tick(Input, frozen=True, kw_only=True, tag="tick"):
    """The deadline the engine asked for has come."""


class RoutingPublished(Input, frozen=True, kw_only=True, tag="routing_published"):
    """The configuration changed: a full snapshot, swapped at once."""

    routing: Routing


# --- the switch speaks about customers


class ContactArrived(Input, frozen=True, kw_only=True, tag="contact_arrived"):
    """A caller reached the centre."""

    contact: ContactId
    leg: LegId
    dialled: str
    """The number called."""
    caller: str
    """The caller's number as received; empty when withheld."""
    caller_name: str = ""
    """Name of a known customer with that number, looked up before; empty if unknown."""
    channel: Channel = Channel.VOICE
    recording: str = ""
    """Name of the raw recording the switch is writing, empty when none."""
    priority: int = 0
    """Steps above (or below) the priority of whatever queue it comes to."""
    needs: tuple[SkillNeed, ...] = ()
    """What the agent must be able to do beyond serving the queue."""
    wanted: AgentId | None = None
    """Who knows this customer best: asked for first where the queue allows the wait."""
    trunk: TrunkId = TrunkId("")
    """On which it came; empty when that is none of the configured ones."""


class ContactGone(Input, frozen=True, kw_only=True, tag="contact_gone"):
    """The customer's leg ended."""

    contact: ContactId
    cause: LegCause = LegCause.NORMAL


class DigitPressed(Input, frozen=True, kw_only=True, tag="digit_pressed"):
    """The customer pressed a key."""

    contact: ContactId
    digit: str


class PlaybackEnded(Input, frozen=True, kw_only=True, tag="playback_ended"):
    """A playing of prompts is over."""

    contact: ContactId
    playback: PlaybackId
    failed: bool = False


# --- the switch speaks about agents' legs and devices


class LegRinging(Input, frozen=True, kw_only=True, tag="leg_ringing"):
    """The agent's device rings."""

    leg: LegId


class LegAnswered(Input, frozen=True, kw_only=True, tag="leg_answered"):
    """The agent's device was picked up."""

    leg: LegId


class LegJoined(Input, frozen=True, kw_only=True, tag="leg_joined"):
    """Customer and agent are in one bridge: media flows."""

    contact: ContactId
    leg: LegId


class LegEnded(Input, frozen=True, kw_only=True, tag="leg_ended"):
    """An agent's leg is gone, or never came about."""

    leg: LegId
    cause: LegCause


class JoinFailed(Input, frozen=True, kw_only=True, tag="join_failed"):
    """The bridge refused the two sides."""

    contact: ContactId
    leg: LegId


class DeviceChanged(Input, frozen=True, kw_only=True, tag="device_changed"):
    """An agent's device registered or went away."""

    endpoint: Endpoint
    registered: bool


class SwitchRestarted(Input, frozen=True, kw_only=True, tag="switch_restarted"):
    """Said at every connect to the switch; only a generation not seen before means a restart."""

    generation: str
    """Changes when the switch lost everything it held."""


class RecordingProblem(Input, frozen=True, kw_only=True, tag="recording_problem"):
    """The recording of a contact cannot be made; the call goes on."""

    contact: ContactId
    code: str
    """Stable code, e.g. disk_full, file_missing."""


# --- bookkeeping


class FallbackSeen(Input, frozen=True, kw_only=True, tag="fallback_seen"):
    """The switch answered a caller by itself while no Driver ran."""

    contact: ContactId
    dialled: str
    caller: str
    happened_at: int
    """Epoch milliseconds of the call."""


PEOPLE = (
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    OfferTaken,
    OfferRefused,
    TransferAsked,
    ContactPulled,
    ContactRanked,
    MergeAsked,
    WrapUpLimitAsked,
    CallbackAsked,
    CallbackCancelled,
    HoldAsked,
    ResumeAsked,
    RecordingPauseAsked,
    RecordingResumeAsked,
    HangUpAsked,
    LegAsked,
    WrapUpNoted,
    WrapUpFinished,
    WrapUpExtended,
    AgentForced,
    PreviewTaken,
    PreviewSkipped,
    *PARTY_WISHES,
    *CALL_WISHES,
    *MONITOR_WISHES,
    *RECORDING_WISHES,
)
"""Inputs by which a person asks for something: answered with a refusal when impossible."""

AnyInput = (
    Tick
    | RoutingPublished
    | ContactArrived
    | ContactGone
    | DigitPressed
    | PlaybackEnded
    | LegRinging
    | LegAnswered
    | LegJoined
    | LegEnded
    | JoinFailed
    | DeviceChanged
    | SwitchRestarted
    | RecordingProblem
    | AgentSignedIn
    | AgentSignedOut
    | AgentStateAsked
    | AgentLinkLost
    | AgentLinkBack
    | AgentLeft
    | OfferTaken
    | OfferRefused
    | TransferAsked
    | ContactPulled
    | ContactRanked
    | MergeAsked
    | CallbackAsked
    | CallbackCancelled
    | HoldAsked
    | ResumeAsked
    | RecordingPauseAsked
    | RecordingResumeAsked
    | HangUpAsked
    | LegAsked
    | WrapUpNoted
    | WrapUpFinished
    | WrapUpExtended
    | AgentForced
    | FallbackSeen
    | FlowInputs
    | DialInputs
    | PartyInputs
    | CallInputs
    | MonitorInputs
    | TrunkInputs
    | RecordingInputs
    | HoldInputs
    | FaxInputs
    | LimitInputs
)
