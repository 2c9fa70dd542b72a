"""first transfers and first holds are marked; sums of closed days

Folded anew: the fact tables are emptied, and the next start fills them from the journal.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDED = (
    "fact_contact", "fact_queue_entry", "fact_offer", "fact_segment", "fact_agent_interval",
    "fact_flow_step", "fact_blocked", "fact_fax", "fact_transfer", "fact_survey",
    "fact_verification", "fact_callback", "fact_gap", "trunk_standing", "agent_presence",
    "dim_queue", "dim_disposition", "dim_agent",
)  # fmt: skip
FIRSTS = ("first_of_contact", "first_of_queue", "first_of_agent")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in FOLDED:
        op.execute(f"TRUNCATE TABLE {table}")
    op.execute("DELETE FROM projection_cursor WHERE name = 'facts'")
    for name in FIRSTS:
        _add_flag("fact_transfer", name)
    _add_flag("fact_queue_entry", "first_without_agent")
    sums = sa.Column("sums", postgresql.JSONB(), server_default="{}", nullable=False)
    op.add_column("report_day", sums)
    op.alter_column("report_day", "sums", server_default=None)


def _add_flag(table: str, name: str) -> None:
    column = sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column(table, column)
    op.alter_column(table, name, server_default=None)
