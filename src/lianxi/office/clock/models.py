"""The tables of clocks. Imported only by `repository`."""

from sqlalchemy import DDL, BigInteger, ForeignKey, Identity, Index, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.clock.contracts import ClockOutcome, ClockState

_TOLD = "breached_at IS NOT NULL OR outcome = 'met'"


class ClockRow(Table):
    """One deadline."""

    __tablename__ = "clock"
    __table_args__ = (
        Index(
            "clock_open_key",
            "subject", "code", "round",
            unique=True,
            postgresql_where=text("state <> 'ended'"),
        ),
        Index(None, "subject", "id"),
        Index("clock_due_idx", "due_at", postgresql_where=text("state = 'running'")),
        Index("clock_owner_idx", "owner", "due_at", postgresql_where=text("state <> 'ended'")),
        Index(
            "clock_told_idx",
            text("coalesce(breached_at, ended_at)"),
            postgresql_where=text(_TOLD),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    subject: Mapped[str]
    round: Mapped[int]
    code: Mapped[str]
    owner: Mapped[str]
    target: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[TimeUnit]
    calendar: Mapped[JsonObject]
    marks: Mapped[list[JsonObject]] = mapped_column(JSONB)
    state: Mapped[ClockState]
    started_at: Mapped[Instant]
    due_at: Mapped[Instant | None]
    is_provisional: Mapped[bool]
    breached_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    outcome: Mapped[ClockOutcome | None]


AS_FACTS = (
    "CREATE OR REPLACE VIEW fact_clock AS SELECT coalesce(breached_at, ended_at) AS ended_at,"
    f" code AS rule, owner, breached_at IS NULL AS was_met FROM clock WHERE {_TOLD}",
)
"""Deadlines that were met, or missed at the moment they were due; a migration creates it too."""

event.listen(
    ClockRow.__table__,
    "after_create",
    DDL(AS_FACTS[0]),  # type: ignore[no-untyped-call]
)


class ClockStretchRow(Table):
    """A time during which a clock ran."""

    __tablename__ = "clock_stretch"

    clock: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("clock.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[Instant] = mapped_column(primary_key=True)
    until: Mapped[Instant | None]


class ClockMarkRow(Table):
    """A moment of a clock; fired once."""

    __tablename__ = "clock_mark"
    __table_args__ = (
        Index(
            "clock_mark_due_idx",
            "at", "clock",
            postgresql_where=text("fired_at IS NULL AND at IS NOT NULL"),
        ),
    )  # fmt: skip

    clock: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("clock.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    """Which of the clock's marks."""
    occurrence: Mapped[int] = mapped_column(primary_key=True)
    """1, and more for one that is repeated."""
    first_at: Mapped[Instant | None]
    """Of the first occurrence."""
    at: Mapped[Instant | None]
    """None while the clock rests, or when it ended before."""
    fired_at: Mapped[Instant | None]
