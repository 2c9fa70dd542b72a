"""each list of work orders in its own order"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0042"
down_revision: str | None = "0041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for columns in (["opened_by", "opened_at", "id"], ["area", "opened_at", "id"]):
        name = op.f(f"work_order_{'_'.join(columns)}_idx")
        op.create_index(name, "work_order", columns)
    op.create_index(
        "work_order_open_idx",
        "work_order",
        ["area", "opened_at", "id"],
        postgresql_where=sa.text("state NOT IN ('archived', 'withdrawn')"),
    )
    op.create_index(
        "work_order_area_due_idx",
        "work_order",
        ["area", "due_at", "id"],
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
