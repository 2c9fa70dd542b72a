"""The tables of the announcements module. Imported only by the repositories."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import AnnouncementId, PromptName, SubscriberId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.contracts import (
    AnnouncementState,
    AnnouncementType,
    LinkHow,
    NoticeChannel,
)

_OWNER = "announcement.id"


class AnnouncementRow(Table):
    """One announcement. Its words stand in its document, with every revision; they are kept here as
    they are now."""

    __tablename__ = "announcement"
    __table_args__ = (
        Index("announcement_number_key", "number", unique=True),
        Index(None, "state", "starts_at", "id"),
        Index(None, "starts_at", "id"),
    )

    id: Mapped[AnnouncementId] = mapped_column(primary_key=True)
    number: Mapped[str]
    type: Mapped[AnnouncementType]
    state: Mapped[AnnouncementState]
    round: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    title_en: Mapped[str]
    body_en: Mapped[str]
    prompt: Mapped[PromptName | None]
    places: Mapped[list[str]] = mapped_column(JSONB)
    areas: Mapped[list[str]] = mapped_column(JSONB)
    starts_at: Mapped[Instant]
    expected_end: Mapped[Instant | None]
    ends_itself: Mapped[bool]
    published_at: Mapped[Instant | None]
    began_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    created_at: Mapped[Instant]
    created_by: Mapped[UserId | None]
    revision: Mapped[int]


class AnnouncementNumberRow(Table):
    """The last number of a day."""

    __tablename__ = "announcement_number"

    day: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class AnnouncementUpdateRow(Table):
    """An entry of the timeline."""

    __tablename__ = "announcement_update"

    announcement: Mapped[AnnouncementId] = mapped_column(
        ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UserId | None]
    text: Mapped[str]
    starts_at: Mapped[Instant]
    expected_end: Mapped[Instant | None]


class AnnouncementToldRow(Table):
    """What one address was told of one update."""

    __tablename__ = "announcement_told"

    announcement: Mapped[AnnouncementId] = mapped_column(
        ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True
    )
    update: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[NoticeChannel] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    at: Mapped[Instant]


class AnnouncementLinkRow(Table):
    """That a contact or a work order is about an announcement."""

    __tablename__ = "announcement_link"
    __table_args__ = (Index(None, "subject"),)

    announcement: Mapped[AnnouncementId] = mapped_column(
        ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(primary_key=True)
    """`contact:ID` or `case:ID`."""
    how: Mapped[LinkHow] = mapped_column(primary_key=True)
    at: Mapped[Instant]
    by: Mapped[UserId | None]


class AnnouncementSubscriberRow(Table):
    """An address that is told of outages of a place."""

    __tablename__ = "announcement_subscriber"
    __table_args__ = (
        Index("announcement_subscriber_key", "channel", "address", "place", unique=True),
        Index(None, "added_at", "id"),
    )

    id: Mapped[SubscriberId] = mapped_column(primary_key=True)
    name: Mapped[str]
    place: Mapped[str]
    channel: Mapped[NoticeChannel]
    address: Mapped[str]
    language: Mapped[str]
    added_at: Mapped[Instant]
    added_by: Mapped[UserId | None]
