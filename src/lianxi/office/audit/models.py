"""The table of the audit, and the guard that keeps it append-only."""

from typing import Any

from sqlalchemy import DDL, BigInteger, Identity, Index, LargeBinary, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act


class AuditTableRow(Table):
    """One act."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "at", "id"),
        Index(None, "who", "at"),
        Index(None, "object", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[Instant]
    who: Mapped[UserId | None]
    who_name: Mapped[str]
    act: Mapped[Act]
    object: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    facts: Mapped[JsonObject]
    reason: Mapped[str]
    address: Mapped[str]
    prev_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of the row before it that tells of the same object."""
    hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Written by the database, of this row and `prev_hash`; rows of before this was done have
    none."""


GUARD = (
    """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are never changed';
END $$
""",
    """
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()
""",
)
"""Statements that make the table append-only; the migration that creates it runs them too."""

CHAIN = (
    """
CREATE FUNCTION audit_digest(told audit) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        encode(told.prev_hash, 'hex'), told.id, told.at, told.who, told.who_name, told.act,
        told.object, told.before, told.after, told.facts, told.reason, told.address
    )::text, 'UTF8'))
$$
""",
    """
CREATE FUNCTION audit_is_a_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.object, 1));
    NEW.id := nextval(pg_get_serial_sequence('audit', 'id'));  -- in the order of the chain
    SELECT hash INTO NEW.prev_hash FROM audit WHERE object = NEW.object ORDER BY id DESC LIMIT 1;
    NEW.hash := audit_digest(NEW);
    RETURN NEW;
END $$
""",
    """
CREATE TRIGGER audit_is_a_chain BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_a_chain()
""",
)
"""Statements that chain the rows of one object by hashes, whoever inserts them: to change or take
out a row afterwards, all later ones would have to be written anew. Rows of one object are added one
transaction after the other; who adds rows of several objects adds them in the order of their
names, so that no two transactions wait for each other."""

_UNGUARD = (
    "DROP FUNCTION IF EXISTS audit_is_append_only() CASCADE",
    "DROP FUNCTION IF EXISTS audit_is_a_chain() CASCADE",
    "DROP FUNCTION IF EXISTS audit_digest(audit) CASCADE",
)

for _statement in (*_UNGUARD, *GUARD, *CHAIN):
    event.listen(
        AuditTableRow.__table__,
        "after_create",
        DDL(_statement),  # type: ignore[no-untyped-call]
    )
