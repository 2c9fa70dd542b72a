"""The table of documents that are sent."""

from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.kernel.ids import ContactId, FaxId, QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact


class FaxState(StrEnum):
    """How far a document that is sent has come."""

    SENDING = "sending"
    """Under way, or waiting for the next attempt."""
    SENT = "sent"
    FAILED = "failed"


class FactFax(Fact, kw_only=True):
    """A document that is sent to a machine outside. No contact."""

    __tablename__ = "fact_fax"
    __table_args__ = (Index(None, "asked_at"),)

    fax: Mapped[FaxId] = mapped_column(primary_key=True)
    contact: Mapped[ContactId]
    """That it belongs to; empty = none."""
    queue: Mapped[QueueId | None]
    number: Mapped[str]
    by: Mapped[str]
    pages: Mapped[int]
    state: Mapped[FaxState]
    attempts: Mapped[int]
    confirmed: Mapped[int]
    """Pages that the other machine confirmed in the newest attempt."""
    cause: Mapped[str]
    """Of the newest attempt that came to nothing."""
    mode: Mapped[str]
    again_at: Mapped[Instant | None]
    asked_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    position: Mapped[int] = mapped_column(BigInteger)
