"""who calls customers back, and by what way they were heard"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "work_order_callback",
        sa.Column("kind", sa.String(length=40), nullable=False, server_default="call"),
    )
    op.alter_column("work_order_callback", "kind", server_default=None)
    op.create_index(op.f("work_order_callback_at_idx"), "work_order_callback", ["at"])
    for column in ("resolved_at", "closed_at"):
        op.create_index(op.f(f"work_order_round_{column}_idx"), "work_order_round", [column])
    op.create_table(
        "work_order_callback_task",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text()),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_callback_task_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "round", name=op.f("work_order_callback_task_pkey")),
    )
    op.create_index(
        op.f("work_order_callback_task_person_given_at_idx"),
        "work_order_callback_task",
        ["person", "given_at"],
    )
    op.create_index(
        op.f("work_order_callback_task_given_at_idx"), "work_order_callback_task", ["given_at"]
    )
    op.create_table(
        "work_order_callback_rule",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("people", postgresql.JSONB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("work_order_callback_rule_pkey")),
    )
