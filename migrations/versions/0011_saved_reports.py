"""saved reports, their runs, and where their readers get e-mail"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("account", sa.Column("email", sa.Text(), server_default="", nullable=False))
    cadence = _one_of("cadence", "none", "daily", "weekly", "monthly")
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("question", JSONB(none_as_null=True), nullable=True),
        sa.Column("queues", JSONB(), nullable=False),
        sa.Column("recipients", JSONB(), nullable=False),
        sa.Column("cadence", cadence, nullable=False),
        sa.Column("on_day", sa.Integer(), nullable=False),
        sa.Column("at_minute", sa.Integer(), nullable=False),
        sa.Column("format", _one_of("format", "csv", "xlsx", "pdf"), nullable=False),
        sa.Column("language", _one_of("language", "zh", "en"), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("saved_report_pkey")),
    )
    op.create_index(op.f("saved_report_owner_idx"), "saved_report", ["owner"], unique=False)
    op.create_index(op.f("saved_report_due_at_idx"), "saved_report", ["due_at"], unique=False)
    op.create_table(
        "report_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column(
            "state", _one_of("runstate", "waiting", "sent", "partly", "failed"), nullable=False
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger(), nullable=True),
        sa.Column("outcomes", JSONB(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("error_text", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["saved_report.id"], name=op.f("report_run_report_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("report_run_pkey")),
    )
    op.create_index("report_run_once_key", "report_run", ["report", "due_at"], unique=True)
    op.create_index(op.f("report_run_next_try_at_idx"), "report_run", ["next_try_at"], unique=False)
