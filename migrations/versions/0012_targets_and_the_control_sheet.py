"""control: targets, frozen baselines of charts, and the control sheet"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = (
    "run", "xmr", "xmr_seasonal", "xbar_s", "p", "p_laney", "c", "u", "u_laney", "ewma", "cusum",
)  # fmt: skip
STATES = ("open", "acting", "checking", "closed")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "metric_target",
        _id(),
        *_of_metric(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Float()) for name in ("target", "alarm_low", "alarm_high")),
        *map(_text, ("set_by", "set_by_name")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("metric_target_pkey")),
    )
    op.create_index(
        "metric_target_version_key", "metric_target", ["metric", "queue", "number"],
        unique=True, postgresql_nulls_not_distinct=True,
    )  # fmt: skip
    op.create_table(
        "chart_baseline",
        _id(),
        *_of_metric(),
        _text("formula"),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("begins_on", "ends_on")),
        _word("kind", "kind", KINDS),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("centre", "sigma")),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("seasons", postgresql.JSONB(), nullable=False),
        *map(_text, ("frozen_by", "frozen_by_name")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _text("reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("chart_baseline_pkey")),
    )
    op.create_index(
        op.f("chart_baseline_metric_queue_id_idx"), "chart_baseline", ["metric", "queue", "id"]
    )
    _control_sheet()


def _control_sheet() -> None:
    op.create_table(
        "control_entry",
        _id(),
        *_of_metric(),
        *map(_text, ("formula", "rule")),
        _word("side", "side", ("low", "high")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("begins_on", "ends_on")),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("limit", sa.Float()),
        sa.Column("causes", postgresql.JSONB(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        _word("state", "entrystate", STATES),
        sa.Column("owner", sa.Text()),
        *map(_text, ("owner_name", "action")),
        *(sa.Column(name, sa.Date()) for name in ("due", "check_from")),
        sa.Column("effect", postgresql.JSONB()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("opened_at", "changed_at")),
        sa.Column("closed_at", sa.BigInteger()),
        _text("closed_by_name"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("control_entry_pkey")),
    )
    op.create_index(
        "control_entry_open_key", "control_entry", ["metric", "queue"], unique=True,
        postgresql_nulls_not_distinct=True, postgresql_where=sa.text("state <> 'closed'"),
    )  # fmt: skip
    op.create_index(op.f("control_entry_opened_at_idx"), "control_entry", ["opened_at"])
    op.create_table(
        "control_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("opened", "updated")),
        sa.PrimaryKeyConstraint("day", name=op.f("control_day_pkey")),
    )


def _id() -> "sa.Column[object]":
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False)


def _of_metric() -> list["sa.Column[object]"]:
    return [_text("metric"), sa.Column("queue", sa.Text())]


def _text(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), nullable=False)


def _word(name: str, kind: str, words: tuple[str, ...]) -> "sa.Column[object]":
    return sa.Column(name, sa.Enum(*words, name=kind, native_enum=False, length=40), nullable=False)
