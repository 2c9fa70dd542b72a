"""What the world says: callers, phones, the switch, people at desks. It may be wrong."""

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.dialing import DialInputs, PreviewSkipped, PreviewTaken
from lianxi.engine.messages.flow import SkillNeed
from lianxi.engine.messages.flowing import FlowInputs
from lianxi.engine.messages.routing import Destination, Routing
from lianxi.engine.messages.values import Channel, DeviceKind, Intent, LegCause
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    GroupId,
    LegId,
    OfferId,
    PlaybackId,
    QueueId,
)
from lianxi.kernel.time import Instant


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


# --- agents ask


class AgentSignedIn(Input, frozen=True, kw_only=True, tag="agent_signed_in"):
    """A person took a desk. A second sign-in takes over from the first."""

    agent: AgentId
    session: str
    device: DeviceKind
    endpoint: Endpoint


class AgentSignedOut(Input, frozen=True, kw_only=True, tag="agent_signed_out"):
    """The agent leaves the desk."""

    agent: AgentId


class AgentStateAsked(Input, frozen=True, kw_only=True, tag="agent_state_asked"):
    """The agent wants to be ready, or not ready with a reason; in a call: for afterwards."""

    agent: AgentId
    to: Intent
    reason: str = ""


class AgentLinkLost(Input, frozen=True, kw_only=True, tag="agent_link_lost"):
    """No heartbeat of the agent's desk for too long."""

    agent: AgentId


class AgentLinkBack(Input, frozen=True, kw_only=True, tag="agent_link_back"):
    """The agent's desk is heard again."""

    agent: AgentId


class AgentLeft(Input, frozen=True, kw_only=True, tag="agent_left"):
    """The desk says it is closing or reloading: its leg ends without meaning the call."""

    agent: AgentId


class OfferTaken(Input, frozen=True, kw_only=True, tag="offer_taken"):
    """The agent accepted a contact without media: chat, e-mail, SMS, fax, task, callback."""

    offer: OfferId
    agent: AgentId


class OfferRefused(Input, frozen=True, kw_only=True, tag="offer_refused"):
    """The agent declined."""

    offer: OfferId
    agent: AgentId


class HoldAsked(Input, frozen=True, kw_only=True, tag="hold_asked"):
    """Customer to music."""

    agent: AgentId
    contact: ContactId


class ResumeAsked(Input, frozen=True, kw_only=True, tag="resume_asked"):
    """Customer back from music."""

    agent: AgentId
    contact: ContactId


class HangUpAsked(Input, frozen=True, kw_only=True, tag="hang_up_asked"):
    """The agent ends the conversation."""

    agent: AgentId
    contact: ContactId


class LegAsked(Input, frozen=True, kw_only=True, tag="leg_asked"):
    """The desk is back and wants a new leg to the customer it was talking to."""

    agent: AgentId


class WrapUpNoted(Input, frozen=True, kw_only=True, tag="wrap_up_noted"):
    """A draft: code and note so far. May come during the call."""

    agent: AgentId
    contact: ContactId
    disposition: str = ""
    note: str = ""


class WrapUpFinished(Input, frozen=True, kw_only=True, tag="wrap_up_finished"):
    """The agent is done with after-call work."""

    agent: AgentId
    contact: ContactId
    disposition: str
    note: str = ""
    then: Intent | None = None
    """None = what was asked for during the call, else the state before it."""
    reason: str = ""


class WrapUpExtended(Input, frozen=True, kw_only=True, tag="wrap_up_extended"):
    """The agent needs more time."""

    agent: AgentId
    contact: ContactId


class AgentForced(Input, frozen=True, kw_only=True, tag="agent_forced"):
    """A supervisor sets an agent's state."""

    agent: AgentId
    to: Intent | None
    """None = sign out."""
    reason: str
    by: str


class TransferAsked(Input, frozen=True, kw_only=True, tag="transfer_asked"):
    """The agent hands the conversation on: to a queue, to another agent, or into a flow."""

    agent: AgentId
    contact: ContactId
    to: Destination
    reason: str = ""


# --- supervisors ask


class ContactPulled(Input, frozen=True, kw_only=True, tag="contact_pulled"):
    """A supervisor moves somebody who waits: to an agent, or to another queue."""

    contact: ContactId
    to: Destination
    by: str


class ContactRanked(Input, frozen=True, kw_only=True, tag="contact_ranked"):
    """A supervisor gives somebody who waits another priority."""

    contact: ContactId
    priority: int
    by: str


class MergeAsked(Input, frozen=True, kw_only=True, tag="merge_asked"):
    """A supervisor merges a group of queues, or takes it apart."""

    group: GroupId
    merged: bool
    by: str


# --- callbacks


class CallbackAsked(Input, frozen=True, kw_only=True, tag="callback_asked"):
    """Somebody wants to be called back: the caller of a contact, who then need not wait on the
    line, or anybody through another door."""

    contact: ContactId
    """Of the caller who asks; of a new contact when nobody is on the line."""
    number: str
    """Whom to call."""
    queue: QueueId | None = None
    """None = the queue the caller waits in."""
    due: Instant | None = None
    """Not before; None = when it is the caller's turn."""


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
    CallbackAsked,
    HoldAsked,
    ResumeAsked,
    HangUpAsked,
    LegAsked,
    WrapUpNoted,
    WrapUpFinished,
    WrapUpExtended,
    AgentForced,
    PreviewTaken,
    PreviewSkipped,
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
    | HoldAsked
    | ResumeAsked
    | HangUpAsked
    | LegAsked
    | WrapUpNoted
    | WrapUpFinished
    | WrapUpExtended
    | AgentForced
    | FallbackSeen
    | FlowInputs
    | DialInputs
)
