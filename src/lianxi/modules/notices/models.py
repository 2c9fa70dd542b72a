"""The tables of notices. Imported only by `repository`."""

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class NoticeRow(Table):
    """Something that a person was told by the bell."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("notice_once_key", "user", "key", unique=True),
        Index(None, "user", "id"),
        Index("notice_unread_idx", "user", "id", postgresql_where=text("read_at IS NULL")),
        Index(None, "kind", "id"),
        Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    user: Mapped[UserId]
    key: Mapped[str]
    """Of the event: nobody is told of it twice."""
    kind: Mapped[str]
    subject: Mapped[str]
    params: Mapped[JsonObject]
    zh: Mapped[str]
    en: Mapped[str]
    at: Mapped[Instant]
    read_at: Mapped[Instant | None]


class NoticeCursorRow(Table):
    """How far the journal was read for alarms."""

    __tablename__ = "notice_cursor"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
