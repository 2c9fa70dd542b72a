"""The table of API keys. Imported only by `key_repository` and `api_keys`."""

from sqlalchemy import LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import TeamId, UserId
from lianxi.kernel.time import Instant


class ApiKeyRow(Table):
    """A program's way in. The key itself is known nowhere: only its hash is stored."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    begins: Mapped[str]
    """Its first signs, so that people recognise it."""
    permissions: Mapped[list[str]] = mapped_column(JSONB)
    team: Mapped[TeamId | None]
    """Whose rows it sees; None = everybody's."""
    made_by: Mapped[UserId]
    made_by_name: Mapped[str]
    made_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    revoked_by_name: Mapped[str]
    seen_at: Mapped[Instant | None]
    seen_address: Mapped[str]
