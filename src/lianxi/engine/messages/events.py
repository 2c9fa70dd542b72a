"""Facts, past tense, with stable wire names. In the journal before anything acts on them."""

from lianxi.engine.messages.agent_events import (
    AgentCame,
    AgentDeviceChanged,
    AgentIntentChanged,
    AgentLinkChanged,
    AgentMoved,
    AgentNextAsked,
    AgentReleased,
    AgentWent,
    WrapUpBegan,
    WrapUpDrafted,
    WrapUpEnded,
    WrapUpLengthened,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.fax import FaxEvents
from lianxi.engine.messages.floor_events import FloorEvents
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.flowing import FlowEvents
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.telephone import TelephoneEvents
from lianxi.engine.messages.values import (
    Channel,
    EntryOutcome,
    FlowEnd,
    LegCause,
    OfferOutcome,
    Party,
    StepOutcome,
)
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    EntryId,
    FlowId,
    LegId,
    NodeId,
    OfferId,
    PlaybackId,
    PromptName,
    QueueId,
    TrunkId,
)
from lianxi.kernel.time import Instant, Millis


class RoutingChanged(Event, frozen=True, kw_only=True, tag="routing.changed.v1"):
    """A new configuration is in force."""

    routing: Routing


# --- contact


class ContactBegan(Event, frozen=True, kw_only=True, tag="contact.began.v1"):
    """A caller reached the centre."""

    contact: ContactId
    leg: LegId
    channel: Channel
    dialled: str
    caller: str
    caller_name: str
    recording: str
    priority: int = 0
    needs: tuple[SkillNeed, ...] = ()
    wanted: AgentId | None = None
    trunk: TrunkId = TrunkId("")


class FlowBegan(Event, frozen=True, kw_only=True, tag="flow.began.v1"):
    """The contact entered a flow; it finishes on this version."""

    contact: ContactId
    flow: FlowId
    version: int
    pinned: dict[FlowId, int] | None = None
    """Versions of the sub-flows it may come to, if any."""


class StepEntered(Event, frozen=True, kw_only=True, tag="flow.step_entered.v1"):
    """The contact reached a node."""

    contact: ContactId
    node: NodeId
    flow: FlowId | None = None
    """The sub-flow the node belongs to; None = the flow the contact began."""
    version: int = 0


class StepLeft(Event, frozen=True, kw_only=True, tag="flow.step_left.v1"):
    """The contact left a node."""

    contact: ContactId
    node: NodeId
    outcome: StepOutcome
    digit: str = ""
    name: str = ""
    """Label of the choice, for the menu path an agent sees."""
    name_en: str = ""


class InputRejected(Event, frozen=True, kw_only=True, tag="flow.input_rejected.v1"):
    """A wrong key, or silence, at a menu."""

    contact: ContactId
    node: NodeId
    digit: str
    """Empty when nothing was pressed."""
    tries: int


class InputAwaited(Event, frozen=True, kw_only=True, tag="flow.input_awaited.v1"):
    """The menu has been read out; silence counts from here."""

    contact: ContactId
    until: Instant


class PromptBegan(Event, frozen=True, kw_only=True, tag="prompt.began.v1"):
    """Prompts are played to the contact."""

    contact: ContactId
    leg: LegId
    playback: PlaybackId
    prompts: tuple[PromptName, ...]
    deadline: Instant
    """If the switch has not said "ended" by then, the engine goes on without."""
    language: str = ""
    """Empty = the centre's."""


class PromptEnded(Event, frozen=True, kw_only=True, tag="prompt.ended.v1"):
    """The playing is over, or was cut short."""

    contact: ContactId
    leg: LegId
    playback: PlaybackId
    cut: bool = False
    failed: bool = False
    music: bool = False
    """The caller is waiting: music goes on."""


class ContactQueued(Event, frozen=True, kw_only=True, tag="contact.queued.v1"):
    """The contact waits. `since` is kept across hops: place in line is by it."""

    contact: ContactId
    leg: LegId
    entry: EntryId
    queue: QueueId
    priority: int
    since: Instant
    announce_at: Instant | None
    recovered: bool = False
    """Came back from a conversation whose agent vanished: goes first."""
    stood: Instant | None = None
    """Its place in the one order of all: `since`, moved back by what its priority is worth. `None`
    in journals from before ageing: by priority, and by age within it."""
    stage: int = 0
    before: Millis = Millis(0)
    """Widening that a recovered one had reached, and the wait in this line that counts for it."""
    level: int = 1
    """Agents of this level and above may serve it, for now."""
    needs: tuple[SkillNeed, ...] = ()
    wanted: AgentId | None = None
    """For whom alone it waits until `wanted_until`."""
    wanted_until: Instant | None = None
    widen_at: Instant | None = None
    overflow_at: Instant | None = None
    media: bool = True
    """Has a leg at the switch: hears music."""


class PositionAnnounced(Event, frozen=True, kw_only=True, tag="contact.position_announced.v1"):
    """The caller was told the place in line. It never rises within one entry."""

    contact: ContactId
    entry: EntryId
    position: int
    wait_minutes: int | None
    next_at: Instant
    said: bool = True
    """False: put off, because the caller was hearing something else."""


