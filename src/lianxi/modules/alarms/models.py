"""The table of alarm rules. Imported only by `repository`."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.time import Instant


class AlarmRulesRow(Table):
    """All rules as they were saved at once; the highest revision holds."""

    __tablename__ = "alarm_rules"

    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rules: Mapped[list[Any]] = mapped_column(JSONB)
    changed_at: Mapped[Instant]
    changed_by: Mapped[str]
    note: Mapped[str]
