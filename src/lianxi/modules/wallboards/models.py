"""Tables of the wallboards module. Imported only by `repository`."""

from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.time import Instant


class WallboardRow(Table):
    """One board."""

    __tablename__ = "wallboard"

    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Name, layout, figures, queues, notice, language: read and written as a whole."""
    revision: Mapped[int]
    changed_at: Mapped[Instant]
    changed_by: Mapped[str]


class WallScreenRow(Table):
    """A screen that may show one board. Of its token only the hash is kept."""

    __tablename__ = "wall_screen"
    __table_args__ = (Index(None, "board"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("wallboard.id"))
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[Instant]
    made_by: Mapped[str]
    seen_at: Mapped[Instant | None]
    revoked_at: Mapped[Instant | None]
