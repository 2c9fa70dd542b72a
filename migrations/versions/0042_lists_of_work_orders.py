"""each list of work orders in its own order; numbers nobody waits for"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0042"
down_revision: str | None = "0041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _lists()
    _numbers()


def _numbers() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("work_order_number_seq")))
    op.execute(
        "SELECT setval('work_order_number_seq', max(last)) FROM work_order_day HAVING max(last) > 0"
    )
    op.add_column("work_order_day", sa.Column("before", sa.BigInteger()))
    op.execute("UPDATE work_order_day SET before = (SELECT max(last) FROM work_order_day) - last")
    op.alter_column("work_order_day", "before", nullable=False)
    op.drop_column("work_order_day", "last")


def _lists() -> None:
    for columns in (["opened_by", "opened_at", "id"], ["area", "opened_at", "id"]):
        name = op.f(f"work_order_{'_'.join(columns)}_idx")
        op.create_index(name, "work_order", columns)
    op.create_index(
        "work_order_open_idx",
        "work_order",
        ["area", "opened_at", "id"],
        postgresql_where=sa.text("state NOT IN ('archived', 'withdrawn')"),
    )
    for column in ("area", "state"):
        op.create_index(
            f"work_order_{column}_due_idx",
            "work_order",
            [column, "due_at", "id"],
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
    has_it = "role = 'lead' AND outcome = 'active'"
    op.create_index(
        "work_order_unaccepted_idx",
        "work_order_dispatch",
        ["case"],
        postgresql_where=sa.text(f"{has_it} AND accepted_at IS NULL"),
    )
    op.create_index(
        "work_order_given_idx",
        "work_order_dispatch",
        ["person"],
        postgresql_where=sa.text(has_it),
    )
