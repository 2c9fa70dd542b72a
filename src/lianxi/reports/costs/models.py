"""Tables of the ledger. Imported only by `repository`."""

from datetime import date

from sqlalchemy import BigInteger, Double, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.costs.contracts import CostCategory


class CostEntryRow(Table):
    """One cost. Rows are added; the only change is that one is cancelled."""

    __tablename__ = "cost_entry"
    __table_args__ = (Index(None, "first_day"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    category: Mapped[CostCategory]
    first_day: Mapped[date]
    last_day: Mapped[date]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    note: Mapped[str]
    booked_at: Mapped[Instant]
    booked_by: Mapped[UserId]
    booked_by_name: Mapped[str]
    cancelled_at: Mapped[Instant | None]
    cancelled_by_name: Mapped[str] = mapped_column(server_default="")
    cancel_reason: Mapped[str] = mapped_column(server_default="")


class FactCostRow(Table):
    """What a cost comes to on one day: the mart of cost per call. Gone once it is cancelled."""

    __tablename__ = "fact_cost"
    __table_args__ = (Index(None, "day_begins_at"),)

    entry: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("cost_entry.id"), primary_key=True, autoincrement=False
    )
    day_begins_at: Mapped[Instant] = mapped_column(primary_key=True)
    category: Mapped[CostCategory]
    amount: Mapped[float] = mapped_column(Double)
    """In the currency, not in hundredths."""
