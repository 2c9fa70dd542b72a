"""costs: a small ledger and its days; facts: when an agent was first held for a stay in a queue

The new column of stays is empty for those folded before: rebuild the facts once.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CATEGORIES = ("staff", "lines", "premises", "systems", "training", "other")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("fact_queue_entry", sa.Column("reserved_at", sa.BigInteger(), nullable=True))
    category = sa.Enum(*CATEGORIES, name="costcategory", native_enum=False, length=40)
    op.create_table(
        "cost_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("category", category, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.Column("booked_by", sa.Text(), nullable=False),
        sa.Column("booked_by_name", sa.Text(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("cost_entry_pkey")),
    )
    op.create_index(op.f("cost_entry_first_day_idx"), "cost_entry", ["first_day"])
    op.create_table(
        "fact_cost",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("day_begins_at", sa.BigInteger(), nullable=False),
        sa.Column("category", category, nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["cost_entry.id"], name=op.f("fact_cost_entry_fkey")),
        sa.PrimaryKeyConstraint("entry", "day_begins_at", name=op.f("fact_cost_pkey")),
    )
    op.create_index(op.f("fact_cost_day_begins_at_idx"), "fact_cost", ["day_begins_at"])
