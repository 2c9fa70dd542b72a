"""Tables of saved reports and their runs. Imported only by `repository`."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.export.document import Language
from lianxi.reports.export.formats import Format
from lianxi.reports.saved.contracts import Cadence, RunState


class SavedReportRow(Table):
    """A report that is kept."""

    __tablename__ = "saved_report"
    __table_args__ = (Index(None, "owner"), Index(None, "due_at"))

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[UserId]
    title: Mapped[str]
    form: Mapped[str | None]
    question: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    queues: Mapped[list[str]] = mapped_column(JSONB)
    recipients: Mapped[list[str]] = mapped_column(JSONB)
    cadence: Mapped[Cadence]
    on_day: Mapped[int]
    at_minute: Mapped[int]
    format: Mapped[Format]
    language: Mapped[Language]
    due_at: Mapped[Instant | None]
    is_paused: Mapped[bool] = mapped_column(server_default=false())
    version: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]


class ReportRunRow(Table):
    """One time that it went out, or was to. A report that is removed takes its runs along; the
    audit keeps what was sent to whom."""

    __tablename__ = "report_run"
    __table_args__ = (
        Index("report_run_once_key", "report", "due_at", unique=True),
        Index(None, "next_try_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("saved_report.id", ondelete="CASCADE"))
    due_at: Mapped[Instant]
    asked_by: Mapped[UserId | None]
    state: Mapped[RunState]
    attempts: Mapped[int]
    next_try_at: Mapped[Instant | None]
    outcomes: Mapped[dict[str, str]] = mapped_column(JSONB)
    error: Mapped[str | None]
    error_text: Mapped[str | None]
    ended_at: Mapped[Instant | None]
