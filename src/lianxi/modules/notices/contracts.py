"""Notices as others may hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant

PLACEHOLDERS = (
    "number", "title", "reason", "due", "clock", "percent", "round", "store", "area", "centre",
    "alarm", "who", "at",
)  # fmt: skip
"""What a text may ask to be filled in, in braces."""


class NoticeChannel(StrEnum):
    """How somebody is told."""

    BELL = "bell"
    MAIL = "mail"
    SMS = "sms"


class NotSent(StrEnum):
    """Why a customer is not told. Wire names: never changed."""

    OFF = "off"
    """The template of this channel is switched off."""
    NO_CUSTOMER = "no_customer"
    NO_NUMBER = "no_number"
    """No mobile number is known."""
    NO_ADDRESS = "no_address"
    """No e-mail address is known."""
    REFUSED = "refused"
    """The customer does not want it."""
    DO_NOT_CALL = "do_not_call"
    NOT_SET_UP = "not_set_up"
    """The centre has no mail server, or no connector for short messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that a person was told by the bell."""

    id: int
    user: UserId
    kind: str
    """Of the event, e.g. `case.created`."""
    subject: str
    """What it is about, as `kind:id`."""
    params: Mapping[str, Any]
    zh: str
    en: str
    at: Instant
    read_at: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one event on one channel."""

    is_on: bool = True
    zh: str = ""
    en: str = ""
    """Empty = the same."""
    title_zh: str = ""
    """Of an e-mail: its subject line."""
    title_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """Words as they were saved once; never changed."""

    event: str
    number: int
    """0 = as it ships."""
    wordings: Mapping[NoticeChannel, Wording]
    effective_at: Instant
    saved_at: Instant
    saved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The words of an event."""

    event: str
    current: TemplateVersion
    coming: TemplateVersion | None = None
    placeholders: tuple[str, ...] = ()
    """What its texts may ask to be filled in."""
    revision: int = 0
    """Number of the newest version, in force or to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Words with everything filled in."""

    zh: str
    en: str
    title_zh: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event that somebody has to hear of, with what its texts are filled by."""

    event: str
    subject: str
    key: str
    """Of the event; each person hears of it once."""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A message that nobody took, or that still waits."""

    id: int
    topic: str
    subject: str
    to: str
    """Masked."""
    made_at: Instant
    ended_at: Instant | None
    error: str


class AsksConnector(Protocol):
    """Asks a system outside by the name of its connector."""

    async def ask(
        self, name: str, arguments: Mapping[str, str], secrets: Mapping[str, str]
    ) -> tuple[Mapping[str, object] | None, str]:
        """The fields of the answer and an empty text, or None and what went wrong."""
        ...
