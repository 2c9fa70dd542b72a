"""audit: the rows of one object are chained by hashes"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

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


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("audit", sa.Column("prev_hash", sa.LargeBinary()))
    op.add_column("audit", sa.Column("hash", sa.LargeBinary()))
    op.create_index(op.f("audit_object_id_idx"), "audit", ["object", "id"])
    op.drop_index(op.f("audit_object_at_idx"), table_name="audit")
    for statement in CHAIN:
        op.execute(statement)
