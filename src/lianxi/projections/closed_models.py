"""The table of days whose facts were written down as files."""

from datetime import date

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.time import Instant


class ClosedDay(Table):
    """A day that is kept as files."""

    __tablename__ = "closed_day"
    __table_args__ = (Index(None, "ends_at"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    """By the centre's clock."""
    begins_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    changes: Mapped[int] = mapped_column(BigInteger)
    """How many batches changed rows of the day since it is on the list."""
    changed_at_position: Mapped[int] = mapped_column(BigInteger)
    """Where in the journal the newest of them ended; 0 = none did."""
