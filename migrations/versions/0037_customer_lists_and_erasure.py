"""lists of customers from outside, erased customers, files of work orders"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("customer", sa.Column("erased_at", sa.BigInteger()))
    _customer_import()
    _case_file()


def _customer_import() -> None:
    op.create_table(
        "customer_import",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("only_good", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.BigInteger()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer()),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("told", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_import_pkey")),
    )
    op.create_index(
        op.f("customer_import_asked_by_asked_at_idx"), "customer_import", ["asked_by", "asked_at"]
    )
    op.create_index(
        "customer_import_open_idx",
        "customer_import",
        ["asked_at"],
        postgresql_where=sa.text("state IN ('waiting', 'checking', 'taking')"),
    )


def _case_file() -> None:
    op.create_table(
        "work_order_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.BigInteger()),
        sa.Column("removed_by", sa.Text()),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_file_case_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("work_order_file_pkey")),
    )
    op.create_index(op.f("work_order_file_case_at_idx"), "work_order_file", ["case", "at"])
