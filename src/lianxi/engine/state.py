"""The switchboard's memory: plain values, changed in place by `evolve` and by nothing else."""

from bisect import bisect_left, insort

import msgspec

from lianxi.engine.dialer.memory import Dialing
from lianxi.engine.ivr.walk import Mail, Walk
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import AgentSetup, Calendar, Queue, Routing
from lianxi.engine.messages.values import Activity, DeviceKind, Intent, Phase
from lianxi.engine.timers import Timers
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    ContactId,
    Endpoint,
    EntryId,
    FlowId,
    LegId,
    NodeId,
    OfferId,
    PlaybackId,
    QueueId,
    RequestId,
    TeamId,
)
from lianxi.kernel.time import Instant, Millis

CLOSED_KEPT = 1_000
"""A channel may repeat itself within seconds, and no centre ends as many contacts in that time."""

Place = tuple[int, int, Instant, int, EntryId]
"""Sort key of a waiting entry: recovered first, then priority, age, order of entering."""


class Contact(msgspec.Struct, kw_only=True):
    """One contact while anything about it is open."""

    id: ContactId
    leg: LegId
    dialled: str
    caller: str
    caller_name: str
    arrived_at: Instant
    phase: Phase = Phase.FLOW
    flow: FlowId | None = None
    version: int = 0
    node: NodeId | None = None
    walk: Walk | None = None
    """What it carries through the flow."""
    language: str = ""
    """Of prompts; empty = the centre's."""
    tries: int = 0
    playback: PlaybackId | None = None
    menu_path: list[tuple[str, str]] = []
    """Labels (zh, en) of the menu choices made."""
    queue: QueueId | None = None
    entry: EntryId | None = None
    queued_since: Instant | None = None
    offer: OfferId | None = None
    agent: AgentId | None = None
    agent_leg: LegId | None = None
    connected_at: Instant | None = None
    waited: Millis = Millis(0)
    is_rejoining: bool = False
    """The agent's new leg was picked up; the two sides are being joined again."""
    held_since: Instant | None = None
    held: Millis = Millis(0)
    recording: str = ""
    recording_problem: str = ""
    disposition: str = ""
    note: str = ""


class Entry(msgspec.Struct, kw_only=True):
    """One stay in one queue."""

    id: EntryId
    contact: ContactId
    queue: QueueId
    place: Place
    entered_at: Instant
    since: Instant
    announced: int | None = None
    """The last position told; the next one is never higher."""


class Offer(msgspec.Struct, kw_only=True):
    """One reservation of an agent for a contact: it has an owner, a deadline and a reaper."""

    id: OfferId
    contact: ContactId
    agent: AgentId
    leg: LegId
    made_at: Instant
    expires_at: Instant
    rang: bool = False
    accepted: bool = False


class WrapUp(msgspec.Struct, kw_only=True):
    """After-call work going on."""

    contact: ContactId
    queue: QueueId
    since: Instant
    until: Instant | None
    extended: int = 0


class Agent(msgspec.Struct, kw_only=True):
    """A signed-in agent: three layers of state, never mixed."""

    id: AgentId
    no: str
    name: str
    team: TeamId
    session: str
    device: DeviceKind
    endpoint: Endpoint
    signed_in_at: Instant
    intent: Intent = Intent.NOT_READY
    reason: str = "signed_in"
    next: Intent | None = None
    next_reason: str = ""
    registered: bool = False
    linked: bool = True
    activity: Activity = Activity.IDLE
    contact: ContactId | None = None
    offer: OfferId | None = None
    wrap_up: WrapUp | None = None
    idle_since: Instant
    """End of the last wrap-up or the moment of becoming ready: where idle time begins."""
    since: Instant
    """When the shown state last changed."""

    def is_available(self) -> bool:
        """Intent, device, desk and no other work: all four, or no offer."""
        return (
            self.intent is Intent.READY
            and self.registered
            and self.linked
            and self.activity is Activity.IDLE
        )


