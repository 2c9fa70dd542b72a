"""office: clocks, deadlines, forms, signatures, documents, ledger, outbox"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GUARD = (
    """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was posted is never changed';
END $$
""",
    """
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()
""",
    """
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_voucher
FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()
""",
    """
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_entry AS entry JOIN ledger_account AS place ON place.id = entry.account
        WHERE entry.voucher = NEW.voucher
        GROUP BY entry.item, place.condition HAVING sum(entry.quantity) <> 0
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'voucher ' || NEW.voucher || ' does not balance';
    END IF;
    RETURN NULL;
END $$
""",
    """
CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON ledger_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances()
""",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _clocks()
    _deadlines()
    _forms()
    _signatures()
    _documents()
    _ledger()
    _outbox()


def _clocks() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("calendar", postgresql.JSONB(), nullable=False),
        sa.Column("marks", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("breached_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("outcome", sa.String(length=40)),
        sa.PrimaryKeyConstraint("id", name=op.f("clock_pkey")),
    )
    op.create_index(
        "clock_due_idx", "clock", ["due_at"], postgresql_where=sa.text("state = 'running'")
    )
    op.create_index(
        "clock_open_key",
        "clock",
        ["subject", "code", "round"],
        unique=True,
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index(
        "clock_owner_idx",
        "clock",
        ["owner", "due_at"],
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index(op.f("clock_subject_id_idx"), "clock", ["subject", "id"])
    op.create_table(
        "clock_mark",
        sa.Column("clock", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger()),
        sa.Column("at", sa.BigInteger()),
        sa.Column("fired_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["clock"], ["clock.id"], name=op.f("clock_mark_clock_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("clock", "number", "occurrence", name=op.f("clock_mark_pkey")),
    )
    op.create_index(
        "clock_mark_due_idx",
        "clock_mark",
        ["at", "clock"],
        postgresql_where=sa.text("fired_at IS NULL AND at IS NOT NULL"),
    )
    op.create_table(
        "clock_stretch",
        sa.Column("clock", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["clock"], ["clock.id"], name=op.f("clock_stretch_clock_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("clock", "since", name=op.f("clock_stretch_pkey")),
    )


def _deadlines() -> None:
    op.create_table(
        "deadline",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area_class", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("marks", postgresql.JSONB(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "code", "kind", "area_class", "version", name=op.f("deadline_pkey")
        ),
    )


def _forms() -> None:
    op.create_table(
        "form",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("items", postgresql.JSONB(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "version", name=op.f("form_pkey")),
    )
    op.create_table(
        "form_fill",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("filled_at", sa.BigInteger(), nullable=False),
        sa.Column("filled_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind", "version"],
            ["form.kind", "form.version"],
            name=op.f("form_fill_kind_version_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("form_fill_pkey")),
    )
    op.create_index(op.f("form_fill_subject_id_idx"), "form_fill", ["subject", "id"])


def _signatures() -> None:
    op.create_table(
        "signature",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("signature_pkey")),
    )
    op.create_index("signature_once_key", "signature", ["subject", "step", "content"], unique=True)


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("document_pkey")),
    )
    op.create_index(op.f("document_kind_id_idx"), "document", ["kind", "id"])
    op.create_table(
        "revision",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("reviewer", sa.Text()),
        sa.Column("reviewer_name", sa.Text(), nullable=False),
        sa.Column("effective_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"], ["document.id"], name=op.f("revision_document_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document", "number", name=op.f("revision_pkey")),
    )
    op.create_index(
        "revision_open_key",
        "revision",
        ["document"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'review')"),
    )
    op.create_table(
        "reading",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["document", "number"],
            ["revision.document", "revision.number"],
            name=op.f("reading_document_number_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document", "number", "person", name=op.f("reading_pkey")),
    )
    op.create_index(
        "reading_open_idx", "reading", ["person"], postgresql_where=sa.text("read_at IS NULL")
    )


def _ledger() -> None:
    op.create_table(
        "ledger_account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("nonneg", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_account_pkey")),
        sa.UniqueConstraint(
            "book", "party", "condition", name=op.f("ledger_account_book_party_condition_key")
        ),
    )
    op.create_table(
        "ledger_series",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("ledger_series_pkey")),
    )
    op.create_table(
        "ledger_voucher",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("reverses", sa.BigInteger()),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("posted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reverses"], ["ledger_voucher.id"], name=op.f("ledger_voucher_reverses_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_voucher_pkey")),
        sa.UniqueConstraint("reverses", name=op.f("ledger_voucher_reverses_key")),
        sa.UniqueConstraint("series", "number", name=op.f("ledger_voucher_series_number_key")),
    )
    op.create_table(
        "ledger_balance",
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("nonneg", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantity >= 0 OR NOT nonneg", name=op.f("ledger_balance_enough_check")),
        sa.ForeignKeyConstraint(
            ["account"], ["ledger_account.id"], name=op.f("ledger_balance_account_fkey")
        ),
        sa.PrimaryKeyConstraint("account", "item", name=op.f("ledger_balance_pkey")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("voucher", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("quantity <> 0", name=op.f("ledger_entry_moves_check")),
        sa.ForeignKeyConstraint(
            ["account"], ["ledger_account.id"], name=op.f("ledger_entry_account_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["voucher"], ["ledger_voucher.id"], name=op.f("ledger_entry_voucher_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_entry_pkey")),
    )
    op.create_index(
        op.f("ledger_entry_account_item_id_idx"), "ledger_entry", ["account", "item", "id"]
    )
    op.create_index(op.f("ledger_entry_voucher_idx"), "ledger_entry", ["voucher"])
    for statement in GUARD:
        op.execute(statement)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_pkey")),
    )
    op.create_index(
        "outbox_due_idx", "outbox", ["next_at", "id"], postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_index(
        "outbox_once_key", "outbox", ["key"], unique=True, postgresql_where=sa.text("key <> ''")
    )
    op.create_index(op.f("outbox_subject_id_idx"), "outbox", ["subject", "id"])
