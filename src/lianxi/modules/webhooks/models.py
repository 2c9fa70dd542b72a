"""Tables of the webhooks module. Imported only by `repository`."""

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.time import Instant
from lianxi.modules.webhooks.contracts import DeliveryState, EventKind


class WebhookRow(Table):
    """An address that is told what happens."""

    __tablename__ = "webhook"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(JSONB)
    is_internal: Mapped[bool]
    unmasked: Mapped[bool]
    is_on: Mapped[bool]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    failures: Mapped[int]
    failing_since: Mapped[Instant | None]
    paused_until: Mapped[Instant | None]
    """After a failure the others of this webhook wait as well."""
    disabled_at: Mapped[Instant | None]
    changed_at: Mapped[Instant]
    changed_by_name: Mapped[str]


class WebhookDeliveryRow(Table):
    """One message to one webhook."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("webhook_delivery_once_key", "webhook", "source", unique=True),
        Index(
            "webhook_delivery_due_idx", "next_try_at", postgresql_where=text("state = 'waiting'")
        ),
        Index(None, "made_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    webhook: Mapped[str] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    source: Mapped[str]
    """What it tells of: a journal position or a recording; nothing is told twice."""
    kind: Mapped[EventKind]
    body: Mapped[str]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    made_at: Mapped[Instant]
    next_try_at: Mapped[Instant | None]
    tried_at: Mapped[Instant | None]
    status: Mapped[int | None]
    error: Mapped[str | None]
    took_ms: Mapped[int | None]


class WebhookCursorRow(Table):
    """How far the journal has been told."""

    __tablename__ = "webhook_cursor"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    recordings_at: Mapped[Instant]
