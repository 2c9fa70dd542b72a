"""posts, and complaint warnings with their rounds and hops"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _posts()
    _warning()
    _warning_number()
    _warning_round()
    _parts()
    _warning_hop()


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("superior", sa.Text()),
        sa.Column("fallback_role", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("post_pkey")),
    )
    op.create_table(
        "post_holder",
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post"], ["post.id"], name=op.f("post_holder_post_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post", "user", name=op.f("post_holder_pkey")),
    )
    op.create_index(op.f("post_holder_user_idx"), "post_holder", ["user"])


def _warning() -> None:
    op.create_table(
        "warning",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("classified_at", sa.BigInteger(), nullable=False),
        sa.Column("classified_by", sa.Text()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["case"], ["work_order.id"], name=op.f("warning_case_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("warning_pkey")),
    )
    op.create_index("warning_number_key", "warning", ["number"], unique=True)
    op.create_index(
        "warning_open_key",
        "warning",
        ["case"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index(op.f("warning_case_classified_at_idx"), "warning", ["case", "classified_at"])
    op.create_index(
        op.f("warning_state_classified_at_id_idx"), "warning", ["state", "classified_at", "id"]
    )
    op.create_index(op.f("warning_classified_at_id_idx"), "warning", ["classified_at", "id"])


def _warning_number() -> None:
    op.create_table(
        "warning_number",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("warning_number_pkey")),
    )


def _warning_round() -> None:
    op.create_table(
        "warning_round",
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger()),
        sa.Column("submitted_by", sa.Text()),
        sa.Column("return_count", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("satisfied", sa.Boolean()),
        sa.ForeignKeyConstraint(
            ["warning"], ["warning.id"], name=op.f("warning_round_warning_fkey")
        ),
        sa.PrimaryKeyConstraint("warning", "number", name=op.f("warning_round_pkey")),
    )


def _parts() -> None:
    _part(
        "warning_review",
        sa.Column("conforms", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("returned_at", sa.BigInteger()),
    )
    _part(
        "warning_opinion",
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger()),
    )
    _part(
        "warning_recontact",
        sa.Column("satisfied", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    _part(
        "warning_day",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )


def _part(name: str, *columns: "sa.Column[object]") -> None:
    op.create_table(
        name,
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["warning"], ["warning.id"], name=op.f(f"{name}_warning_fkey")),
        sa.PrimaryKeyConstraint("warning", "number", name=op.f(f"{name}_pkey")),
    )


def _warning_hop() -> None:
    op.create_table(
        "warning_hop",
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.ForeignKeyConstraint(["warning"], ["warning.id"], name=op.f("warning_hop_warning_fkey")),
        sa.PrimaryKeyConstraint("warning", "number", name=op.f("warning_hop_pkey")),
    )
