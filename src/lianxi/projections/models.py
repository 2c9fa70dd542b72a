"""The fact tables. Written by the projector alone, read by modules and reports.

A contact has queue entries, they have offers, a conversation has segments. Every figure is computed
from these rows when it is asked for. To have them anew, empty them and fold the journal again.
"""

from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from lianxi.db.base import Table
from lianxi.engine.messages.values import (
    Activity,
    Channel,
    EntryOutcome,
    FlowEnd,
    Intent,
    LegCause,
    OfferOutcome,
    Party,
    RecordingPolicy,
)
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    EntryId,
    FlowId,
    OfferId,
    QueueId,
    TeamId,
    TrunkId,
)
from lianxi.kernel.time import Instant, Millis
from lianxi.projections.outcomes import ContactOutcome, Direction
from lianxi.projections.presence import Conversation, ShownState


class SegmentKind(StrEnum):
    """What an agent's time on a contact was."""

    TALK = "talk"
    CONFERENCE = "conference"
    """Talk of the contact's own agent with the customer and a party together. The party's own time
    is a consult's, so that no second of the customer counts twice."""
    HOLD = "hold"
    WRAP_UP = "wrap_up"
    RECOVERING = "recovering"
    CONSULT = "consult"


TALKING = (SegmentKind.TALK, SegmentKind.CONFERENCE)
"""Customer and agent hear each other."""


class Fact(MappedAsDataclass, Table, kw_only=True):
    """Base of the rows the fold makes: dataclasses, so that a fold needs no database."""

    __abstract__ = True


class FactContact(Fact, kw_only=True):
    """One interaction with one customer."""

    __tablename__ = "fact_contact"
    __table_args__ = (
        Index(None, "arrived_at", "contact"), Index(None, "ended_at"), Index(None, "recording"),
        Index(None, "caller", "arrived_at"),
    )  # fmt: skip

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    arrived_at: Mapped[Instant]
    channel: Mapped[Channel]
    direction: Mapped[Direction] = mapped_column(default=Direction.INBOUND)
    number: Mapped[str]
    """The number that was dialled."""
    caller: Mapped[str]
    """The caller's number in full; whoever shows it masks it."""
    caller_name: Mapped[str] = mapped_column(default="")
    flow: Mapped[FlowId | None] = mapped_column(default=None)
    flow_version: Mapped[int | None] = mapped_column(default=None)
    flow_steps: Mapped[int] = mapped_column(default=0)
    first_queue: Mapped[QueueId | None] = mapped_column(default=None)
    last_queue: Mapped[QueueId | None] = mapped_column(default=None)
    last_entry: Mapped[EntryId | None] = mapped_column(default=None)
    last_agent: Mapped[AgentId | None] = mapped_column(default=None)
    answered_at: Mapped[Instant | None] = mapped_column(default=None)
    """When customer and agent first heard each other."""
    ended_at: Mapped[Instant | None] = mapped_column(default=None)
    ended_by: Mapped[Party | None] = mapped_column(default=None)
    cause: Mapped[LegCause | None] = mapped_column(default=None)
    flow_end: Mapped[FlowEnd | None] = mapped_column(default=None)
    outcome: Mapped[ContactOutcome] = mapped_column(default=ContactOutcome.IN_PROGRESS)
    disposition: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    offers: Mapped[int] = mapped_column(default=0)
    segments: Mapped[int] = mapped_column(default=0)
    transfers: Mapped[int] = mapped_column(default=0)
    line_rang_at: Mapped[Instant | None] = mapped_column(default=None)
    """When it rang at whoever was called; the journal tells it of calls we placed."""
    line_answered_at: Mapped[Instant | None] = mapped_column(default=None)
    """When the line was answered: by us as the call reached us, or by whoever we called."""
    ring_ms: Mapped[Millis | None] = mapped_column(default=None)
    """How long the line rang; `None` = it did not, or nobody told."""
    was_contained: Mapped[bool] = mapped_column(default=False)
    """Served by the flow to a proper end of it, without a queue."""
    recording: Mapped[str] = mapped_column(default="")
    """Name of the raw recording; empty when the switch made none."""
    recording_began: Mapped[Instant | None] = mapped_column(default=None)
    """When it began, of a call that we placed; `None` = with the contact."""
    recording_policy: Mapped[RecordingPolicy] = mapped_column(default=RecordingPolicy.ALL)
    """Of the queue that answered: what holds for the conversation."""
    recording_problem: Mapped[str] = mapped_column(default="")
    recording_skip: Mapped[str] = mapped_column(default="", server_default="")
    """Why the recording is not kept, though there is one; empty = it is."""
    recording_from: Mapped[Instant | None] = mapped_column(default=None)
    """When the agent began to record."""
    trunk: Mapped[TrunkId] = mapped_column(default=TrunkId(""), server_default="")
    """Where it took a channel; empty when on none that is configured."""
    position: Mapped[int] = mapped_column(BigInteger)
    """Where in the journal the contact began."""


