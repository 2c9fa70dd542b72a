"""facts of deadlines, work orders, complaints and warnings, as views over their tables"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0043"
down_revision: str | None = "0042"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TOLD = "breached_at IS NOT NULL OR outcome = 'met'"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        "clock_told_idx",
        "clock",
        [sa.text("coalesce(breached_at, ended_at)")],
        postgresql_where=sa.text(_TOLD),
    )
    op.create_index(
        "work_order_first_dispatch_idx",
        "work_order_dispatch",
        ["at"],
        postgresql_where=sa.text("number = 1"),
    )
    op.execute(
        "CREATE OR REPLACE VIEW fact_clock AS SELECT coalesce(breached_at, ended_at) AS ended_at,"
        " code AS rule, owner, breached_at IS NULL AS was_met"
        f" FROM clock WHERE {_TOLD}"
    )
    op.execute(
        "CREATE OR REPLACE VIEW fact_work_order AS SELECT first.at AS dispatched_at, one.kind,"
        " 'area:' || first.area AS owner, EXISTS (SELECT FROM work_order_dispatch AS any_one"
        " WHERE any_one.\"case\" = one.id AND any_one.outcome = 'returned') AS misrouted"
        ' FROM work_order_dispatch AS first JOIN work_order AS one ON one.id = first."case"'
        " WHERE first.number = 1"
    )
    op.execute(
        "CREATE OR REPLACE VIEW fact_complaint AS SELECT opened_at AS taken_at, kind,"
        " merged_into IS NOT NULL AS repeated FROM work_order WHERE category = 'complaint'"
        " AND (state <> 'withdrawn' OR merged_into IS NOT NULL)"
    )
    op.execute(
        "CREATE OR REPLACE VIEW fact_complaint_answer AS SELECT said.at, one.kind,"
        " said.result = 'satisfied' AS satisfied FROM work_order_callback AS said"
        " JOIN work_order AS one ON one.id = said.\"case\" WHERE one.category = 'complaint'"
        " AND said.result IN ('satisfied', 'unsatisfied')"
    )
    op.execute("CREATE OR REPLACE VIEW fact_complaint_warning AS SELECT classified_at FROM warning")
