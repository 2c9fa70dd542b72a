"""reports: calls that carriers turned away, hang-ups in a hold, pick-ups; corrected figures

The new columns of facts are empty for rows folded before: rebuild the facts once. A day that was
looked at counts as looked at in the version that is its newest now.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("fact_queue_entry", sa.Column("picked_up_at", sa.BigInteger(), nullable=True))
    hung_up = sa.Column("hung_up", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("fact_segment", hung_up)
    op.alter_column("fact_segment", "hung_up", server_default=None)
    _carriers()
    _corrections()


def _carriers() -> None:
    op.create_table(
        "carrier_report",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.Column("booked_by", sa.Text(), nullable=False),
        sa.Column("booked_by_name", sa.Text(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("carrier_report_pkey")),
    )
    op.create_index(
        "carrier_report_day_number_key", "carrier_report", ["day", "number"], unique=True,
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )  # fmt: skip
    op.create_table(
        "fact_carrier_blocked",
        sa.Column("report", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("report", name=op.f("fact_carrier_blocked_pkey")),
    )
    op.create_index(op.f("fact_carrier_blocked_began_at_idx"), "fact_carrier_blocked", ["began_at"])


def _corrections() -> None:
    for name, empty in (("figures", "{}"), ("corrections", "[]")):
        column = sa.Column(name, postgresql.JSONB(), server_default=empty, nullable=False)
        op.add_column("control_entry", column)
        op.alter_column("control_entry", name, server_default=None)
    op.execute(
        "UPDATE control_entry"
        " SET figures = jsonb_build_object(CAST(ends_on AS TEXT), to_jsonb(value))"
    )
    version = sa.Column("version", sa.Integer(), server_default="0", nullable=False)
    op.add_column("control_day", version)
    op.alter_column("control_day", "version", server_default=None)
    op.execute(
        "UPDATE control_day SET version = newest.version FROM"
        " (SELECT day, max(version) AS version FROM report_day GROUP BY day) AS newest"
        " WHERE newest.day = control_day.day"
    )
