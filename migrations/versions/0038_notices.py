"""notices: what people are told by the bell, and what nobody took"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("notice_pkey")),
    )
    op.create_index("notice_once_key", "notice", ["user", "key"], unique=True)
    op.create_index(op.f("notice_user_id_idx"), "notice", ["user", "id"])
    op.create_index(
        "notice_unread_idx", "notice", ["user", "id"], postgresql_where=sa.text("read_at IS NULL")
    )
    op.create_index(op.f("notice_kind_id_idx"), "notice", ["kind", "id"])
    op.create_index(op.f("notice_at_idx"), "notice", ["at"])
    op.create_table(
        "notice_cursor",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("notice_cursor_pkey")),
    )
    op.create_index(
        "outbox_given_up_idx", "outbox", ["id"], postgresql_where=sa.text("state = 'given_up'")
    )
