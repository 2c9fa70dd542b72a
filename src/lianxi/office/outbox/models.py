"""The table of the outbox. Imported only by `repository`."""

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant
from lianxi.office.outbox.contracts import OutboxState


class OutboxRow(Table):
    """One message."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_once_key", "key", unique=True, postgresql_where=text("key <> ''")),
        Index("outbox_due_idx", "next_at", "id", postgresql_where=text("state = 'waiting'")),
        Index("outbox_given_up_idx", "id", postgresql_where=text("state = 'given_up'")),
        Index(None, "subject", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    topic: Mapped[str]
    subject: Mapped[str]
    body: Mapped[JsonObject]
    key: Mapped[str]
    state: Mapped[OutboxState]
    made_at: Mapped[Instant]
    attempts: Mapped[int]
    next_at: Mapped[Instant | None]
    """While a worker has it: when its lease ends."""
    ended_at: Mapped[Instant | None]
    error: Mapped[str]
