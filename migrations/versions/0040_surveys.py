"""surveys of customers, and who was invited to them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _survey()
    _invitation()
    _indexes()


def _survey() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("kinds", postgresql.JSONB(), nullable=False),
        sa.Column("delay_minutes", sa.Integer(), nullable=False),
        sa.Column("sample_percent", sa.Integer(), nullable=False),
        sa.Column("recontact_days", sa.Integer(), nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.Column("needs_consent", sa.Boolean(), nullable=False),
        sa.Column("reopens", sa.Boolean(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("active_since", sa.BigInteger()),
        sa.Column("looked_until", sa.BigInteger()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_pkey")),
    )


def _invitation() -> None:
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("customer", sa.Text()),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=40)),
        sa.Column("why_text", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("percent", sa.Float()),
        sa.Column("verdict", sa.String(length=40)),
        sa.Column("answered_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["survey"], ["survey.id"], name=op.f("survey_invitation_survey_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("survey_invitation_case_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_invitation_pkey")),
    )


def _indexes() -> None:
    table = "survey_invitation"
    op.create_index("survey_invitation_once_key", table, ["case", "round"], unique=True)
    op.create_index("survey_invitation_token_key", table, ["token_hash"], unique=True)
    op.create_index(op.f("survey_invitation_made_at_id_idx"), table, ["made_at", "id"])
    op.create_index(op.f("survey_invitation_state_made_at_idx"), table, ["state", "made_at"])
    op.create_index(op.f("survey_invitation_customer_sent_at_idx"), table, ["customer", "sent_at"])
    op.create_index(op.f("survey_invitation_to_sent_at_idx"), table, ["to", "sent_at"])
