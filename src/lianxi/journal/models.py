"""Tables of the journal."""

from sqlalchemy import BigInteger, Identity, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant


class JournalRow(Table):
    """One line. Written once, never changed, never deleted."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "stream", "position"), Index(None, "at"))

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[Instant]
    stream: Mapped[str]
    type: Mapped[str]
    payload: Mapped[JsonObject]
    cause: Mapped[int | None] = mapped_column(BigInteger, index=True)


class InboxRow(Table):
    """One input from another process; answered in the transaction of its events."""

    __tablename__ = "journal_inbox"
    __table_args__ = (
        Index("journal_inbox_open_idx", "number", postgresql_where="answered_at IS NULL"),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    asked_at: Mapped[Instant]
    given: Mapped[JsonObject]
    answered_at: Mapped[Instant | None]
    refused: Mapped[str | None]


class SnapshotRow(Table):
    """The engine's state after a position, so that a start need not replay everything."""

    __tablename__ = "journal_snapshot"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    taken_at: Mapped[Instant]
    shape: Mapped[str]
    """Fingerprint of the state's shape: another one means replaying instead."""
    state: Mapped[bytes] = mapped_column(LargeBinary)
