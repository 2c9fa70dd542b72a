"""The tables of the cases module. Imported only by the repositories."""

from sqlalchemy import DDL, BigInteger, ForeignKey, Index, Sequence, event, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import AreaId, CaseId, ContactId, CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_kinds import CallbackKind
from lianxi.modules.cases.contracts import (
    AuditMode,
    CallbackResult,
    CaseState,
    Category,
    DispatchOutcome,
    DispatchRole,
)

_IS_DUE = text("due_at IS NOT NULL")
_HAS_IT = "role = 'lead' AND outcome = 'active'"


class CaseRow(Table):
    """One work order. Each list has an index in its own order: one that is empty is known at once,
    and not after a look at everything there ever was."""

    __tablename__ = "work_order"
    __table_args__ = (
        Index("work_order_number_key", "number", unique=True),
        Index(None, "state", "opened_at", "id"),
        Index(None, "opened_at", "id"),
        Index(None, "customer", "opened_at"),
        Index(None, "opened_by", "opened_at", "id"),
        Index(None, "area", "opened_at", "id"),
        Index("work_order_area_idx", "area", "state", "opened_at"),
        Index(
            "work_order_open_idx",
            "area",
            "opened_at",
            "id",
            postgresql_where=text("state NOT IN ('archived', 'withdrawn')"),
        ),
        Index("work_order_due_idx", "due_at", "id", postgresql_where=_IS_DUE),
        Index("work_order_area_due_idx", "area", "due_at", "id", postgresql_where=_IS_DUE),
        Index("work_order_state_due_idx", "state", "due_at", "id", postgresql_where=_IS_DUE),
        Index("work_order_words_idx", "words", postgresql_using="gin"),
        Index(
            "work_order_phone_idx",
            "phone_backwards",
            postgresql_ops={"phone_backwards": "text_pattern_ops"},
        ),
    )

    id: Mapped[CaseId] = mapped_column(primary_key=True)
    number: Mapped[str]
    kind: Mapped[str]
    category: Mapped[Category]
    title: Mapped[str]
    content: Mapped[str]
    customer: Mapped[CustomerId | None]
    contact: Mapped[ContactId | None]
    phone: Mapped[str]
    place: Mapped[str]
    device_type: Mapped[str]
    demand_type: Mapped[str]
    appointment_at: Mapped[Instant | None]
    form_version: Mapped[int]
    answers: Mapped[JsonObject]
    priority: Mapped[int]
    state: Mapped[CaseState]
    round: Mapped[int]
    callback_required: Mapped[bool]
    audit_mode: Mapped[AuditMode]
    visited: Mapped[bool]
    confidential: Mapped[bool]
    suspended: Mapped[bool]
    supervised: Mapped[bool]
    warned: Mapped[bool]
    misdispatches: Mapped[int]
    urges: Mapped[int]
    extension: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    merged_into: Mapped[CaseId | None]
    opened_at: Mapped[Instant]
    opened_by: Mapped[UserId | None]
    revision: Mapped[int]
    hash: Mapped[str]
    area: Mapped[AreaId | None]
    """Who has it: the area of the lead dispatch in force. Kept for lists."""
    due_at: Mapped[Instant | None]
    """The nearest of its running clocks. Kept for lists."""
    phone_backwards: Mapped[str]
    """For search by its last digits."""
    words: Mapped[str] = mapped_column(TSVECTOR)
    """Pairs of signs of title, content, place and number, for search."""


class CaseRoundRow(Table):
    """One way through the flow."""

    __tablename__ = "work_order_round"
    __table_args__ = (Index(None, "resolved_at"), Index(None, "closed_at"))

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[Instant]
    resolved_at: Mapped[Instant | None]
    closed_at: Mapped[Instant | None]
    outcome: Mapped[str]


class CaseDispatchRow(Table):
    """A work order given to an area."""

    __tablename__ = "work_order_dispatch"
    __table_args__ = (
        Index(
            "work_order_lead_key",
            "case",
            unique=True,
            postgresql_where=text(_HAS_IT),
        ),
        Index(
            "work_order_unaccepted_idx",
            "case",
            postgresql_where=text(f"{_HAS_IT} AND accepted_at IS NULL"),
        ),
        Index("work_order_given_idx", "person", postgresql_where=text(_HAS_IT)),
        Index(None, "area", "outcome"),
        Index("work_order_first_dispatch_idx", "at", postgresql_where=text("number = 1")),
    )

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    area: Mapped[AreaId]
    role: Mapped[DispatchRole]
    by: Mapped[UserId | None]
    at: Mapped[Instant]
    note: Mapped[str]
    person: Mapped[UserId | None]
    accepted_at: Mapped[Instant | None]
    outcome: Mapped[DispatchOutcome]
    return_reason: Mapped[str]
    explanation: Mapped[str]
    explained_at: Mapped[Instant | None]


