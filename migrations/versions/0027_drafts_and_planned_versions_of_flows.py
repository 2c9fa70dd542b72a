"""flows: what people are drawing, and versions that come into force at a set time"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "flow_draft",
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("flow", "person", name=op.f("flow_draft_pkey")),
    )
    op.create_table(
        "flow_plan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.Text()),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("version", sa.Integer()),
        sa.Column("refusal", postgresql.JSONB()),
        sa.PrimaryKeyConstraint("id", name=op.f("flow_plan_pkey")),
    )
    op.create_index(
        "flow_plan_waiting_key",
        "flow_plan",
        ["flow"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("flow_plan_flow_idx", "flow_plan", ["flow", "id"])
