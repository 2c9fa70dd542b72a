"""The configuration as one immutable value: an input, swapped at once, replayed as it was."""

import msgspec

from lianxi.engine.messages.calling import CallbackRule, CallingRule
from lianxi.engine.messages.fax import FaxRule
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.holding import HoldRule
from lianxi.engine.messages.monitoring import MonitorRule
from lianxi.engine.messages.recordings import QualityRule, RecordingRule
from lianxi.engine.messages.trunks import EMERGENCY_NUMBERS, Route, Trunk
from lianxi.engine.messages.values import (
    Channel,
    OverflowWhen,
    Policy,
    RecordingPolicy,
    RingStrategy,
    WrapUpMode,
    WrapUpTime,
)
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    FlowId,
    GroupId,
    PromptName,
    QueueId,
    SkillName,
    TeamId,
)
from lianxi.kernel.time import Millis


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Base of configuration values."""


class Disposition(Frozen, frozen=True, kw_only=True):
    """One wrap-up code of a queue."""

    code: str
    name: str
    name_en: str


class Reason(Frozen, frozen=True, kw_only=True):
    """One reason for being not ready."""

    code: str
    name: str
    name_en: str
    allowance: Millis = Millis(0)
    """How long one stay may take before it is told to the team lead; 0 = as long as it takes."""
    returns_after: Millis = Millis(0)
    """The agent is ready by itself after this long (rest after a hard call); 0 = never."""


class AgentSkill(Frozen, frozen=True, kw_only=True):
    """What an agent can do, at a level of 1 to 10."""

    skill: SkillName
    level: int = 1


class QueueSeat(Frozen, frozen=True, kw_only=True):
    """How well an agent serves a queue."""

    queue: QueueId
    level: int = 10
    """1..10."""


class Load(Frozen, frozen=True, kw_only=True):
    """So many contacts of a channel at once."""

    channel: Channel
    most: int


class Capacity(Frozen, frozen=True, kw_only=True):
    """What an agent may have in hand at once: whatever fits into one. All calls count as voice."""

    combinations: tuple[tuple[Load, ...], ...] = ((Load(channel=Channel.VOICE, most=1),),)
    interruptible: tuple[Channel, ...] = ()
    """Work that does not stand in the way of other channels: it is put aside meanwhile."""


class WrapUpRule(Frozen, frozen=True, kw_only=True):
    """After-call work of a queue."""

    mode: WrapUpMode = WrapUpMode.LIMITED
    limit: Millis = Millis(45_000)
    """Length of the work. Ignored for the modes none and free."""
    extension: Millis = Millis(30_000)
    extensions: int = 2
    """How often an agent may extend."""


class AnnouncementRule(Frozen, frozen=True, kw_only=True):
    """What a waiting caller hears besides music."""

    every: Millis = Millis(30_000)
    """From one announcement to the next; 0 = never."""
    position: bool = True
    wait: bool = True
    """Also say the estimated wait in minutes."""


class Stage(Frozen, frozen=True, kw_only=True):
    """From this wait on, agents of this level and above may serve the caller."""

    after: Millis
    """The caller's own wait in the queue."""
    level: int
    """1..10, at least."""


class Destination(Frozen, frozen=True, kw_only=True):
    """Where next: the first named of queue, agent, flow, callback; none = prompts and the end."""

    queue: QueueId | None = None
    agent: AgentId | None = None
    flow: FlowId | None = None
    callback: bool = False
    """Keep the place in line and call back."""
    prompts: tuple[PromptName, ...] = ()


class OverflowRule(Frozen, frozen=True, kw_only=True):
    """When a contact leaves the line by rule, and where it goes."""

    when: OverflowWhen
    threshold: int = 0
    """Meaning and unit as `OverflowWhen` says."""
    to: Destination


class Override(Frozen, frozen=True, kw_only=True):
    """Another rule at another time of day: what is not `None` replaces the queue's own."""

    calendar: CalendarId
    priority: int | None = None
    stages: tuple[Stage, ...] | None = None
    overflow: tuple[OverflowRule, ...] | None = None


class MissRule(Frozen, frozen=True, kw_only=True):
    """What follows when an agent does not take an offer."""

    limit: int = 1
    """So many misses in a row make an agent not responding; below it the agent only rests."""
    no_answer: Millis = Millis(5_000)
    """Rest after a ring that was not answered."""
    refused: Millis = Millis(5_000)
    unreachable: Millis = Millis(10_000)
    """Rest after the device did not ring, or could not be joined."""


