"""identity: teams have somebody who leads them, and may be closed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("team", sa.Column("lead", sa.Text(), nullable=True))
    op.add_column("team", sa.Column("closed_at", sa.BigInteger(), nullable=True))
