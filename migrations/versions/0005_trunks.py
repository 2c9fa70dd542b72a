"""trunks, routes, and calls that found no channel"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    json = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "trunk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", json, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("trunk_pkey")),
    )
    op.create_table(
        "outbound_route",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", json, nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("outbound_route_pkey")),
    )
    word = sa.String(length=40)
    op.create_table(
        "fact_blocked",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("channel", word, nullable=False),
        sa.Column("trunk", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("why", word, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("contact", name=op.f("fact_blocked_pkey")),
    )
    op.create_index(op.f("fact_blocked_at_idx"), "fact_blocked", ["at"], unique=False)
    op.create_table(
        "trunk_standing",
        sa.Column("trunk", sa.Text(), nullable=False),
        sa.Column("is_up", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("trunk", name=op.f("trunk_standing_pkey")),
    )
    op.add_column("fact_contact", sa.Column("trunk", sa.Text(), nullable=False, server_default=""))
