"""reports: a saved report can be paused; a cancelled cost says who cancelled it and why"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "saved_report",
        sa.Column("is_paused", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    for name in ("cancelled_by_name", "cancel_reason"):
        op.add_column("cost_entry", sa.Column(name, sa.Text(), nullable=False, server_default=""))
