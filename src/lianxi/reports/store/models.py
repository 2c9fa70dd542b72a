"""The table of the manifest."""

from datetime import date

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant
from lianxi.reports.store.contracts import Why


class ReportDay(Table):
    """One version of one closed day."""

    __tablename__ = "report_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    begins_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    files: Mapped[JsonObject]
    """What there is of each table, by its name (`contracts.StoredFile`); a table without a row on
    this day has no file."""
    shape: Mapped[str]
    """Fingerprint of all tables' columns."""
    journal_position: Mapped[int] = mapped_column(BigInteger)
    """Up to where the journal was folded when rows and files were last the same."""
    changes: Mapped[int] = mapped_column(BigInteger)
    """`ClosedDay.changes` of that moment."""
    made_at: Mapped[Instant]
    why: Mapped[Why]
    fault: Mapped[str]
    """What is wrong with a file of it, as far as known; empty = nothing."""
    sums: Mapped[JsonObject]
    """What there is of each table of sums, by its name (`contracts.StoredSums`); empty = not yet
    summed, or what is to be summed goes on."""
    is_kept: Mapped[bool]
    """Its files are still there."""
