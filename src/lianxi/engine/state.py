"""The switchboard's memory: plain values, changed in place by `evolve` and by nothing else."""

import msgspec

from lianxi.engine.floor import Floor, Place
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import AgentSetup, Calendar, Queue, Routing, SkillNeed
from lianxi.engine.messages.values import WITH_MEDIA, Activity, Channel, DeviceKind, Intent, Phase
from lianxi.engine.timers import Timers
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    ContactId,
    Endpoint,
    EntryId,
    FlowId,
    GroupId,
    LegId,
    NodeId,
    OfferId,
    PlaybackId,
    QueueId,
    TeamId,
)
from lianxi.kernel.time import Instant, Millis

CLOSED_KEPT = 1_000
"""A channel may repeat itself within seconds, and no centre ends as many contacts in that time."""

class Contact(msgspec.Struct, kw_only=True):
    """One contact while anything about it is open."""

    id: ContactId
    leg: LegId
    dialled: str
    caller: str
    caller_name: str
    arrived_at: Instant
    channel: Channel = Channel.VOICE
    priority: int = 0
    needs: tuple[SkillNeed, ...] = ()
    wanted: AgentId | None = None
    hops: int = 0
    """Transfers and overflows so far."""
    phase: Phase = Phase.FLOW
    flow: FlowId | None = None
    version: int = 0
    node: NodeId | None = None
    tries: int = 0
    playback: PlaybackId | None = None
    menu_path: list[tuple[str, str]] = []
    """Labels (zh, en) of the menu choices made."""
    queue: QueueId | None = None
    entry: EntryId | None = None
    queued_since: Instant | None = None
    offers: list[OfferId] = []
    """Live offers; more than one only where all ring."""
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
    wrapping: int = 0
    """Agents who are in after-call work for it."""

    @property
    def offer(self) -> OfferId | None:
        """The live offer: the first where all ring."""
        return self.offers[0] if self.offers else None

    @property
    def has_media(self) -> bool:
        """Whether it has a leg at the switch."""
        return self.channel in WITH_MEDIA


class Entry(msgspec.Struct, kw_only=True):
    """One stay in one queue."""

    id: EntryId
    contact: ContactId
    queue: QueueId
    place: Place
    entered_at: Instant
    since: Instant
    priority: int = 0
    channel: Channel = Channel.VOICE
    needs: tuple[SkillNeed, ...] = ()
    stage: int = 0
    level: int = 1
    """Agents of this level and above may serve it now."""
    wanted: AgentId | None = None
    """For whom alone it waits now."""
    is_overdue: bool = False
    """A rule moves it on as soon as nobody is rung for it."""
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
    disposition: str = ""
    note: str = ""
    """The draft so far."""


class Work(msgspec.Struct, kw_only=True):
    """One contact without media in an agent's hand."""

    channel: Channel
    offer: OfferId | None = None
    wrap_up: WrapUp | None = None


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
    texts: dict[ContactId, Work] = {}
    """Contacts without media in hand; `activity`, `contact`, `offer` and `wrap_up` are about the
    one voice line."""
    misses: int = 0
    """Offers not taken, in a row."""
    is_resting: bool = False
    """Just missed an offer: none for a moment."""
    turn: int = 0
    """Number of the last offer, for serving in turn."""
    busy: Millis = Millis(0)
    """Time spent on calls since signing in."""
    busy_since: Instant = Instant(0)
    """When the call in hand was connected."""
    occupied: int = 0
    """Share of the time at the desk spent on contacts, in millionths, when last set free."""
    idle_since: Instant
    """End of the last wrap-up or the moment of becoming ready: where idle time begins."""
    since: Instant
    """When the shown state last changed."""

    def is_willing(self) -> bool:
        """Intent, desk, and no wish to stop: without these no offer of any kind."""
        return (
            self.intent is Intent.READY
            and self.linked
            and not self.is_resting
            and self.next is not Intent.NOT_READY
        )

    def is_available(self) -> bool:
        """Can be offered a call: willing, with a device, and no other call in hand."""
        return self.is_willing() and self.registered and self.activity is Activity.IDLE

    def is_serving(self) -> bool:
        """In a conversation on any channel."""
        return self.activity is Activity.TALKING or any(
            work.offer is None and work.wrap_up is None for work in self.texts.values()
        )


class Pace(msgspec.Struct, kw_only=True):
    """How a queue has been going: see `acd/pacing.py`."""

    handled: float | None = None
    """Smoothed time a contact keeps an agent busy, after-call work included. Milliseconds."""
    abandoned: float = 0.0
    """Callers who gave up, older ones counting less."""
    waited: float = 0.0
    """Time waited by all, older ones counting less. Milliseconds."""
    recent: int = 0
    """One bit for each of the last contacts, the newest lowest: answered in time."""
    seen: int = 0


class Planned(msgspec.Struct, kw_only=True):
    """A callback whose moment has not come."""

    contact: ContactId
    number: str
    queue: QueueId
    since: Instant


class Merged(msgspec.Struct, kw_only=True):
    """Queues that are served together for a while."""

    queues: tuple[QueueId, ...]
    by: str
    is_by_hand: bool = False
    calm_since: Instant | None = None


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
    ringing: dict[LegId, OfferId] = {}
    """Of these the ones that belong to a live offer."""
    pace: dict[QueueId, Pace] = {}
    merged: dict[GroupId, Merged] = {}
    callbacks: dict[str, ContactId] = {}
    """Open callbacks by "queue number": nobody is called back twice."""
    planned: dict[ContactId, Planned] = {}
    """Of these the ones that are not in line yet."""
    counters: dict[str, int] = {}
    generation: str = ""
    closed: dict[ContactId, str] = {}
    """The newest contacts that are over, with the problem of the recording that was told of each:
    what is said about them again is no news."""
    timers: Timers = msgspec.field(default_factory=Timers)
    """What is armed."""
    floor: Floor = msgspec.field(default_factory=Floor)
    """Who waits and who is free, in order. Follows from the rest; see `acd/seating.py`."""

    # --- looking things up

    def queue(self, queue: QueueId) -> Queue | None:
        """The queue's rule as it is now."""
        return self.floor.queues.get(queue)

    def setup(self, agent: AgentId) -> AgentSetup | None:
        """The agent as configured."""
        return self.floor.setups.get(agent)

    def calendar(self, calendar: CalendarId) -> Calendar | None:
        """Opening hours as published."""
        return self.floor.calendars.get(calendar)

    def flow_of(self, contact: Contact) -> Flow:
        """The version of the flow this contact began."""
        return self.flows[f"{contact.flow}@{contact.version}"]

    def number(self, name: str) -> int:
        """The next number of a series: ids are counted, never drawn."""
        return self.counters.get(name, 0) + 1

    def position(self, entry: Entry) -> int:
        """Place in the entry's own queue, 1 = next."""
        return self.floor.position(entry.queue, entry.place)

    # --- what is over

    def is_known(self, contact: ContactId) -> bool:
        """Whether it is open, or was not long ago: ids are never used twice."""
        return contact in self.contacts or contact in self.closed

    def close(self, contact: ContactId, problem: str) -> None:
        """Remember for a while that a contact is over."""
        self.closed[contact] = problem
        if len(self.closed) > CLOSED_KEPT:
            del self.closed[next(iter(self.closed))]
