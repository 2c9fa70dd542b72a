"""faxes: documents kept beside recordings, and documents that are sent"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("recording", sa.Column("pages", sa.Integer(), nullable=True))
    words = ("contact", "number", "by", "cause", "mode")
    numbers = ("pages", "attempts", "confirmed")
    state = sa.Enum("sending", "sent", "failed", name="faxstate", native_enum=False, length=40)
    op.create_table(
        "fact_fax",
        sa.Column("fax", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("state", state, nullable=False),
        sa.Column("again_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fax", name=op.f("fact_fax_pkey")),
    )
    op.create_index(op.f("fact_fax_asked_at_idx"), "fact_fax", ["asked_at"], unique=False)