class ContactConnected(Event, frozen=True, kw_only=True, tag="contact.connected.v1"):
    """Customer and agent hear each other: answered, and with it offer and stay in the queue end."""

    contact: ContactId
    entry: EntryId
    offer: OfferId
    queue: QueueId
    agent: AgentId
    leg: LegId
    waited: Millis
    """From entering the queue to the joined media."""


class AgentLegLost(Event, frozen=True, kw_only=True, tag="contact.agent_leg_lost.v1"):
    """The agent's leg vanished in mid-call; the customer's, `leg`, is kept until `until`."""

    contact: ContactId
    leg: LegId
    agent: AgentId
    agent_leg: LegId | None
    until: Instant
    playback: PlaybackId
    prompts: tuple[PromptName, ...]


class AgentLegAsked(Event, frozen=True, kw_only=True, tag="contact.agent_leg_asked.v1"):
    """A new leg to the same agent is being made."""

    contact: ContactId
    agent: AgentId
    endpoint: Endpoint
    leg: LegId
    customer_leg: LegId
    caller: str
    caller_name: str


class AgentLegAnswered(Event, frozen=True, kw_only=True, tag="contact.agent_leg_answered.v1"):
    """The new leg was picked up; the two sides are being joined again."""

    contact: ContactId
    leg: LegId
    customer_leg: LegId


class AgentLegFailed(Event, frozen=True, kw_only=True, tag="contact.agent_leg_failed.v1"):
    """The agent's leg came to nothing; while the customer is kept, the page may ask again."""

    contact: ContactId
    leg: LegId
    customer_leg: LegId | None = None
    """Of a customer who was being joined and goes back to music; else None."""


class AgentLegRestored(Event, frozen=True, kw_only=True, tag="contact.agent_leg_restored.v1"):
    """The conversation goes on over the new leg."""

    contact: ContactId
    agent: AgentId
    leg: LegId


class EntryEnded(Event, frozen=True, kw_only=True, tag="contact.entry_ended.v1"):
    """A stay in a queue is over; `ringing`: an agent's device rang at that moment."""

    contact: ContactId
    entry: EntryId
    queue: QueueId
    outcome: EntryOutcome
    waited: Millis
    ringing: bool


class ContactEnded(Event, frozen=True, kw_only=True, tag="contact.ended.v1"):
    """The conversation or the wait is over. Nothing of the contact is left at the switch."""

    contact: ContactId
    leg: LegId
    agent_leg: LegId | None
    by: Party
    cause: LegCause
    flow_end: FlowEnd | None = None


class FallbackCounted(Event, frozen=True, kw_only=True, tag="contact.fallback.v1"):
    """A caller heard the apology because no Driver ran; to be called back."""

    contact: ContactId
    dialled: str
    caller: str
    happened_at: int


class RecordingFailed(Event, frozen=True, kw_only=True, tag="contact.recording_failed.v1"):
    """There is no (whole) recording, and why."""

    contact: ContactId
    code: str


class SwitchChanged(Event, frozen=True, kw_only=True, tag="switch.changed.v1"):
    """The switch is a new one: whatever the old one held is gone."""

    generation: str


# --- offer


class OfferMade(Event, frozen=True, kw_only=True, tag="offer.made.v1"):
    """A waiting contact is reserved for one agent, whose device is asked to ring on `leg`."""

    offer: OfferId
    contact: ContactId
    entry: EntryId
    queue: QueueId
    agent: AgentId
    endpoint: Endpoint
    leg: LegId
    customer_leg: LegId
    caller: str
    caller_name: str
    expires_at: Instant
    """The moment the offer is withdrawn unless answered."""
    channel: Channel = Channel.VOICE


class OfferRang(Event, frozen=True, kw_only=True, tag="offer.rang.v1"):
    """The device really rings."""

    offer: OfferId
    contact: ContactId
    agent: AgentId


class OfferAccepted(Event, frozen=True, kw_only=True, tag="offer.accepted.v1"):
    """The agent picked up; the two sides are being joined, or by `join_by` the offer failed."""

    offer: OfferId
    contact: ContactId
    agent: AgentId
    leg: LegId
    customer_leg: LegId
    join_by: Instant


class OfferEnded(Event, frozen=True, kw_only=True, tag="offer.ended.v1"):
    """The offer is over; its reservation is released."""

    offer: OfferId
    contact: ContactId
    agent: AgentId
    leg: LegId
    outcome: OfferOutcome
    customer_leg: LegId | None = None
    """Of a customer who was being joined and goes back to music; else None."""


# fmt: off
AnyEvent = (
    RoutingChanged | ContactBegan | FlowBegan | StepEntered | StepLeft | InputRejected
    | InputAwaited | PromptBegan | PromptEnded | ContactQueued | PositionAnnounced | FloorEvents
    | ContactConnected | AgentLegLost | AgentLegAsked | AgentLegAnswered | AgentLegFailed
    | AgentLegRestored | EntryEnded | ContactEnded | FallbackCounted | RecordingFailed | OfferMade
    | SwitchChanged | OfferRang | OfferAccepted | OfferEnded | AgentCame | AgentMoved | AgentWent
    | AgentIntentChanged | AgentNextAsked | AgentDeviceChanged | AgentLinkChanged | AgentReleased
    | WrapUpBegan | WrapUpLengthened | WrapUpDrafted | WrapUpEnded | TelephoneEvents | FlowEvents
    | FaxEvents
)
# fmt: on
