"""The table of what the journal lacks."""

from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact


class GapWhy(StrEnum):
    """What is missing."""

    LINES = "lines"
    """Positions of the journal that hold nothing."""
    BEGIN = "begin"
    """A contact has facts, but nobody told of its begin: they are in no figure."""


class FactGap(Fact, kw_only=True):
    """A stretch of time in which figures may lack something."""

    __tablename__ = "fact_gap"
    __table_args__ = (Index(None, "began_at"), Index(None, "contact"))

    position_from: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position_to: Mapped[int] = mapped_column(BigInteger)
    """Of missing lines the first and the last; of a contact the first and the last of its lines."""
    began_at: Mapped[Instant]
    """The last moment known before it; 0 = there is none."""
    at: Mapped[Instant]
    """The first moment known after it; of a contact the moment of its last line."""
    why: Mapped[GapWhy]
    contact: Mapped[ContactId] = mapped_column(default=ContactId(""))
    """Empty = missing lines."""
