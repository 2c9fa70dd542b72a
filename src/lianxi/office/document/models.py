"""The tables of documents. Imported only by `repository`."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.document.contracts import RevisionState


class DocumentRow(Table):
    """A text with its history."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "kind", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]


class RevisionRow(Table):
    """One version of a document."""

    __tablename__ = "revision"
    __table_args__ = (
        Index(
            "revision_open_key",
            "document",
            unique=True,
            postgresql_where=text("state IN ('draft', 'review')"),
        ),
    )

    document: Mapped[str] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    facts: Mapped[JsonObject]
    state: Mapped[RevisionState]
    author: Mapped[UserId | None]
    author_name: Mapped[str]
    written_at: Mapped[Instant]
    reviewer: Mapped[UserId | None]
    reviewer_name: Mapped[str]
    effective_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    hash: Mapped[str]


class ReadingRow(Table):
    """That somebody has to read, or has read, a revision."""

    __tablename__ = "reading"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document", "number"], ["revision.document", "revision.number"], ondelete="CASCADE"
        ),
        Index("reading_open_idx", "person", postgresql_where=text("read_at IS NULL")),
    )

    document: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[UserId] = mapped_column(primary_key=True)
    asked_at: Mapped[Instant]
    read_at: Mapped[Instant | None]
