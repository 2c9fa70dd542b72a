"""The table of callbacks that were promised."""

from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.kernel.ids import AgentId, ContactId, QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact


class CallbackOutcome(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    """Not kept yet."""
    REACHED = "reached"
    """The customer answered."""
    UNREACHED = "unreached"
    """Called as often as the queue has it, in vain; or it came to nothing on our side."""
    TAKEN = "taken"
    """An agent had it in hand and called by a way of his own: no call of ours tells how it went."""
    CANCELLED = "cancelled"


class FactCallback(Fact, kw_only=True):
    """One promise to call somebody back, with all its attempts."""

    __tablename__ = "fact_callback"
    __table_args__ = (Index(None, "registered_at"), Index(None, "newest"), Index(None, "caller"))

    callback: Mapped[ContactId] = mapped_column(primary_key=True)
    """The contact that kept the place in line first."""
    newest: Mapped[ContactId]
    """The contact of the newest attempt."""
    asker: Mapped[ContactId]
    """The contact that asked for it; no contact of ours when another door was used."""
    queue: Mapped[QueueId]
    number: Mapped[str]
    """That the caller had dialled; empty when another door was used."""
    caller: Mapped[str]
    """To be called, in full; whoever shows it masks it."""
    registered_at: Mapped[Instant]
    since: Mapped[Instant]
    """The place in line that was promised: who queued at this moment."""
    due_at: Mapped[Instant | None] = mapped_column(default=None)
    """The moment that was agreed; `None` = when it is the caller's turn."""
    taken_at: Mapped[Instant | None] = mapped_column(default=None)
    """When an agent had it in hand first."""
    reached_at: Mapped[Instant | None] = mapped_column(default=None)
    """When the customer answered."""
    agent: Mapped[AgentId | None] = mapped_column(default=None)
    """Who had it in hand last."""
    team: Mapped[TeamId | None] = mapped_column(default=None)
    """Of that agent, then."""
    ended_at: Mapped[Instant | None] = mapped_column(default=None)
    outcome: Mapped[CallbackOutcome] = mapped_column(default=CallbackOutcome.OPEN)
    attempts: Mapped[int] = mapped_column(default=1)
    """The attempt it stands at: 1 from the promise on, 2 after the first was in vain."""
