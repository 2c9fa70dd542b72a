"""The table of what carriers reported. Imported only by `repository`."""

from datetime import date

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class CarrierReportRow(Table):
    """One report. Rows are added; the only change is that one is cancelled."""

    __tablename__ = "carrier_report"
    __table_args__ = (
        # One report counts for a number and day: a second one would count the same calls again.
        Index(
            "carrier_report_day_number_key", "day", "number",
            unique=True, postgresql_where=text("cancelled_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    day: Mapped[date]
    number: Mapped[str]
    calls: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str]
    booked_at: Mapped[Instant]
    booked_by: Mapped[UserId]
    booked_by_name: Mapped[str]
    cancelled_at: Mapped[Instant | None]
