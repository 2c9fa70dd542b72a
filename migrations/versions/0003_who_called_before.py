"""who called before"""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        op.f("fact_contact_caller_arrived_at_idx"),
        "fact_contact",
        ["caller", "arrived_at"],
        unique=False,
    )
