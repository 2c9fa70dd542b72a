"""facts: what reports stand on

Folded anew: the fact tables are emptied, and the next start fills them from the journal.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOLDED = (
    "fact_contact", "fact_queue_entry", "fact_offer", "fact_segment", "fact_agent_interval",
    "fact_flow_step", "fact_blocked", "fact_fax", "trunk_standing", "agent_presence", "dim_queue",
    "dim_disposition", "dim_agent",
)  # fmt: skip
DIRECTIONS = ("inbound", "outbound", "internal")
CHANNELS = (
    "voice", "chat", "email", "sms", "fax", "callback", "outbound", "internal", "voicemail", "task",
)  # fmt: skip
KINDS = ("cold", "warm", "queue", "flow", "external")
RESULTS = ("confirmed", "refused", "failed", "timed_out", "caller_gone")
OUTCOMES = ("open", "reached", "unreached", "taken", "cancelled")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in FOLDED:
        op.execute(f"TRUNCATE TABLE {table}")
    op.execute("DELETE FROM projection_cursor WHERE name = 'facts'")
    op.add_column(
        "projection_cursor",
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
    )
    for table in ("fact_queue_entry", "fact_offer", "fact_segment"):
        _add(table, _of_contact())
    _add("fact_contact", (_number("transfers"), _is("was_contained")))
    _add("fact_contact", map(_maybe, ("line_rang_at", "line_answered_at", "ring_ms")))
    _add("fact_queue_entry", (_text("team", is_nullable=True), _is("contact_ended")))
    _add("fact_segment", map(_is, ("first_of_contact", "first_of_queue", "first_of_agent")))
    for table in ("fact_offer", "fact_segment", "fact_agent_interval"):
        _add(table, (_text("team"),))
    _transfers()
    _surveys()
    _verifications()
    _callbacks()
    _gaps()


def _transfers() -> None:
    op.create_table(
        "fact_transfer",
        *map(_text, ("transfer", "contact", "entry", "queue", "agent", "team", "reason", "target")),
        *_of_contact(),
        _at("at"),
        _word("kind", "transferkind", KINDS),
        sa.PrimaryKeyConstraint("transfer", name=op.f("fact_transfer_pkey")),
    )
    op.create_index(op.f("fact_transfer_at_idx"), "fact_transfer", ["at"])
    op.create_index(op.f("fact_transfer_contact_idx"), "fact_transfer", ["contact"])


def _surveys() -> None:
    op.create_table(
        "fact_survey",
        *map(_text, ("contact", "flow", "node", "question")),
        _number("seq"),
        *_of_contact(),
        _at("at"),
        sa.Column("answer", sa.Integer(), nullable=True),
        *(_text(name, is_nullable=True) for name in ("queue", "agent", "team")),
        sa.PrimaryKeyConstraint("contact", "seq", name=op.f("fact_survey_pkey")),
    )
    op.create_index(op.f("fact_survey_at_idx"), "fact_survey", ["at"])


def _verifications() -> None:
    op.create_table(
        "fact_verification",
        *map(_text, ("contact", "request", "flow", "node", "connector")),
        _number("seq"),
        *_of_contact(),
        _at("asked_at"),
        *map(_maybe, ("answered_at", "latency_ms")),
        _word("result", "verificationresult", RESULTS, is_nullable=True),
        sa.PrimaryKeyConstraint("contact", "seq", name=op.f("fact_verification_pkey")),
    )
    op.create_index(op.f("fact_verification_asked_at_idx"), "fact_verification", ["asked_at"])


def _callbacks() -> None:
    op.create_table(
        "fact_callback",
        *map(_text, ("callback", "newest", "asker", "queue", "number", "caller")),
        *map(_at, ("registered_at", "since")),
        *map(_maybe, ("due_at", "taken_at", "reached_at", "ended_at")),
        *(_text(name, is_nullable=True) for name in ("agent", "team")),
        _word("outcome", "callbackoutcome", OUTCOMES),
        _number("attempts"),
        sa.PrimaryKeyConstraint("callback", name=op.f("fact_callback_pkey")),
    )
    for name in ("registered_at", "newest", "caller"):
        op.create_index(op.f(f"fact_callback_{name}_idx"), "fact_callback", [name])


def _gaps() -> None:
    op.create_table(
        "fact_gap",
        sa.Column("position_from", sa.BigInteger(), autoincrement=False, nullable=False),
        *map(_at, ("position_to", "began_at", "at")),
        _word("why", "gapwhy", ("lines", "begin")),
        _text("contact"),
        sa.PrimaryKeyConstraint("position_from", name=op.f("fact_gap_pkey")),
    )
    for name in ("began_at", "contact"):
        op.create_index(op.f(f"fact_gap_{name}_idx"), "fact_gap", [name])


def _add(table: str, columns: Iterable["sa.Column[object]"]) -> None:
    for column in columns:
        op.add_column(table, column)


def _of_contact() -> list["sa.Column[object]"]:
    return [
        _word("direction", "direction", DIRECTIONS),
        _word("channel", "channel", CHANNELS),
        _text("number"),
    ]


def _text(name: str, *, is_nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), nullable=is_nullable)


def _at(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _maybe(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.BigInteger(), nullable=True)


def _number(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _is(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def _word(
    name: str, kind: str, words: Sequence[str], *, is_nullable: bool = False
) -> "sa.Column[object]":
    stored = sa.Enum(*words, name=kind, native_enum=False, length=40)
    return sa.Column(name, stored, nullable=is_nullable)
