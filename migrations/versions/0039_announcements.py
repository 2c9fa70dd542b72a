"""announcements, their timeline, who is told and was told, and what is about them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _announcement()
    _announcement_update()
    _announcement_told()
    _announcement_link()
    _announcement_subscriber()


def _announcement() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text()),
        sa.Column("places", postgresql.JSONB(), nullable=False),
        sa.Column("areas", postgresql.JSONB(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("expected_end", sa.BigInteger()),
        sa.Column("ends_itself", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("began_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("announcement_pkey")),
    )
    op.create_index("announcement_number_key", "announcement", ["number"], unique=True)
    for columns in (["state", "starts_at", "id"], ["starts_at", "id"]):
        op.create_index(op.f(f"announcement_{'_'.join(columns)}_idx"), "announcement", columns)
    op.create_table(
        "announcement_number",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("announcement_number_pkey")),
    )


def _announcement_update() -> None:
    op.create_table(
        "announcement_update",
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("expected_end", sa.BigInteger()),
        _of_announcement("announcement_update"),
        sa.PrimaryKeyConstraint("announcement", "number", name=op.f("announcement_update_pkey")),
    )


def _announcement_told() -> None:
    op.create_table(
        "announcement_told",
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.Column("update", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_announcement("announcement_told"),
        sa.PrimaryKeyConstraint(
            "announcement", "update", "channel", "address", name=op.f("announcement_told_pkey")
        ),
    )


def _announcement_link() -> None:
    op.create_table(
        "announcement_link",
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text()),
        _of_announcement("announcement_link"),
        sa.PrimaryKeyConstraint(
            "announcement", "subject", "how", name=op.f("announcement_link_pkey")
        ),
    )
    op.create_index(op.f("announcement_link_subject_idx"), "announcement_link", ["subject"])


def _announcement_subscriber() -> None:
    op.create_table(
        "announcement_subscriber",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("announcement_subscriber_pkey")),
    )
    op.create_index(
        "announcement_subscriber_key",
        "announcement_subscriber",
        ["channel", "address", "place"],
        unique=True,
    )
    op.create_index(
        op.f("announcement_subscriber_added_at_id_idx"),
        "announcement_subscriber",
        ["added_at", "id"],
    )


def _of_announcement(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["announcement"],
        ["announcement.id"],
        name=op.f(f"{table}_announcement_fkey"),
        ondelete="CASCADE",
    )
