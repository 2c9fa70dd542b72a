"""The table of exports. Imported only by `repository`."""

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.exports.contracts import ExportFormat, ExportLanguage, ExportState


class ExportJobRow(Table):
    """One export that somebody asked for."""

    __tablename__ = "export_job"
    __table_args__ = (
        Index(None, "asked_by", "asked_at"),
        Index(
            "export_job_open_idx",
            "asked_at",
            postgresql_where=text("state IN ('waiting', 'running', 'ready')"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    format: Mapped[ExportFormat]
    language: Mapped[ExportLanguage]
    filter: Mapped[JsonObject]
    unmasked: Mapped[bool]
    reason: Mapped[str]
    scope: Mapped[Scope]
    asked_by: Mapped[UserId]
    asked_by_name: Mapped[str]
    asked_at: Mapped[Instant]
    state: Mapped[ExportState]
    attempts: Mapped[int]
    claimed_until: Mapped[Instant | None]
    """Until then it belongs to the worker that took it."""
    rows_done: Mapped[int]
    rows_total: Mapped[int | None]
    ended_at: Mapped[Instant | None]
    error: Mapped[str | None]
    file_name: Mapped[str | None]
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    file_until: Mapped[Instant | None]
