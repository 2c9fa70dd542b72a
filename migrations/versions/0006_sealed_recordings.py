"""recordings under seal, kept for a time; whether a contact was to be recorded"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in ("sha256", "key_name", "held_by", "held_why", "deleted_by"):
        op.add_column("recording", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("recording", sa.Column("sealed_key", sa.LargeBinary(), nullable=True))
    for name in ("keep_until", "held_at", "deleted_at"):
        op.add_column("recording", sa.Column(name, sa.BigInteger(), nullable=True))
    op.create_index(op.f("recording_keep_until_idx"), "recording", ["keep_until"], unique=False)
    text = sa.Column("recording_skip", sa.Text(), server_default="", nullable=False)
    op.add_column("fact_contact", text)
    op.add_column("fact_contact", sa.Column("recording_from", sa.BigInteger(), nullable=True))
    share = sa.Column("recording_share", sa.Float(), server_default="1", nullable=False)
    op.add_column("dim_queue", share)
    days = sa.Column("recording_keep_days", sa.Integer(), server_default="0", nullable=False)
    op.add_column("dim_queue", days)
