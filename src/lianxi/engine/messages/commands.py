"""What a channel must do now. Imperative; performed only after the events were committed."""

from lianxi.engine.messages.base import Command
from lianxi.engine.messages.calling import CallCommands
from lianxi.engine.messages.dialing import DialCommands
from lianxi.engine.messages.fax import FaxCommands
from lianxi.engine.messages.flow_commands import FlowCommands
from lianxi.engine.messages.monitoring import MonitorCommands
from lianxi.engine.messages.parties import PartyCommands
from lianxi.engine.messages.trunks import TrunkCommands
from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, OfferId, PlaybackId, PromptName
from lianxi.kernel.time import Millis


class AnswerCustomer(Command, frozen=True, kw_only=True, tag="answer_customer"):
    """Answer the caller's leg."""

    contact: ContactId
    leg: LegId


class PlayPrompts(Command, frozen=True, kw_only=True, tag="play_prompts"):
    """Play prompts one after another; say PlaybackEnded when done. Music stops meanwhile."""

    contact: ContactId
    leg: LegId
    playback: PlaybackId
    prompts: tuple[PromptName, ...]
    language: str = ""
    """Empty = the centre's."""


class StopPrompts(Command, frozen=True, kw_only=True, tag="stop_prompts"):
    """Cut a playing short."""

    contact: ContactId
    playback: PlaybackId


class StartMusic(Command, frozen=True, kw_only=True, tag="start_music"):
    """Music to the waiting caller."""

    contact: ContactId
    leg: LegId


class RingAgent(Command, frozen=True, kw_only=True, tag="ring_agent"):
    """Make a leg to the agent's device. Answered = LegAnswered, refused or busy = LegEnded."""

    contact: ContactId
    customer_leg: LegId
    agent: AgentId
    endpoint: Endpoint
    leg: LegId
    offer: OfferId | None
    """None = a restored leg, to be answered by the device at once."""
    caller: str
    caller_name: str
    ring: Millis
    is_party: bool = False
    """Asked into the conversation of somebody else: the person answers, though it is no offer."""


class JoinLegs(Command, frozen=True, kw_only=True, tag="join_legs"):
    """Put customer and agent into one bridge; say LegJoined when media flows."""

    contact: ContactId
    customer_leg: LegId
    leg: LegId


class HoldCustomer(Command, frozen=True, kw_only=True, tag="hold_customer"):
    """Customer out of the bridge, to music."""

    contact: ContactId
    leg: LegId


class ResumeCustomer(Command, frozen=True, kw_only=True, tag="resume_customer"):
    """Customer back into the bridge."""

    contact: ContactId
    leg: LegId


class AlertAgent(Command, frozen=True, kw_only=True, tag="alert_agent"):
    """A short tone that nobody but the agent hears: a customer is forgotten on hold."""

    contact: ContactId
    leg: LegId
    """The agent's."""


class PauseRecording(Command, frozen=True, kw_only=True, tag="pause_recording"):
    """Silence into the recording of the customer's leg. What cannot be done is a
    RecordingProblem: an agent must not believe in a pause that is none."""

    contact: ContactId
    leg: LegId


class ResumeRecording(Command, frozen=True, kw_only=True, tag="resume_recording"):
    """Sound into the recording again."""

    contact: ContactId
    leg: LegId


class DropLeg(Command, frozen=True, kw_only=True, tag="drop_leg"):
    """End one leg."""

    leg: LegId


class CloseContact(Command, frozen=True, kw_only=True, tag="close_contact"):
    """End the customer's leg and the bridge, whatever is left of them."""

    contact: ContactId
    leg: LegId


class ProvisionDevice(Command, frozen=True, kw_only=True, tag="provision_device"):
    """Let an agent's device register."""

    agent: AgentId
    endpoint: Endpoint
    device: DeviceKind


class RetireDevice(Command, frozen=True, kw_only=True, tag="retire_device"):
    """Its credentials expire now."""

    endpoint: Endpoint


AnyCommand = (
    AnswerCustomer | PlayPrompts | StopPrompts | StartMusic | RingAgent | JoinLegs | HoldCustomer
    | ResumeCustomer | AlertAgent | PauseRecording | ResumeRecording | DropLeg | CloseContact
    | ProvisionDevice | RetireDevice | FlowCommands | DialCommands | TrunkCommands
    | PartyCommands | CallCommands | MonitorCommands | FaxCommands
)  # fmt: skip
