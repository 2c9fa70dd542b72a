"""Facts of a busy floor: widening, overflow, merging, transfers, callbacks, agents who rest."""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.limiting import LimitEvents
from lianxi.engine.messages.values import OfferOutcome
from lianxi.kernel.ids import AgentId, ContactId, EntryId, GroupId, LegId, QueueId
from lianxi.kernel.time import Instant, Millis


class EntryWidened(Event, frozen=True, kw_only=True, tag="contact.entry_widened.v1"):
    """More agents may serve the caller from now on: the wait has reached the next stage, or the
    wanted agent was waited for long enough."""

    contact: ContactId
    entry: EntryId
    stage: int
    level: int
    """Agents of this level and above."""
    next_at: Instant | None = None
    wanted_over: bool = False
    """Waited for the wanted agent long enough."""
    wanted: AgentId | None = None
    """For whom alone it waits from now on: the one it was handed on to did not answer, so it comes
    back to who handed it on."""
    wanted_until: Instant | None = None


class EntryOverdue(Event, frozen=True, kw_only=True, tag="contact.entry_overdue.v1"):
    """A rule would move the contact on, but an agent is being rung: it waits for that."""

    contact: ContactId
    entry: EntryId


class EntryRanked(Event, frozen=True, kw_only=True, tag="contact.entry_ranked.v1"):
    """A person gave the contact another priority."""

    contact: ContactId
    entry: EntryId
    priority: int
    stood: Instant
    by: str


class QueueUnstaffed(Event, frozen=True, kw_only=True, tag="queue.unstaffed.v1"):
    """Callers wait, and nobody of the queue has been signed in for the time the rule allows."""

    queue: QueueId
    look_at: Instant


class QueuesMerged(Event, frozen=True, kw_only=True, tag="queue.merged.v1"):
    """From now on the agents of all member queues serve all of them."""

    group: GroupId
    queues: tuple[QueueId, ...]
    why: str
    """wait, length, or who asked for it."""
    look_at: Instant | None
    is_by_hand: bool = False
    """Stays until somebody takes it apart."""


class QueuesUnmerged(Event, frozen=True, kw_only=True, tag="queue.unmerged.v1"):
    """Every queue has its own agents again."""

    group: GroupId
    queues: tuple[QueueId, ...]
    why: str


class QueuesLooked(Event, frozen=True, kw_only=True, tag="queue.looked.v1"):
    """A group was looked at and stays as it is; the next look is due."""

    group: GroupId
    look_at: Instant | None
    calm_since: Instant | None = None


class ContactTransferred(Event, frozen=True, kw_only=True, tag="contact.transferred.v1"):
    """The agent handed the conversation on; what follows says where it went."""

    contact: ContactId
    agent: AgentId
    leg: LegId
    """The customer's."""
    agent_leg: LegId | None
    hops: int
    reason: str
    queue: QueueId | None = None
    to_agent: AgentId | None = None
    number: str = ""
    """Of somebody outside."""


class ContactNeeds(Event, frozen=True, kw_only=True, tag="contact.needs.v1"):
    """The flow found out what the contact needs, and how much it matters."""

    contact: ContactId
    priority: int
    needs: tuple[SkillNeed, ...] = ()
    wanted: AgentId | None = None
    of_node: int = 0
    """What of the priority the flow's step gave: that of the next step takes its place."""


class CallbackRegistered(Event, frozen=True, kw_only=True, tag="contact.callback_registered.v1"):
    """Somebody will be called back. `callback` is the contact that keeps the place in line."""

    contact: ContactId
    callback: ContactId
    number: str
    queue: QueueId
    since: Instant
    due: Instant | None = None
    attempt: int = 1
    """Which try it is to reach the customer."""
    until: Instant | None = None
    """By when it was promised."""
    remark: str = ""
    """What it is about."""
    agent: AgentId | None = None
    """Who promised it."""


class CallbackDropped(Event, frozen=True, kw_only=True, tag="contact.callback_dropped.v1"):
    """A callback was cancelled before anybody had it in hand."""

    contact: ContactId
    """The callback's own."""
    by: str


class AgentRests(Event, frozen=True, kw_only=True, tag="agent.rests.v1"):
    """The agent did not take an offer and gets no other one for a moment."""

    agent: AgentId
    why: OfferOutcome
    misses: int
    """In a row."""
    until: Instant
    contact: ContactId | None = None
    """Whose offer it was. None = written before this was kept."""


class AgentRested(Event, frozen=True, kw_only=True, tag="agent.rested.v1"):
    """The moment is over."""

    agent: AgentId


class AgentOverstayed(Event, frozen=True, kw_only=True, tag="agent.overstayed.v1"):
    """Not ready for longer than the reason allows: the team lead is told, once."""

    agent: AgentId
    reason: str
    allowance: Millis


FloorEvents = (
    LimitEvents |
    EntryWidened | EntryOverdue | EntryRanked | QueueUnstaffed | QueuesMerged | QueuesUnmerged
    | QueuesLooked | ContactTransferred | ContactNeeds | CallbackRegistered | CallbackDropped
    | AgentRests | AgentRested | AgentOverstayed
)  # fmt: skip
