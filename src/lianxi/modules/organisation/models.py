"""The tables of the organisation and its posts. Imported only by the repositories."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import UserId
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


class PostRow(Table):
    """岗位, where it is not as it ships."""

    __tablename__ = "post"

    id: Mapped[str] = mapped_column(primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]
    superior: Mapped[str | None]
    fallback_role: Mapped[str]
    revision: Mapped[int]


class PostHolderRow(Table):
    """Who holds a post."""

    __tablename__ = "post_holder"
    __table_args__ = (Index(None, "user"),)

    post: Mapped[str] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    user: Mapped[UserId] = mapped_column(primary_key=True)