class FactQueueEntry(Fact, kw_only=True):
    """One stay of a contact in one queue, with the thresholds that held then."""

    __tablename__ = "fact_queue_entry"
    __table_args__ = (Index(None, "entered_at"), Index(None, "contact"))

    entry: Mapped[EntryId] = mapped_column(primary_key=True)
    contact: Mapped[ContactId]
    direction: Mapped[Direction] = mapped_column(default=Direction.INBOUND)
    channel: Mapped[Channel] = mapped_column(default=Channel.VOICE)
    number: Mapped[str] = mapped_column(default="")
    queue: Mapped[QueueId]
    entered_at: Mapped[Instant]
    since: Mapped[Instant]
    """Place in line is by it; kept across queues."""
    recovered: Mapped[bool]
    """Back in line because an agent vanished in mid-call: not offered a second time."""
    answer_within_ms: Mapped[Millis]
    short_abandon_ms: Mapped[Millis]
    left_at: Mapped[Instant | None] = mapped_column(default=None)
    how: Mapped[EntryOutcome | None] = mapped_column(default=None)
    waited_ms: Mapped[Millis | None] = mapped_column(default=None)
    ringing: Mapped[bool] = mapped_column(default=False)
    """An agent's device was ringing when the contact left."""
    agent: Mapped[AgentId | None] = mapped_column(default=None)
    """Who answered; the team is that agent's, then."""
    team: Mapped[TeamId | None] = mapped_column(default=None)
    contact_ended: Mapped[bool] = mapped_column(default=False)
    """The contact is over."""
    reserved_at: Mapped[Instant | None] = mapped_column(default=None)
    """When an agent was first held for it; at the moment of entering where one was free."""
    first_without_agent: Mapped[bool] = mapped_column(default=False)
    """The first stay of the contact for which no agent was free: a call that queued twice is one
    queued call."""
    picked_up_at: Mapped[Instant | None] = mapped_column(default=None)
    """When an agent last picked up for it; what is said to the agent alone comes after."""


class FactOffer(Fact, kw_only=True):
    """One attempt to give a contact to an agent."""

    __tablename__ = "fact_offer"
    __table_args__ = (
        Index(None, "contact"), Index(None, "agent", "made_at"), Index(None, "made_at"),
    )  # fmt: skip

    offer: Mapped[OfferId] = mapped_column(primary_key=True)
    contact: Mapped[ContactId]
    direction: Mapped[Direction] = mapped_column(default=Direction.INBOUND)
    channel: Mapped[Channel] = mapped_column(default=Channel.VOICE)
    number: Mapped[str] = mapped_column(default="")
    entry: Mapped[EntryId]
    queue: Mapped[QueueId]
    agent: Mapped[AgentId]
    team: Mapped[TeamId] = mapped_column(default=TeamId(""))
    made_at: Mapped[Instant]
    rang_at: Mapped[Instant | None] = mapped_column(default=None)
    accepted_at: Mapped[Instant | None] = mapped_column(default=None)
    ended_at: Mapped[Instant | None] = mapped_column(default=None)
    outcome: Mapped[OfferOutcome | None] = mapped_column(default=None)


