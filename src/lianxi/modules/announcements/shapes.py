"""What announcements look like over HTTP."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from lianxi.kernel.masking import mask_address
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    AnnouncementType,
    Concerning,
    Counts,
    LinkHow,
    Nearness,
    NoticeChannel,
    Subscriber,
    Telling,
    Words,
)
from lianxi.modules.announcements.life import ANNOUNCEMENT


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AnnouncementUpdateOut(_Out):
    """An entry of the timeline."""

    number: int
    event: str
    at: int
    by: str | None
    text: str
    starts_at: int
    expected_end: int | None
    told: int


class AnnouncementCountsOut(_Out):
    """Contacts and work orders about an announcement, and how many addresses were told."""

    heard: int
    ticked: int
    cases: int
    contacts: int
    recipients: int


class AnnouncementOut(_Out):
    """An announcement, whole. `possible` are the events that may happen now."""

    id: str
    number: str
    type: AnnouncementType
    state: AnnouncementState
    title: str
    body: str
    title_en: str
    body_en: str
    prompt: str
    places: list[str]
    areas: list[str]
    starts_at: int
    expected_end: int | None
    ends_itself: bool
    published_at: int | None
    began_at: int | None
    ended_at: int | None
    created_at: int
    created_by: str | None
    revision: int
    updates: list[AnnouncementUpdateOut]
    counts: AnnouncementCountsOut
    possible: list[str]

    @classmethod
    def of(cls, one: Announcement, counts: Counts) -> "AnnouncementOut":
        """An announcement as it stands."""
        return cls.model_validate(
            _plain(one)
            | {
                "updates": one.updates,
                "counts": counts,
                "possible": ANNOUNCEMENT.allowed(one.state),
            }
        )


class AnnouncementNoteOut(_Out):
    """An announcement as agents see it, and whether it concerns a contact."""

    id: str
    number: str
    type: AnnouncementType
    state: AnnouncementState
    title: str
    body: str
    title_en: str
    body_en: str
    places: list[str]
    starts_at: int
    expected_end: int | None
    nearness: Nearness
    linked: list[LinkHow]

    @classmethod
    def of(cls, one: Concerning) -> "AnnouncementNoteOut":
        """As it concerns somebody."""
        facts = _plain(one.announcement)
        shown_facts = {name: facts[name] for name in cls.model_fields if name in facts}
        return cls(nearness=one.nearness, linked=sorted(one.linked), **shown_facts)


class AnnouncementStandingOut(BaseModel):
    """How many announcements are in each state."""

    draft: int
    published: int
    ongoing: int
    restored: int
    cancelled: int


class AnnouncementTellingOut(_Out):
    """What one address was told of one update; the address is masked."""

    update: int
    channel: NoticeChannel
    address: str
    name: str
    text: str
    at: int
    state: str
    error: str

    @classmethod
    def of(cls, one: Telling) -> "AnnouncementTellingOut":
        """As most people may see it."""
        facts: dict[str, Any] = {name: getattr(one, name) for name in cls.model_fields}
        return cls(**facts | {"address": mask_address(one.address)})


class SubscriberOut(_Out):
    """An address that is told of outages of a place; masked."""

    id: str
    name: str
    place: str
    channel: NoticeChannel
    address: str
    language: str
    added_at: int

    @classmethod
    def of(cls, one: Subscriber) -> "SubscriberOut":
        """As most people may see it."""
        facts: dict[str, Any] = {name: getattr(one, name) for name in cls.model_fields}
        return cls(**facts | {"address": mask_address(one.address)})


class AnnouncementPreviewOut(BaseModel):
    """Who would be told, and by how much it is published too late (0 = in time)."""

    lead_ms: int
    short_by_ms: int
    sms: int
    mail: int
    sample: list[SubscriberOut]
    """The first of them."""


class AnnouncementLinkOut(BaseModel):
    """A contact or a work order about an announcement."""

    subject: str
    how: LinkHow
    at: int


def _plain(one: Announcement) -> dict[str, Any]:
    apart = {"words", "updates", "round"}
    facts = {name: getattr(one, name) for name in Announcement.__slots__ if name not in apart}
    words = {name: getattr(one.words, name) for name in Words.__slots__}
    return facts | words | {"prompt": one.words.prompt or ""}
