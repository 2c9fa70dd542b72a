"""The table of the audit, and the guard that keeps it append-only."""

from typing import Any

from sqlalchemy import DDL, BigInteger, Identity, Index, event
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
        Index(None, "object", "at"),
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

_UNGUARD = "DROP FUNCTION IF EXISTS audit_is_append_only() CASCADE"

for _statement in (_UNGUARD, *GUARD):
    event.listen(
        AuditTableRow.__table__,
        "after_create",
        DDL(_statement),  # type: ignore[no-untyped-call]
    )
