"""The tables of the warnings module. Imported only by `repository`."""

from sqlalchemy import DDL, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import CaseId, UserId, WarningId
from lianxi.kernel.time import Instant
from lianxi.modules.warnings.contracts import DayKind, Level, WarningState


class WarningRow(Table):
    """One complaint warning."""

    __tablename__ = "warning"
    __table_args__ = (
        Index("warning_number_key", "number", unique=True),
        Index("warning_open_key", "case", unique=True, postgresql_where=text("state <> 'closed'")),
        Index(None, "case", "classified_at"),
        Index(None, "state", "classified_at", "id"),
        Index(None, "classified_at", "id"),
    )

    id: Mapped[WarningId] = mapped_column(primary_key=True)
    number: Mapped[str]
    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"))
    case_number: Mapped[str]
    store: Mapped[str]
    state: Mapped[WarningState]
    round: Mapped[int]
    classified_at: Mapped[Instant]
    classified_by: Mapped[UserId | None]
    closed_at: Mapped[Instant | None]
    revision: Mapped[int]
    due_at: Mapped[Instant | None]
    """The nearest of its running clocks. Kept for lists."""


class WarningDayRow(Table):
    """The last number of a day."""

    __tablename__ = "warning_number"

    day: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class WarningRoundRow(Table):
    """One way up."""

    __tablename__ = "warning_round"

    warning: Mapped[WarningId] = mapped_column(ForeignKey("warning.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[Instant]
    form_version: Mapped[int]
    answers: Mapped[JsonObject]
    submitted_at: Mapped[Instant | None]
    submitted_by: Mapped[UserId | None]
    return_count: Mapped[int]
    ended_at: Mapped[Instant | None]
    satisfied: Mapped[bool | None]


class WarningReviewRow(Table):
    """A decision about a sheet."""

    __tablename__ = "warning_review"

    warning: Mapped[WarningId] = mapped_column(ForeignKey("warning.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    by: Mapped[UserId | None]
    conforms: Mapped[bool]
    opinion: Mapped[str]
    at: Mapped[Instant]
    returned_at: Mapped[Instant | None]


class WarningOpinionRow(Table):
    """What is to be done."""

    __tablename__ = "warning_opinion"

    warning: Mapped[WarningId] = mapped_column(ForeignKey("warning.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    level: Mapped[Level]
    by: Mapped[UserId | None]
    text: Mapped[str]
    at: Mapped[Instant]
    received_at: Mapped[Instant | None]


class WarningRecontactRow(Table):
    """That the customer was told."""

    __tablename__ = "warning_recontact"

    warning: Mapped[WarningId] = mapped_column(ForeignKey("warning.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    by: Mapped[UserId | None]
    at: Mapped[Instant]
    satisfied: Mapped[bool]
    note: Mapped[str]


class WarningDailyRow(Table):
    """A warning or a handling of a day."""

    __tablename__ = "warning_day"

    warning: Mapped[WarningId] = mapped_column(ForeignKey("warning.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    kind: Mapped[DayKind]
    by: Mapped[UserId | None]
    at: Mapped[Instant]
    text: Mapped[str]


class WarningHopRow(Table):
    """A stretch in which one post has it."""

    __tablename__ = "warning_hop"

    warning: Mapped[WarningId] = mapped_column(ForeignKey("warning.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    clock: Mapped[str]
    owner: Mapped[str]
    since: Mapped[Instant]
    until: Mapped[Instant | None]
    event: Mapped[str]
    by: Mapped[UserId | None]


AS_FACTS = ("CREATE OR REPLACE VIEW fact_complaint_warning AS SELECT classified_at FROM warning",)
"""Warnings as reports count them; a migration creates it too."""

event.listen(
    WarningRow.__table__,
    "after_create",
    DDL(AS_FACTS[0]),  # type: ignore[no-untyped-call]
)