class Queue(Frozen, frozen=True, kw_only=True):
    """A line of waiting contacts and the rule for serving it."""

    id: QueueId
    name: str
    name_en: str
    ring: Millis = Millis(20_000)
    priority: int = 0
    """Higher is served first among eligible pairs."""
    wrap_up: WrapUpRule = WrapUpRule()
    announcements: AnnouncementRule = AnnouncementRule()
    recording: RecordingPolicy = RecordingPolicy.ALL
    agent_may_refuse: bool = True
    dispositions: tuple[Disposition, ...] = ()
    answer_within: Millis = Millis(20_000)
    """Threshold of the service level."""
    short_abandon: Millis = Millis(20_000)
    """Abandons with at most this wait are counted apart."""
    strategy: RingStrategy = RingStrategy.LONGEST_IDLE
    ring_most: int = 10
    """How many agents are rung at once when all are to ring."""
    stages: tuple[Stage, ...] = ()
    """Widening: sorted by `after`, levels going down, the first at 0; empty = every level."""
    share: float = 1.0
    """Weight of this queue in the line of all, for the policy of fixed ratios."""
    reserved: int = 0
    """So many free agents are kept for this queue from queues of lower priority."""
    overflow: tuple[OverflowRule, ...] = ()
    overrides: tuple[Override, ...] = ()
    """The first whose calendar is open counts."""
    calendar: CalendarId | None = None
    """Opening hours; `None` = always open."""
    last_agent: Millis = Millis(0)
    """How long a caller waits for the wanted agent alone; 0 = not at all."""
    misses: MissRule = MissRule()
    caller_number: str = ""
    """Shown to who is called for this queue; empty = the centre's."""
    callbacks: CallbackRule = CallbackRule()
    hold: HoldRule | None = None
    """`None` = the centre's."""
    monitoring: MonitorRule | None = None
    """`None` = the centre's."""
    recording_rule: RecordingRule = RecordingRule()
    recording_pause: Millis = Millis(120_000)
    """How long an agent may pause the recording at a time; 0 = not at all."""


class AgentSetup(Frozen, frozen=True, kw_only=True):
    """An agent as the router knows one."""

    id: AgentId
    no: str
    name: str
    team: TeamId
    queues: tuple[QueueId, ...]
    seats: tuple[QueueSeat, ...] = ()
    """Levels in these queues; a queue not listed here is served at the highest level."""
    skills: tuple[AgentSkill, ...] = ()
    capacity: Capacity = Capacity()
    wrap_up_time: WrapUpTime = WrapUpTime.QUEUE
    """For people who need longer to read or write."""


class MergeRule(Frozen, frozen=True, kw_only=True):
    """合大组: under stated conditions the agents of all member queues serve all of them."""

    id: GroupId
    queues: tuple[QueueId, ...]
    longest_wait: Millis = Millis(0)
    """Merge when somebody in a member queue waits this long; 0 = not by wait."""
    length: int = 0
    """Merge when a member queue is this long; 0 = not by length."""
    calm_for: Millis = Millis(60_000)
    """Take apart when nobody has waited that long, nor a line been that long, for this time."""
    look_every: Millis = Millis(5_000)


class QueueMove(Frozen, frozen=True, kw_only=True):
    """Who waits in a queue that is no more goes on waiting in another one."""

    gone: QueueId
    to: QueueId


class Opening(Frozen, frozen=True, kw_only=True):
    """One stretch of open time, [opens, closes) in absolute time: no calendar needed here."""

    opens: int
    closes: int


class Calendar(Frozen, frozen=True, kw_only=True):
    """Opening hours laid out as absolute stretches, for as many days ahead as were published."""

    id: CalendarId
    openings: tuple[Opening, ...] = ()
    always: bool = False


class NumberRule(Frozen, frozen=True, kw_only=True):
    """What answers a dialled number, or an address of another channel: a flow, or a queue."""

    number: str
    flow: FlowId | None = None
    queue: QueueId | None = None


class Routing(Frozen, frozen=True, kw_only=True):
    """Everything the engine needs to know about the centre, as one snapshot."""

    version: int = 0
    queues: tuple[Queue, ...] = ()
    agents: tuple[AgentSetup, ...] = ()
    flows: tuple[Flow, ...] = ()
    numbers: tuple[NumberRule, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    reasons: tuple[Reason, ...] = ()
    lost_after: Millis = Millis(120_000)
    """A lost agent is signed out after this long."""
    recover_for: Millis = Millis(15_000)
    """How long a customer is kept when the agent's leg vanished."""
    policy: Policy = Policy.OLDEST
    age_worth: Millis = Millis(60_000)
    """The wait that one step of priority is worth: nobody is overtaken by who comes later."""
    hold: HoldRule = HoldRule()
    monitoring: MonitorRule = MonitorRule()
    recording_pause: Millis = Millis(120_000)
    """The same as a queue's, for conversations that came through none."""
    quality: QualityRule = QualityRule()
    calling: CallingRule = CallingRule()
    fax: FaxRule = FaxRule()
    merges: tuple[MergeRule, ...] = ()
    moves: tuple[QueueMove, ...] = ()
    most_hops: int = 10
    """Transfers and overflows of one contact before it stays where it is."""
    unknown_number: tuple[PromptName, ...] = (PromptName("number_unknown"), PromptName("goodbye"))
    trunks: tuple[Trunk, ...] = ()
    routes: tuple[Route, ...] = ()
    """For calls out: the first that fits counts."""
    emergency: tuple[str, ...] = EMERGENCY_NUMBERS["CN"]
    """Calls to these numbers pass every limit."""
