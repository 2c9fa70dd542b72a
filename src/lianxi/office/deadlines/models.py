"""The table of deadlines. Imported only by `repository`."""

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import TimeUnit


class DeadlineRow(Table):
    """One version of one rule; never changed."""

    __tablename__ = "deadline"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    area_class: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    effective_at: Mapped[Instant]
    target: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[TimeUnit]
    calendar: Mapped[str]
    marks: Mapped[list[JsonObject]] = mapped_column(JSONB)
    note: Mapped[str]
    set_by: Mapped[str]
    set_at: Mapped[Instant]
