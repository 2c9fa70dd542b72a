"""work orders: what was promised, from the form to the archive"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _case_type()
    _work_area()
    _work_order()
    _work_order_day()
    _work_area_rule()
    _work_order_callback()
    _work_order_contact()
    _work_order_dispatch()
    _work_order_handling()
    _work_order_review()
    _work_order_round()


def _case_type() -> None:
    op.create_table(
        "case_type",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("callback_required", sa.Boolean(), nullable=False),
        sa.Column("audit_mode", sa.String(length=40), nullable=False),
        sa.Column("sample_percent", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("case_type_pkey")),
    )


def _work_area() -> None:
    op.create_table(
        "work_area",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("area_class", sa.Text(), nullable=False),
        sa.Column("workers", postgresql.JSONB(), nullable=False),
        sa.Column("staff", postgresql.JSONB(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("work_area_pkey")),
    )


def _work_order() -> None:
    op.create_table(
        "work_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("device_type", sa.Text(), nullable=False),
        sa.Column("demand_type", sa.Text(), nullable=False),
        sa.Column("appointment_at", sa.BigInteger()),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("callback_required", sa.Boolean(), nullable=False),
        sa.Column("audit_mode", sa.String(length=40), nullable=False),
        sa.Column("visited", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("supervised", sa.Boolean(), nullable=False),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("misdispatches", sa.Integer(), nullable=False),
        sa.Column("urges", sa.Integer(), nullable=False),
        sa.Column("extension", postgresql.JSONB(none_as_null=True)),
        sa.Column("merged_into", sa.Text()),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("area", sa.Text()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("phone_backwards", sa.Text(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("work_order_pkey")),
    )
    op.create_index("work_order_area_idx", "work_order", ["area", "state", "opened_at"])
    op.create_index(
        op.f("work_order_customer_opened_at_idx"), "work_order", ["customer", "opened_at"]
    )
    op.create_index(
        "work_order_due_idx",
        "work_order",
        ["due_at", "id"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("work_order_number_key", "work_order", ["number"], unique=True)
    op.create_index(op.f("work_order_opened_at_id_idx"), "work_order", ["opened_at", "id"])
    op.create_index(
        "work_order_phone_idx",
        "work_order",
        ["phone_backwards"],
        postgresql_ops={"phone_backwards": "text_pattern_ops"},
    )
    op.create_index(
        op.f("work_order_state_opened_at_id_idx"), "work_order", ["state", "opened_at", "id"]
    )
    op.create_index("work_order_words_idx", "work_order", ["words"], postgresql_using="gin")


def _work_order_day() -> None:
    op.create_table(
        "work_order_day",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("work_order_day_pkey")),
    )


def _work_area_rule() -> None:
    op.create_table(
        "work_area_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["work_area.id"], name=op.f("work_area_rule_area_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("work_area_rule_pkey")),
    )
    op.create_index("work_area_rule_key", "work_area_rule", ["kind", "place"], unique=True)


def _work_order_callback() -> None:
    op.create_table(
        "work_order_callback",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text()),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_callback_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "number", name=op.f("work_order_callback_pkey")),
    )


def _work_order_contact() -> None:
    op.create_table(
        "work_order_contact",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_contact_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "contact", name=op.f("work_order_contact_pkey")),
    )
    op.create_index(op.f("work_order_contact_contact_idx"), "work_order_contact", ["contact"])


def _work_order_dispatch() -> None:
    op.create_table(
        "work_order_dispatch",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("explained_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_dispatch_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "number", name=op.f("work_order_dispatch_pkey")),
    )
    op.create_index(
        op.f("work_order_dispatch_area_outcome_idx"), "work_order_dispatch", ["area", "outcome"]
    )
    op.create_index(
        "work_order_lead_key",
        "work_order_dispatch",
        ["case"],
        unique=True,
        postgresql_where=sa.text("role = 'lead' AND outcome = 'active'"),
    )


def _work_order_handling() -> None:
    op.create_table(
        "work_order_handling",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("dispatch", sa.Integer(), nullable=False),
        sa.Column("workers", postgresql.JSONB(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("visited", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_handling_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "number", name=op.f("work_order_handling_pkey")),
    )


def _work_order_review() -> None:
    op.create_table(
        "work_order_review",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_review_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "number", name=op.f("work_order_review_pkey")),
    )


def _work_order_round() -> None:
    op.create_table(
        "work_order_round",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["work_order.id"], name=op.f("work_order_round_case_fkey")
        ),
        sa.PrimaryKeyConstraint("case", "number", name=op.f("work_order_round_pkey")),
    )
