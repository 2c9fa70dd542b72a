"""customers: what is known of them, and who is the same one"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from lianxi.kernel.bigrams import pairs
from lianxi.kernel.pinyin import sounds

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TEXTS = ("certificate", "sex", "company", "level", "address", "place", "language", "remark")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _customer()
    _known_customers()
    _required()
    _customer_number()
    _parts()
    _do_not_call()
    _customer_merge()


def _customer() -> None:
    for name in _TEXTS:
        kind = sa.String(length=40) if name == "sex" else sa.Text()
        op.add_column("customer", sa.Column(name, kind, server_default="", nullable=False))
        op.alter_column("customer", name, server_default=None)
    op.add_column("customer", sa.Column("tags", postgresql.JSONB()))
    op.add_column("customer", sa.Column("confidential", sa.Boolean()))
    op.add_column("customer", sa.Column("check_method", sa.String(length=40)))
    op.add_column("customer", sa.Column("checked_at", sa.BigInteger()))
    op.add_column("customer", sa.Column("checked_by", sa.Text()))
    op.add_column("customer", sa.Column("created_by", sa.Text()))
    op.add_column("customer", sa.Column("changed_at", sa.BigInteger()))
    op.add_column("customer", sa.Column("merged_into", sa.Text()))
    op.add_column("customer", sa.Column("revision", sa.Integer()))
    op.add_column("customer", sa.Column("sounds", sa.Text()))
    op.add_column("customer", sa.Column("words", postgresql.TSVECTOR()))


def _known_customers() -> None:
    """Those who have a name and no more so far."""
    connection = op.get_bind()
    known = connection.execute(sa.text("SELECT id, name FROM customer")).all()
    fill = sa.text(
        "UPDATE customer SET tags = '[]', confidential = false, changed_at = created_at, "
        "revision = 1, sounds = :sounds, words = array_to_tsvector(CAST(:words AS text[])) "
        "WHERE id = :id"
    )
    for id, name in known:
        typed = sounds(name)
        signs = (sign for sign in f"{name}{typed}".lower() if sign.isalnum())
        words = sorted({*pairs(name), *pairs(typed), *signs})
        connection.execute(fill, {"id": id, "sounds": typed, "words": words})


def _required() -> None:
    for name in ("tags", "confidential", "changed_at", "revision", "sounds", "words"):
        op.alter_column("customer", name, nullable=False)
    op.create_foreign_key(
        op.f("customer_merged_into_fkey"), "customer", "customer", ["merged_into"], ["id"]
    )
    op.create_index(op.f("customer_created_at_id_idx"), "customer", ["created_at", "id"])
    op.create_index(
        "customer_merged_idx",
        "customer",
        ["merged_into"],
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index(
        "customer_certificate_key",
        "customer",
        ["certificate"],
        unique=True,
        postgresql_where=sa.text("certificate <> '' AND merged_into IS NULL"),
    )
    op.create_index("customer_words_idx", "customer", ["words"], postgresql_using="gin")


def _customer_number() -> None:
    op.add_column("customer_number", sa.Column("id", sa.Text()))
    op.add_column("customer_number", sa.Column("label", sa.Text()))
    op.add_column("customer_number", sa.Column("backwards", sa.Text()))
    op.execute(
        "UPDATE customer_number SET id = 'cn-' || left(md5(number), 12), label = '', "
        "backwards = reverse(number)"
    )
    op.drop_constraint("customer_number_pkey", "customer_number", type_="primary")
    for name in ("id", "label", "backwards"):
        op.alter_column("customer_number", name, nullable=False)
    op.create_primary_key("customer_number_pkey", "customer_number", ["id"])
    op.drop_index("customer_number_customer_idx", table_name="customer_number")
    op.create_index("customer_number_key", "customer_number", ["customer", "number"], unique=True)
    op.create_index(op.f("customer_number_number_idx"), "customer_number", ["number"])
    op.create_index(
        "customer_number_tail_idx",
        "customer_number",
        ["backwards"],
        postgresql_ops={"backwards": "text_pattern_ops"},
    )


def _parts() -> None:
    op.create_table(
        "customer_identity",
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
            name=op.f("customer_identity_customer_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer", "kind", "value", name=op.f("customer_identity_pkey")),
    )
    op.create_index(
        op.f("customer_identity_kind_value_idx"), "customer_identity", ["kind", "value"]
    )
    op.create_table(
        "customer_consent",
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
            name=op.f("customer_consent_customer_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer", "purpose", name=op.f("customer_consent_pkey")),
    )


def _do_not_call() -> None:
    op.create_table(
        "do_not_call",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("do_not_call_pkey")),
    )


def _customer_merge() -> None:
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.Column("undone_at", sa.BigInteger()),
        sa.Column("undone_by", sa.Text()),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["into"], ["customer.id"], name=op.f("customer_merge_into_fkey")),
        sa.ForeignKeyConstraint(["one"], ["customer.id"], name=op.f("customer_merge_one_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_merge_pkey")),
    )
    op.create_index(op.f("customer_merge_into_idx"), "customer_merge", ["into"])
    op.create_index(op.f("customer_merge_one_idx"), "customer_merge", ["one"])
