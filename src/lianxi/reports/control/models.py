"""Tables of targets, baselines, notes and the control sheet. Imported only by `repository`."""

from datetime import date

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import AgentId, QueueId, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.reports.charts.kinds import Kind
from lianxi.reports.control.contracts import EntryState, Side


class MetricTargetRow(Table):
    """One version of what is wanted of a metric. Rows are added and never changed."""

    __tablename__ = "metric_target"
    __table_args__ = (
        # Two people who read the same version cannot both add the next one.
        Index(
            "metric_target_version_key", "metric", "queue", "number",
            unique=True, postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    metric: Mapped[str]
    queue: Mapped[QueueId | None]
    number: Mapped[int]
    effective_from: Mapped[date]
    target: Mapped[float | None]
    alarm_low: Mapped[float | None]
    alarm_high: Mapped[float | None]
    set_by: Mapped[UserId]
    set_by_name: Mapped[str]
    at: Mapped[Instant]


class ChartBaselineRow(Table):
    """Limits that somebody froze. The newest of a metric, queue and formula counts."""

    __tablename__ = "chart_baseline"
    __table_args__ = (Index(None, "metric", "queue", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    metric: Mapped[str]
    queue: Mapped[QueueId | None]
    formula: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    kind: Mapped[Kind]
    centre: Mapped[float]
    sigma: Mapped[float]
    points: Mapped[int]
    seasons: Mapped[JsonObject]
    frozen_by: Mapped[UserId]
    frozen_by_name: Mapped[str]
    at: Mapped[Instant]
    reason: Mapped[str]


class MetricNoteRow(Table):
    """What somebody wrote beside a day of a chart. A withdrawn one stays, and is not shown."""

    __tablename__ = "metric_note"
    __table_args__ = (Index(None, "metric", "day"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    metric: Mapped[str]
    queue: Mapped[QueueId | None]
    team: Mapped[TeamId | None]
    agent: Mapped[AgentId | None]
    number: Mapped[str | None]
    day: Mapped[date]
    text: Mapped[str]
    written_by: Mapped[UserId]
    written_by_name: Mapped[str]
    written_at: Mapped[Instant]
    changed_by_name: Mapped[str]
    changed_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None]
    revision: Mapped[int]


class ControlEntryRow(Table):
    """One line of the control sheet."""

    __tablename__ = "control_entry"
    __table_args__ = (
        # A breach that is still open is updated, never opened twice.
        Index(
            "control_entry_open_key", "metric", "queue",
            unique=True, postgresql_nulls_not_distinct=True,
            postgresql_where=text("state <> 'closed'"),
        ),
        Index(None, "opened_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    metric: Mapped[str]
    queue: Mapped[QueueId | None]
    formula: Mapped[str]
    rule: Mapped[str]
    side: Mapped[Side]
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    value: Mapped[float]
    limit: Mapped[float | None]
    figures: Mapped[JsonObject]
    """By day on which it was found, as it stood when the day was looked at last."""
    corrections: Mapped[list[JsonObject]] = mapped_column(JSONB)
    causes: Mapped[list[JsonObject]] = mapped_column(JSONB)
    days: Mapped[int]
    state: Mapped[EntryState]
    owner: Mapped[UserId | None]
    owner_name: Mapped[str]
    action: Mapped[str]
    due: Mapped[date | None]
    check_from: Mapped[date | None]
    effect: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    opened_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    closed_by_name: Mapped[str]
    revision: Mapped[int]


class ControlDayRow(Table):
    """A closed day that was looked at."""

    __tablename__ = "control_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int]
    """Of the day's facts, when it was looked at last; 0 = nobody knows."""
    at: Mapped[Instant]
    opened: Mapped[int]
    updated: Mapped[int]
