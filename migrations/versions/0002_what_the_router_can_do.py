"""every rule of the router can be stored

Levels, skills and capacity of agents; queues behind numbers; allowances of reasons; and the rules
of the centre as a whole as one document, which takes in the two columns there were.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

EMPTY = sa.text("'{}'::jsonb")
NONE = sa.text("0")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    json = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("agent_setup", sa.Column("rule", json, nullable=False, server_default=EMPTY))
    op.alter_column("agent_setup", "rule", server_default=None)
    op.alter_column("dialled_number", "flow", nullable=True)
    op.add_column("dialled_number", sa.Column("queue", sa.Text(), nullable=True))
    for name in ("allowance", "returns_after"):
        column = sa.Column(name, sa.BigInteger(), nullable=False, server_default=NONE)
        op.add_column("not_ready_reason", column)
        op.alter_column("not_ready_reason", name, server_default=None)
    op.add_column("routing_version", sa.Column("rules", json, nullable=False, server_default=EMPTY))
    op.alter_column("routing_version", "rules", server_default=None)
    op.execute(
        "UPDATE routing_version SET rules = jsonb_build_object("
        "'lost_after', lost_after, 'recover_for', recover_for)"
    )
    op.drop_column("routing_version", "lost_after")
    op.drop_column("routing_version", "recover_for")
