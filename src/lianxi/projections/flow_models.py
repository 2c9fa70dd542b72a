"""The tables of what contacts went through in flows: nodes, surveys, checks of identity."""

from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.engine.messages.values import Channel, StepOutcome
from lianxi.kernel.ids import AgentId, ContactId, FlowId, NodeId, QueueId, RequestId, TeamId
from lianxi.kernel.time import Instant, Millis
from lianxi.projections.models import Fact
from lianxi.projections.outcomes import Direction


class FactFlowStep(Fact, kw_only=True):
    """One node of a flow that a contact went through."""

    __tablename__ = "fact_flow_step"
    __table_args__ = (Index(None, "entered_at"),)

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    flow: Mapped[FlowId]
    version: Mapped[int]
    node: Mapped[NodeId]
    entered_at: Mapped[Instant]
    left_at: Mapped[Instant | None] = mapped_column(default=None)
    outcome: Mapped[StepOutcome | None] = mapped_column(default=None)
    digit: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")


class FactSurvey(Fact, kw_only=True):
    """One question of a survey that was put to a caller."""

    __tablename__ = "fact_survey"
    __table_args__ = (Index(None, "at"),)

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    """1, 2, 3 … within the contact."""
    direction: Mapped[Direction]
    channel: Mapped[Channel]
    number: Mapped[str]
    at: Mapped[Instant]
    flow: Mapped[FlowId]
    node: Mapped[NodeId]
    question: Mapped[str]
    answer: Mapped[int | None]
    """The key that was pressed; `None` = none."""
    queue: Mapped[QueueId | None]
    """That the contact stood in last."""
    agent: Mapped[AgentId | None]
    """Who spoke with the caller last."""
    team: Mapped[TeamId | None]
    """Of that agent, then."""


class VerificationResult(StrEnum):
    """What came of one check of an identity."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    """Answered: the code is wrong, or there is no such customer."""
    FAILED = "failed"
    """Whoever was asked could not say."""
    TIMED_OUT = "timed_out"
    CALLER_GONE = "caller_gone"
    """The caller hung up before there was an answer."""


class FactVerification(Fact, kw_only=True):
    """One check of an identity by a flow: a code that was sent to whoever can say."""

    __tablename__ = "fact_verification"
    __table_args__ = (Index(None, "asked_at"),)

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    """1, 2, 3 … within the contact."""
    direction: Mapped[Direction]
    channel: Mapped[Channel]
    number: Mapped[str]
    request: Mapped[RequestId]
    flow: Mapped[FlowId]
    node: Mapped[NodeId]
    connector: Mapped[str]
    """Who was asked; empty = our own customers."""
    asked_at: Mapped[Instant]
    answered_at: Mapped[Instant | None] = mapped_column(default=None)
    """When it was confirmed or refused."""
    latency_ms: Mapped[Millis | None] = mapped_column(default=None)
    """From asking to that answer."""
    result: Mapped[VerificationResult | None] = mapped_column(default=None)
    """`None` = under way."""
