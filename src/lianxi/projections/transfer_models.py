"""The table of contacts that agents handed on."""

from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, ContactId, EntryId, QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact
from lianxi.projections.outcomes import Direction


class TransferKind(StrEnum):
    """How an agent handed a contact on."""

    COLD = "cold"
    """To a colleague, without a word first."""
    WARM = "warm"
    """To a colleague who was consulted or in conference before."""
    QUEUE = "queue"
    FLOW = "flow"
    EXTERNAL = "external"
    """To a number outside, consulted before or not."""


class FactTransfer(Fact, kw_only=True):
    """One time that an agent handed a contact on. A consult that went back is none."""

    __tablename__ = "fact_transfer"
    __table_args__ = (Index(None, "at"), Index(None, "contact"))

    transfer: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[ContactId]
    direction: Mapped[Direction]
    channel: Mapped[Channel]
    number: Mapped[str]
    entry: Mapped[EntryId]
    """That it was answered from; empty = a call that an agent made."""
    queue: Mapped[QueueId]
    """That it was handed on from; empty = none."""
    agent: Mapped[AgentId]
    """Who handed it on."""
    team: Mapped[TeamId]
    """Of that agent, then."""
    at: Mapped[Instant]
    kind: Mapped[TransferKind]
    reason: Mapped[str]
    """Asked of whoever transfers; empty for one who left a conference or hung up a desk phone."""
    target: Mapped[str]
    """The agent, queue or flow, or the number in full: whoever shows it masks it."""
    first_of_contact: Mapped[bool] = mapped_column(default=False)
    """The first of the contact at all; with the next two: so that a contact handed on twice is
    counted once in the centre, once in each queue it left, and once for each agent."""
    first_of_queue: Mapped[bool] = mapped_column(default=False)
    first_of_agent: Mapped[bool] = mapped_column(default=False)