class CaseHandlingRow(Table):
    """What an area did."""

    __tablename__ = "work_order_handling"

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    dispatch: Mapped[int]
    workers: Mapped[list[str]] = mapped_column(JSONB)
    text: Mapped[str]
    completed: Mapped[bool]
    visited: Mapped[bool]
    by: Mapped[UserId | None]
    at: Mapped[Instant]


class CaseCallbackRow(Table):
    """An attempt to call back."""

    __tablename__ = "work_order_callback"
    __table_args__ = (Index(None, "at"),)

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    by: Mapped[UserId | None]
    at: Mapped[Instant]
    result: Mapped[CallbackResult]
    note: Mapped[str]
    contact: Mapped[ContactId | None]
    kind: Mapped[CallbackKind]


class CallbackTaskRow(Table):
    """That a person is to call a customer back about a round of a work order."""

    __tablename__ = "work_order_callback_task"
    __table_args__ = (Index(None, "person", "given_at"), Index(None, "given_at"))

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[UserId]
    given_by: Mapped[UserId | None]
    given_at: Mapped[Instant]


class CallbackRuleRow(Table):
    """Who gets what is to be called back; one row at most."""

    __tablename__ = "work_order_callback_rule"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_on: Mapped[bool]
    people: Mapped[list[str]] = mapped_column(JSONB)
    revision: Mapped[int]


class CaseReviewRow(Table):
    """That a finished work order was looked through."""

    __tablename__ = "work_order_review"

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    by: Mapped[UserId | None]
    at: Mapped[Instant]
    mode: Mapped[AuditMode]
    passed: Mapped[bool]
    reason: Mapped[str]


class CaseContactRow(Table):
    """A contact about a work order."""

    __tablename__ = "work_order_contact"
    __table_args__ = (Index(None, "contact"),)

    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    at: Mapped[Instant]


class CaseFileRow(Table):
    """A file that belongs to a work order; the row stays when the file is removed."""

    __tablename__ = "work_order_file"
    __table_args__ = (Index(None, "case", "at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"))
    name: Mapped[str]
    kind: Mapped[str]
    """Media type."""
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UserId | None]
    by_name: Mapped[str]
    removed_at: Mapped[Instant | None]
    removed_by: Mapped[UserId | None]


class CaseDraftRow(Table):
    """A work order that somebody is writing at the desk; nobody else reads it."""

    __tablename__ = "work_order_draft"

    account: Mapped[UserId] = mapped_column(primary_key=True)
    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    fields: Mapped[JsonObject]
    saved_at: Mapped[Instant]


NUMBERS = Sequence("work_order_number_seq", metadata=Table.metadata)
"""Of all days. Whoever takes one keeps nobody waiting; one that is not used stays away."""


class CaseDayRow(Table):
    """Where the numbers of a day begin."""

    __tablename__ = "work_order_day"

    day: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[int] = mapped_column(BigInteger)
    """The number of all days before the first of this day."""


AS_FACTS = (
    "CREATE OR REPLACE VIEW fact_work_order AS SELECT first.at AS dispatched_at, one.kind,"
    " 'area:' || first.area AS owner, EXISTS (SELECT FROM work_order_dispatch AS any_one"
    " WHERE any_one.\"case\" = one.id AND any_one.outcome = 'returned') AS misrouted"
    ' FROM work_order_dispatch AS first JOIN work_order AS one ON one.id = first."case"'
    " WHERE first.number = 1",
    "CREATE OR REPLACE VIEW fact_complaint AS SELECT opened_at AS taken_at, kind,"
    " merged_into IS NOT NULL AS repeated FROM work_order WHERE category = 'complaint'"
    " AND (state <> 'withdrawn' OR merged_into IS NOT NULL)",
    "CREATE OR REPLACE VIEW fact_complaint_answer AS SELECT said.at, one.kind,"
    " said.result = 'satisfied' AS satisfied FROM work_order_callback AS said"
    " JOIN work_order AS one ON one.id = said.\"case\" WHERE one.category = 'complaint'"
    " AND said.result IN ('satisfied', 'unsatisfied')",
)
"""Work orders when they were first given to an area, and whether one gave them back; complaints;
and what customers said of them when called back. A migration creates these, too."""

for _made in zip(
    (CaseDispatchRow.__table__, CaseRow.__table__, CaseCallbackRow.__table__), AS_FACTS, strict=True
):
    event.listen(_made[0], "after_create", DDL(_made[1]))  # type: ignore[no-untyped-call]
