"""voicemails: what they say in writing, and who heard them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    words = sa.Enum("none", "pending", "text", name="transcriptstate", native_enum=False, length=40)
    state = sa.Column("transcript_state", words, server_default="none", nullable=False)
    op.add_column("recording", state)
    for name in ("transcript", "transcript_source", "heard_by"):
        op.add_column("recording", sa.Column(name, sa.Text(), nullable=True))
    for name in ("transcript_at", "heard_at"):
        op.add_column("recording", sa.Column(name, sa.BigInteger(), nullable=True))
