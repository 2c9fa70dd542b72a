"""closed days: which files there are of them, and whether the tables changed since"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WHY = ("closed", "late", "rebuild", "shape")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "closed_day",
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("begins_at", "ends_at")),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("changed_at_position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("closed_day_pkey")),
    )
    op.create_index(op.f("closed_day_ends_at_idx"), "closed_day", ["ends_at"])
    numbers = ("begins_at", "ends_at", "journal_position", "changes", "made_at")
    op.create_table(
        "report_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in numbers),
        sa.Column("files", postgresql.JSONB(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("why", sa.Enum(*WHY, name="why", native_enum=False, length=40), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", "version", name=op.f("report_day_pkey")),
    )
    op.create_index(op.f("fact_flow_step_entered_at_idx"), "fact_flow_step", ["entered_at"])
    op.create_index(op.f("fact_offer_made_at_idx"), "fact_offer", ["made_at"])