class Pace(msgspec.Struct, kw_only=True):
    """How fast a queue is being served, for the estimated wait."""

    last_at: Instant
    every: float | None = None
    """Smoothed time from one answer to the next while somebody waited, in milliseconds."""


class State(msgspec.Struct, kw_only=True):
    """Everything the engine knows."""

    routing: Routing = Routing()
    flows: dict[str, Flow] = {}
    """By "id@version": versions in force or still in use."""
    contacts: dict[ContactId, Contact] = {}
    entries: dict[EntryId, Entry] = {}
    offers: dict[OfferId, Offer] = {}
    agents: dict[AgentId, Agent] = {}
    legs: dict[LegId, ContactId] = {}
    """Agents' legs that matter: ringing, joining, talking, being restored."""
    line: list[Place] = []
    """Waiting entries without an offer, in the order they are served."""
    free: dict[AgentId, None] = {}
    """Agents an offer can be made to."""
    pace: dict[QueueId, Pace] = {}
    counters: dict[str, int] = {}
    generation: str = ""
    closed: dict[ContactId, str] = {}
    """The newest contacts that are over, with the problem of the recording that was told of each:
    what is said about them again is no news."""
    voicemails: dict[RequestId, Mail] = {}
    """Messages being recorded, also of callers who have hung up by now."""
    dialing: Dialing = msgspec.field(default_factory=Dialing)
    timers: Timers = msgspec.field(default_factory=Timers)
    """What is armed."""

    # --- looking things up

    def queue(self, queue: QueueId) -> Queue | None:
        """The queue's rule as it is now."""
        return next((q for q in self.routing.queues if q.id == queue), None)

    def setup(self, agent: AgentId) -> AgentSetup | None:
        """The agent as configured."""
        return next((a for a in self.routing.agents if a.id == agent), None)

    def calendar(self, calendar: CalendarId) -> Calendar | None:
        """Opening hours as published."""
        return next((c for c in self.routing.calendars if c.id == calendar), None)

    def flow_of(self, contact: Contact) -> Flow:
        """The version of the flow this contact began."""
        return self.flows[f"{contact.flow}@{contact.version}"]

    def number(self, name: str) -> int:
        """The next number of a series: ids are counted, never drawn."""
        return self.counters.get(name, 0) + 1

    # --- what is over

    def is_known(self, contact: ContactId) -> bool:
        """Whether it is open, or was not long ago: ids are never used twice."""
        return contact in self.contacts or contact in self.closed

    def close(self, contact: ContactId, problem: str) -> None:
        """Remember for a while that a contact is over."""
        self.closed[contact] = problem
        if len(self.closed) > CLOSED_KEPT:
            del self.closed[next(iter(self.closed))]

    # --- the line

    def stand(self, place: Place) -> None:
        """Put an entry into the line."""
        insort(self.line, place)

    def step_out(self, place: Place) -> None:
        """Take an entry out of the line, if it stands there."""
        at = bisect_left(self.line, place)
        if at < len(self.line) and self.line[at] == place:
            del self.line[at]

    def position(self, entry: Entry) -> int:
        """Place in the entry's own queue, 1 = next."""
        return 1 + sum(
            1
            for other in self.entries.values()
            if other.queue == entry.queue and other.place < entry.place
        )


def frozen(state: State) -> bytes:
    """A snapshot of the state, to be thawed by `thawed`."""
    return msgspec.msgpack.encode(state, enc_hook=_plain)


def thawed(snapshot: bytes) -> State:
    """The state a snapshot was taken of.

    Raises:
        msgspec.DecodeError: the snapshot is of another shape; replay the journal instead.
    """
    return msgspec.msgpack.decode(snapshot, type=State, dec_hook=_timers)


def _plain(value: object) -> object:
    if isinstance(value, Timers):
        return value.as_dict()
    raise NotImplementedError(type(value))


def _timers(kind: type, value: object) -> object:
    if kind is Timers and isinstance(value, dict):
        return Timers(value)
    raise NotImplementedError(kind)
