"""the first call"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "agent_presence",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("signed_in", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column(
            "intent",
            sa.Enum(
                "ready", "not_ready", "not_responding", name="intent", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column(
            "activity",
            sa.Enum(
                "idle",
                "offered",
                "talking",
                "wrapping",
                name="activity",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "conversation",
            sa.Enum(
                "talk", "hold", "recovering", name="conversation", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agent", name=op.f("agent_presence_pkey")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("who_name", sa.Text(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "session.signed_in",
                "session.refused",
                "session.signed_out",
                "desk.signed_in",
                "desk.signed_out",
                "sip_account.shown",
                "agent.forced",
                "recording.played",
                "recording.downloaded",
                "number.revealed",
                "user.created",
                "user.changed",
                "user.password_reset",
                "flow.published",
                "prompt.replaced",
                "routing.changed",
                "test_call.placed",
                name="act",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column(
            "before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_pkey")),
    )
    op.create_index(op.f("audit_at_id_idx"), "audit", ["at", "id"], unique=False)
    op.create_index(op.f("audit_object_at_idx"), "audit", ["object", "at"], unique=False)
    op.create_index(op.f("audit_who_at_idx"), "audit", ["who", "at"], unique=False)
    op.create_table(
        "customer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_pkey")),
    )
    op.create_table(
        "dialled_number",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("dialled_number_pkey")),
    )
    op.create_table(
        "dim_agent",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("queues", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("agent", name=op.f("dim_agent_pkey")),
    )
    op.create_table(
        "dim_disposition",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("queue", "code", name=op.f("dim_disposition_pkey")),
    )
    op.create_table(
        "dim_queue",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("answer_within_ms", sa.BigInteger(), nullable=False),
        sa.Column("short_abandon_ms", sa.BigInteger(), nullable=False),
        sa.Column(
            "recording_policy",
            sa.Enum("all", "off", name="recordingpolicy", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("queue", name=op.f("dim_queue_pkey")),
    )
    op.create_table(
        "fact_agent_interval",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "signed_out",
                "ready",
                "not_ready",
                "ringing",
                "talking",
                "hold",
                "recovering",
                "acw",
                "not_responding",
                "lost",
                "unregistered",
                name="shownstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agent", "began_at", name=op.f("fact_agent_interval_pkey")),
    )
    op.create_index(
        op.f("fact_agent_interval_began_at_idx"), "fact_agent_interval", ["began_at"], unique=False
    )
    op.create_table(
        "fact_contact",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("voice", name="channel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum("inbound", name="direction", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("caller_name", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=True),
        sa.Column("flow_version", sa.Integer(), nullable=True),
        sa.Column("flow_steps", sa.Integer(), nullable=False),
        sa.Column("first_queue", sa.Text(), nullable=True),
        sa.Column("last_queue", sa.Text(), nullable=True),
        sa.Column("last_entry", sa.Text(), nullable=True),
        sa.Column("last_agent", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum("customer", "agent", "system", name="party", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column(
            "cause",
            sa.Enum(
                "normal",
                "busy",
                "no_answer",
                "rejected",
                "unreachable",
                "failed",
                "gone",
                name="legcause",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "flow_end",
            sa.Enum("hang_up_node", "number_unknown", name="flowend", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "in_progress",
                "answered",
                "abandoned",
                "flow_ended",
                "system",
                name="contactoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=False),
        sa.Column(
            "recording_policy",
            sa.Enum("all", "off", name="recordingpolicy", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("recording_problem", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("contact", name=op.f("fact_contact_pkey")),
    )
    op.create_index(
        op.f("fact_contact_arrived_at_contact_idx"),
        "fact_contact",
        ["arrived_at", "contact"],
        unique=False,
    )
    op.create_index(op.f("fact_contact_ended_at_idx"), "fact_contact", ["ended_at"], unique=False)
    op.create_index(op.f("fact_contact_recording_idx"), "fact_contact", ["recording"], unique=False)
    op.create_table(
        "fact_flow_step",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "done",
                "chosen",
                "defaulted",
                "open",
                "closed",
                "caller_gone",
                "ended",
                name="stepoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("digit", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("contact", "seq", name=op.f("fact_flow_step_pkey")),
    )
    op.create_table(
        "fact_offer",
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("rang_at", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "answered",
                "no_answer",
                "refused",
                "caller_gone",
                "unreachable",
                "join_failed",
                "agent_left",
                "switch_lost",
                name="offeroutcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("offer", name=op.f("fact_offer_pkey")),
    )
    op.create_index(
        op.f("fact_offer_agent_made_at_idx"), "fact_offer", ["agent", "made_at"], unique=False
    )
    op.create_index(op.f("fact_offer_contact_idx"), "fact_offer", ["contact"], unique=False)
    op.create_table(
        "fact_queue_entry",
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("recovered", sa.Boolean(), nullable=False),
        sa.Column("answer_within_ms", sa.BigInteger(), nullable=False),
        sa.Column("short_abandon_ms", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "how",
            sa.Enum(
                "answered",
                "abandoned",
                "flow_out",
                "ended",
                name="entryoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("waited_ms", sa.BigInteger(), nullable=True),
        sa.Column("ringing", sa.Boolean(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entry", name=op.f("fact_queue_entry_pkey")),
    )
    op.create_index(
        op.f("fact_queue_entry_contact_idx"), "fact_queue_entry", ["contact"], unique=False
    )
    op.create_index(
        op.f("fact_queue_entry_entered_at_idx"), "fact_queue_entry", ["entered_at"], unique=False
    )
    op.create_table(
        "fact_segment",
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "talk",
                "hold",
                "wrap_up",
                "recovering",
                name="segmentkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("segment", name=op.f("fact_segment_pkey")),
    )
    op.create_index(
        op.f("fact_segment_agent_began_at_idx"), "fact_segment", ["agent", "began_at"], unique=False
    )
    op.create_index(op.f("fact_segment_began_at_idx"), "fact_segment", ["began_at"], unique=False)
    op.create_index(op.f("fact_segment_contact_idx"), "fact_segment", ["contact"], unique=False)
    op.create_table(
        "flow_in_force",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("flow", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("flow_in_force_pkey")),
    )
    op.create_table(
        "flow_version",
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("flow", "version", name=op.f("flow_version_pkey")),
    )
    op.create_table(
        "journal",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("journal_pkey")),
    )
    op.create_index(op.f("journal_at_idx"), "journal", ["at"], unique=False)
    op.create_index(op.f("journal_cause_idx"), "journal", ["cause"], unique=False)
    op.create_index(
        op.f("journal_stream_position_idx"), "journal", ["stream", "position"], unique=False
    )
    op.create_table(
        "journal_inbox",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("given", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("journal_inbox_pkey")),
        sa.UniqueConstraint("key", name=op.f("journal_inbox_key_key")),
    )
    op.create_index(
        "journal_inbox_open_idx",
        "journal_inbox",
        ["number"],
        unique=False,
        postgresql_where="answered_at IS NULL",
    )
    op.create_table(
        "journal_snapshot",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("journal_snapshot_pkey")),
    )
    op.create_table(
        "not_ready_reason",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("not_ready_reason_pkey")),
    )
    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("hours", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("opening_hours_pkey")),
    )
    op.create_table(
        "projection_cursor",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("projection_cursor_pkey")),
    )
    op.create_table(
        "queue",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("queue_pkey")),
    )
    op.create_table(
        "recording",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "none",
                "pending",
                "ready",
                "missing",
                name="recordingstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raw_name", sa.Text(), nullable=False),
        sa.Column("wav_path", sa.Text(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column(
            "peaks", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("contact", name=op.f("recording_pkey")),
    )
    op.create_table(
        "routing_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lost_after", sa.BigInteger(), nullable=False),
        sa.Column("recover_for", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("routing_version_pkey")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_failure_pkey")),
    )
    op.create_index(
        op.f("sign_in_failure_address_at_idx"), "sign_in_failure", ["address", "at"], unique=False
    )
    op.create_index(
        op.f("sign_in_failure_username_at_idx"), "sign_in_failure", ["username", "at"], unique=False
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("team_pkey")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "agent",
                "team_lead",
                "supervisor",
                "qa",
                "planner",
                "admin",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name=op.f("account_team_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("account_pkey")),
        sa.UniqueConstraint("agent", name=op.f("account_agent_key")),
        sa.UniqueConstraint("username", name=op.f("account_username_key")),
    )
    op.create_table(
        "agent_setup",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name=op.f("agent_setup_team_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("agent_setup_pkey")),
        sa.UniqueConstraint("no", name=op.f("agent_setup_no_key")),
    )
    op.create_table(
        "customer_number",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
            name=op.f("customer_number_customer_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("customer_number_pkey")),
    )
    op.create_index(
        op.f("customer_number_customer_idx"), "customer_number", ["customer"], unique=False
    )
    op.create_table(
        "agent_queue",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["agent_setup.id"], name=op.f("agent_queue_agent_fkey")),
        sa.ForeignKeyConstraint(["queue"], ["queue.id"], name=op.f("agent_queue_queue_fkey")),
        sa.PrimaryKeyConstraint("agent", "queue", name=op.f("agent_queue_pkey")),
    )
    op.create_table(
        "desk_session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column(
            "device",
            sa.Enum("browser", "phone", name="devicekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("desk_session_account_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("desk_session_pkey")),
        sa.UniqueConstraint("endpoint", name=op.f("desk_session_endpoint_key")),
    )
    op.create_index(
        op.f("desk_session_agent_idx"),
        "desk_session",
        ["agent"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("desk_session_request_key", "desk_session", ["request_key"], unique=True)
    op.create_table(
        "web_session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("web_session_account_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("web_session_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("web_session_token_hash_key")),
    )
    op.create_index(op.f("web_session_account_idx"), "web_session", ["account"], unique=False)
    op.execute(
        """
        CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'audit rows are never changed';
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()
        """
    )
