"""Tables of the scripts module. Imported only by `repository`."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant


class ScriptRow(Table):
    """One script, as people are editing it."""

    __tablename__ = "script"

    id: Mapped[str] = mapped_column(primary_key=True)
    draft: Mapped[JsonObject]
    """Name, queues, numbers and steps: read and written as a whole."""
    revision: Mapped[int]
    changed_at: Mapped[Instant]
    changed_by: Mapped[str]
    withdrawn_at: Mapped[Instant | None]
    """Its versions stay: statements name their steps."""


class ScriptVersionRow(Table):
    """One published version; never changed."""

    __tablename__ = "script_version"

    script: Mapped[str] = mapped_column(ForeignKey("script.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    content: Mapped[JsonObject]
    effective_at: Mapped[Instant]
    published_at: Mapped[Instant]
    published_by: Mapped[str]
    note: Mapped[str]


class StatementRow(Table):
    """A mandatory statement that an agent made to a customer; never changed."""

    __tablename__ = "script_statement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["script", "version"], ["script_version.script", "script_version.version"]
        ),
    )

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    script: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    agent: Mapped[AgentId] = mapped_column(primary_key=True)
    offset_s: Mapped[int]
    """Whole seconds since the customer was connected."""
    at: Mapped[Instant]
