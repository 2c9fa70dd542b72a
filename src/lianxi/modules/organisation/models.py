"""The table of the organisation: one row. Imported only by `repository`."""

from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant

THE_ONE = "here"


class OrganisationRow(Table):
    """The centre."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    """Always `THE_ONE`."""
    name: Mapped[str]
    name_en: Mapped[str]
    language: Mapped[str]
    """Of pages for those who have chosen none."""
    steps: Mapped[JsonObject]
    """Of the first set-up: step -> {"state", "at", "by"}."""
    facts: Mapped[JsonObject]
    """What later steps need of earlier ones, e.g. the queue that was made."""
    revision: Mapped[int]
    changed_at: Mapped[Instant]
    changed_by: Mapped[str]
