"""Announcements as others may hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from lianxi.kernel.ids import AnnouncementId, PromptName, SubscriberId, UserId
from lianxi.kernel.time import Instant


class AnnouncementType(StrEnum):
    """What is announced. Wire names: never changed."""

    PLANNED = "planned"
    """计划停电."""
    TEMPORARY = "temporary"
    """临时停电."""
    FAULT = "fault"
    """故障停电."""
    NEWS = "info"
    """新产品、活动、促销: nothing is out of order."""


class AnnouncementState(StrEnum):
    """How far an announcement is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    """It lies ahead."""
    ONGOING = "ongoing"
    RESTORED = "restored"
    """Over; of an `info`: ended."""
    CANCELLED = "cancelled"


LIVING = (AnnouncementState.PUBLISHED, AnnouncementState.ONGOING)
"""Callers and agents hear of them."""


class NoticeChannel(StrEnum):
    """By what a subscriber is told."""

    SMS = "sms"
    MAIL = "mail"


class LinkHow(StrEnum):
    """By what it is known that a contact or a work order is about an announcement."""

    HEARD = "heard"
    """It was played to the caller."""
    TICKED = "ticked"
    """The agent said so."""
    CASE = "case"
    """A work order is about it."""


class Nearness(StrEnum):
    """Whether an announcement concerns somebody."""

    SURE = "sure"
    MAYBE = "maybe"
    """Only a wider place is known of them, e.g. the city of the number."""
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said, in both languages; the voice is a prompt."""

    title: str
    body: str = ""
    title_en: str = ""
    body_en: str = ""
    prompt: PromptName | None = None
    """Played to callers; None = nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An entry of the timeline: what happened, and the words of that moment."""

    number: int
    event: str
    """`publish`, `change`, `begin`, `restore` or `cancel`."""
    at: Instant
    by: UserId | None
    text: str
    """What was said to those who are told besides the announcement itself."""
    starts_at: Instant
    expected_end: Instant | None
    told: int = 0
    """How many were told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An announcement, whole."""

    id: AnnouncementId
    number: str
    """As people say it: `GG-20261123-0001`."""
    type: AnnouncementType
    state: AnnouncementState = AnnouncementState.DRAFT
    round: int = 1
    words: Words
    places: tuple[str, ...] = ()
    """Places by name, or the beginning of telephone numbers in digits; none = everybody."""
    areas: tuple[str, ...] = ()
    """Ids of work areas whose staff hear of it."""
    starts_at: Instant
    expected_end: Instant | None = None
    ends_itself: bool = False
    """At `expected_end`; otherwise somebody says that it is over."""
    published_at: Instant | None = None
    began_at: Instant | None = None
    ended_at: Instant | None = None
    """When it was over, or called off."""
    created_at: Instant
    created_by: UserId | None
    revision: int = 1
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an editor writes."""

    type: AnnouncementType
    words: Words
    places: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    starts_at: Instant
    expected_end: Instant | None = None
    ends_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What is known of where somebody is."""

    texts: tuple[str, ...] = ()
    """Place and address of the customer, or where the number belongs."""
    numbers: tuple[str, ...] = ()
    """Telephone numbers, in digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Somebody who wants to hear of outages of a place."""

    id: SubscriberId
    name: str = ""
    place: str
    channel: NoticeChannel
    address: str
    """Telephone number or e-mail address, in full."""
    language: str = "zh"
    added_at: Instant
    added_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one address was told of one update."""

    update: int
    channel: NoticeChannel
    address: str
    name: str
    language: str
    text: str
    at: Instant
    state: str = "waiting"
    """Of the message: `waiting`, `told` or `given_up`."""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an announcement did: contacts and work orders about it, and who was told."""

    heard: int = 0
    ticked: int = 0
    cases: int = 0
    contacts: int = 0
    """Contacts about it, however that is known; each counts once."""
    recipients: int = 0
    """Addresses that were told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerning:
    """An announcement, and whether it concerns somebody."""

    announcement: Announcement
    nearness: Nearness
    linked: frozenset[LinkHow] = field(default=frozenset())
    """How the contact in question is known to be about it."""


class HasPrompts(Protocol):
    """Knows what can be played (the ivr module's `Prompts`)."""

    def names(self, language: str) -> set[PromptName]:
        """The prompts in a language."""
        ...


DEADLINES: Final[Mapping[str, tuple[str, str]]] = {"an.end": ("公告预计恢复", "Announced end")}
"""Clocks of announcements, and their names in Chinese and English."""
