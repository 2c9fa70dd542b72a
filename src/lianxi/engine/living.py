"""What lives on the floor: contacts, stays in queues, offers. Agents are in `at_desk`.

Plain values, changed in place by `evolve` and by nothing else. A value without a default is given
when the object is made.
"""

from typing import Final

from lianxi.engine.floor import Place
from lianxi.engine.ivr.walk import Walk
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.values import LINE_OF, WITH_MEDIA, Channel, PartyPhase, Phase, Talk
from lianxi.engine.plain import Values
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    EntryId,
    FlowId,
    LegId,
    NodeId,
    OfferId,
    PlaybackId,
    QueueId,
    TrunkId,
)
from lianxi.kernel.time import Instant, Millis

CHANNEL_VOICE: Final = Channel.VOICE


class Party(Values):
    """Somebody in a conversation beside the customer and the agent: consulted, or in conference."""

    leg: LegId
    agent: AgentId | None
    """A colleague; None = a number outside."""
    number: str
    since: Instant
    """Rung, or joined."""
    phase: PartyPhase = PartyPhase.RINGING
    rang: bool = False
    trunk: TrunkId = TrunkId("")
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take the call."""

    def __init__(self, *, leg: LegId, agent: AgentId | None, number: str, since: Instant) -> None:
        self.leg = leg
        self.agent = agent
        self.number = number
        self.since = since


class Contact(Values):
    """One contact while anything about it is open."""

    id: ContactId
    leg: LegId
    dialled: str
    caller: str
    caller_name: str
    arrived_at: Instant
    channel: Channel = Channel.VOICE
    has_media: bool = True
    """Whether it has a leg at the switch."""
    is_call: bool = True
    """Whether it takes the one voice line of an agent."""
    priority: int = 0
    of_node: int = 0
    """What of the priority a flow's step gave."""
    needs: tuple[SkillNeed, ...] = ()
    wanted: AgentId | None = None
    trunk: TrunkId = TrunkId("")
    """Where it takes a channel; empty = on none that is configured."""
    hops: int = 0
    """Transfers and overflows so far."""
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
    menu_path: tuple[tuple[str, str], ...] = ()
    """Labels (zh, en) of the menu choices made."""
    queue: QueueId | None = None
    entry: EntryId | None = None
    queued_since: Instant | None = None
    stage: int = 0
    stood: Millis = Millis(0)
    """Widening reached in the last line, and the wait in it that counted for that."""
    offers: tuple[OfferId, ...] = ()
    """Live offers; more than one only where all ring."""
    agent: AgentId | None = None
    agent_leg: LegId | None = None
    parties: dict[LegId, Party]
    """Who is in it beside these two, in the order they were asked."""
    talk: Talk = Talk.PLAIN
    handed_by: AgentId | None = None
    """Who transferred it without asking, until somebody takes it: it comes back there first."""
    connected_at: Instant | None = None
    waited: Millis = Millis(0)
    is_rejoining: bool = False
    """The agent's new leg was picked up; the two sides are being joined again."""
    held_since: Instant | None = None
    held: Millis = Millis(0)
    hold_alarmed: bool = False
    """On hold for longer than the rule allows."""
    recording: str = ""
    recording_problem: str = ""
    recording_paused_at: Instant | None = None
    recording_was_paused: bool = False
    """At any time, so that after a start the switch is told once more how it stands."""
    disposition: str = ""
    note: str = ""
    attempt: int = 1
    """Of a callback: which try it is to reach the customer."""
    until: Instant | None = None
    """Of a callback: by when it was promised."""
    remark: str = ""
    """Of a callback: what it is about."""
    promised_by: AgentId | None = None
    wrapping: int = 0
    """Agents who are in after-call work for it."""

    def __init__(
        self,
        *,
        id: ContactId,
        leg: LegId,
        dialled: str,
        caller: str,
        caller_name: str,
        arrived_at: Instant,
        channel: Channel = Channel.VOICE,
        priority: int = 0,
        needs: tuple[SkillNeed, ...] = (),
        wanted: AgentId | None = None,
        recording: str = "",
        trunk: TrunkId = TrunkId(""),
    ) -> None:
        self.id = id
        self.leg = leg
        self.trunk = trunk
        self.dialled = dialled
        self.caller = caller
        self.caller_name = caller_name
        self.arrived_at = arrived_at
        self.channel = channel
        self.has_media = channel in WITH_MEDIA
        self.is_call = LINE_OF[channel] is CHANNEL_VOICE
        self.priority = priority
        self.needs = needs
        self.wanted = wanted
        self.parties = {}
        self.recording = recording

    @property
    def offer(self) -> OfferId | None:
        """The live offer: the first where all ring."""
        return self.offers[0] if self.offers else None


class Entry(Values):
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
    before: Millis = Millis(0)
    """Wait in this line before an agent was lost: counts for the stages."""
    wanted: AgentId | None = None
    """For whom alone it waits now."""
    is_timed: bool = False
    """Has deadlines of its own."""
    is_overdue: bool = False
    """A rule moves it on as soon as nobody is rung for it."""
    announced: int | None = None
    """The last position told; the next one is never higher."""

    def __init__(
        self,
        *,
        id: EntryId,
        contact: ContactId,
        queue: QueueId,
        place: Place,
        entered_at: Instant,
        since: Instant,
        priority: int = 0,
        channel: Channel = Channel.VOICE,
        needs: tuple[SkillNeed, ...] = (),
        stage: int = 0,
        level: int = 1,
        wanted: AgentId | None = None,
        is_overdue: bool = False,
        announced: int | None = None,
    ) -> None:
        self.id = id
        self.contact = contact
        self.queue = queue
        self.place = place
        self.entered_at = entered_at
        self.since = since
        self.priority = priority
        self.channel = channel
        self.needs = needs
        self.stage = stage
        self.level = level
        self.wanted = wanted
        self.is_overdue = is_overdue
        self.announced = announced


class Offer(Values):
    """One reservation of an agent for a contact: it has an owner, a deadline and a reaper."""

    id: OfferId
    contact: ContactId
    agent: AgentId
    leg: LegId
    made_at: Instant
    expires_at: Instant
    rang: bool = False
    accepted: bool = False

    def __init__(
        self,
        *,
        id: OfferId,
        contact: ContactId,
        agent: AgentId,
        leg: LegId,
        made_at: Instant,
        expires_at: Instant,
    ) -> None:
        self.id = id
        self.contact = contact
        self.agent = agent
        self.leg = leg
        self.made_at = made_at
        self.expires_at = expires_at


class Pace(Values):
    """How a queue has been going: see `acd/pacing.py`."""

    handled: float | None = None
    """Smoothed time a contact, of any queue, keeps an agent of this one busy, after-call work
    included. Milliseconds."""
    is_written: bool = False
    """Its contacts are written ones: done beside others."""
    abandoned: float = 0.0
    """Callers who gave up, older ones counting less."""
    waited: float = 0.0
    """Time waited by all, older ones counting less. Milliseconds."""
    recent: int = 0
    """One bit for each of the last contacts, the newest lowest: answered in time."""
    seen: int = 0

    def __init__(self) -> None:
        pass


class Merged(Values):
    """Queues that are served together for a while."""

    queues: tuple[QueueId, ...]
    by: str
    is_by_hand: bool = False
    calm_since: Instant | None = None

    def __init__(self, *, queues: tuple[QueueId, ...], by: str, is_by_hand: bool = False) -> None:
        self.queues = queues
        self.by = by
        self.is_by_hand = is_by_hand
