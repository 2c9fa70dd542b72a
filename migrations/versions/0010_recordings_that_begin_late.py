"""facts: when the recording of a call that we placed began

Empty for calls of before: their recordings began with the answer.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("fact_contact", sa.Column("recording_began", sa.BigInteger(), nullable=True))
