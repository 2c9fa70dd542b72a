"""Tables of the connectors module. Imported only by `repository`."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class ConnectorRow(Table):
    """A system outside that flows may ask."""

    __tablename__ = "connector"

    name: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    url: Mapped[str]
    method: Mapped[str]
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    sealed_headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    """By name, sealed and in base64."""
    is_internal: Mapped[bool]
    changed_at: Mapped[Instant]
    changed_by: Mapped[UserId | None]