class FactSegment(Fact, kw_only=True):
    """One stretch of an agent's work on a contact."""

    __tablename__ = "fact_segment"
    __table_args__ = (
        Index(None, "contact"), Index(None, "began_at"), Index(None, "agent", "began_at"),
    )  # fmt: skip

    segment: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[ContactId]
    direction: Mapped[Direction] = mapped_column(default=Direction.INBOUND)
    channel: Mapped[Channel] = mapped_column(default=Channel.VOICE)
    number: Mapped[str] = mapped_column(default="")
    entry: Mapped[EntryId]
    queue: Mapped[QueueId]
    agent: Mapped[AgentId]
    team: Mapped[TeamId] = mapped_column(default=TeamId(""))
    """Of the agent, when the stretch began."""
    kind: Mapped[SegmentKind]
    began_at: Mapped[Instant]
    ended_at: Mapped[Instant | None] = mapped_column(default=None)
    first_of_contact: Mapped[bool] = mapped_column(default=False)
    """The first talk, hold or after-call work of the contact at all; with the next two: so that it
    is handled once in the centre, once in each queue that answered it, and once by each agent who
    talked. A conference follows a talk."""
    first_of_queue: Mapped[bool] = mapped_column(default=False)
    first_of_agent: Mapped[bool] = mapped_column(default=False)
    hung_up: Mapped[bool] = mapped_column(default=False)
    """The customer hung up in it."""


class FactAgentInterval(Fact, kw_only=True):
    """A stretch of one shown state: without gaps or overlaps from sign-in to sign-out."""

    __tablename__ = "fact_agent_interval"
    __table_args__ = (Index(None, "began_at"),)

    agent: Mapped[AgentId] = mapped_column(primary_key=True)
    began_at: Mapped[Instant] = mapped_column(primary_key=True)
    ended_at: Mapped[Instant | None] = mapped_column(default=None)
    team: Mapped[TeamId] = mapped_column(default=TeamId(""))
    """Of the agent in this stretch: one who is moved to another team begins a new one."""
    state: Mapped[ShownState]
    reason: Mapped[str] = mapped_column(default="")
    """Why not ready; empty in every other state."""
    contact: Mapped[ContactId | None] = mapped_column(default=None)


class AgentPresence(Fact, kw_only=True):
    """The layers of one agent as the last folded event left them."""

    __tablename__ = "agent_presence"

    agent: Mapped[AgentId] = mapped_column(primary_key=True)
    signed_in: Mapped[bool]
    since: Mapped[Instant]
    """Of the shown state."""
    intent: Mapped[Intent] = mapped_column(default=Intent.NOT_READY)
    reason: Mapped[str] = mapped_column(default="")
    registered: Mapped[bool] = mapped_column(default=False)
    linked: Mapped[bool] = mapped_column(default=True)
    activity: Mapped[Activity] = mapped_column(default=Activity.IDLE)
    conversation: Mapped[Conversation] = mapped_column(default=Conversation.TALK)
    contact: Mapped[ContactId | None] = mapped_column(default=None)


class DimQueue(Fact, kw_only=True):
    """Queues by the newest configuration in the journal; a dropped one keeps its row."""

    __tablename__ = "dim_queue"

    queue: Mapped[QueueId] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    answer_within_ms: Mapped[Millis]
    short_abandon_ms: Mapped[Millis]
    recording_policy: Mapped[RecordingPolicy]
    recording_share: Mapped[float] = mapped_column(default=1.0, server_default="1")
    recording_keep_days: Mapped[int] = mapped_column(default=0, server_default="0")
    is_live: Mapped[bool] = mapped_column(default=True)


class DimDisposition(Fact, kw_only=True):
    """Wrap-up codes of queues; a dropped one keeps its row."""

    __tablename__ = "dim_disposition"

    queue: Mapped[QueueId] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]


class DimAgent(Fact, kw_only=True):
    """Agents by the newest configuration in the journal; a dropped one keeps its row."""

    __tablename__ = "dim_agent"

    agent: Mapped[AgentId] = mapped_column(primary_key=True)
    no: Mapped[str]
    name: Mapped[str]
    team: Mapped[TeamId]
    queues: Mapped[list[str]] = mapped_column(JSONB, default_factory=list)


class ProjectionCursor(Fact, kw_only=True):
    """How far a reader of the journal has come; moved in the transaction of its writes."""

    __tablename__ = "projection_cursor"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Instant] = mapped_column(default=Instant(0), server_default="0")
    """When the last of it happened."""
