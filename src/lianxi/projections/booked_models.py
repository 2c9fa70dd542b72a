"""Facts that people book: no line of the journal tells of them, so a rebuild leaves them alone."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.engine.messages.values import Channel
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact


class FactCarrierBlocked(Fact, kw_only=True):
    """Calls to one of our numbers that a carrier turned away on one day, as it reported them."""

    __tablename__ = "fact_carrier_blocked"
    __table_args__ = (Index(None, "began_at"),)

    report: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """The report that it was booked by; gone once that is cancelled."""
    began_at: Mapped[Instant]
    """When the day begins."""
    channel: Mapped[Channel] = mapped_column(default=Channel.VOICE)
    number: Mapped[str]
    """That was dialled."""
    calls: Mapped[int] = mapped_column(BigInteger)
