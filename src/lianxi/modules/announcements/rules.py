"""What announcements mean, without a database: whom they concern, and how early they have to be."""

import re
from collections.abc import Iterable
from dataclasses import replace

from lianxi.kernel.time import Instant, Millis
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementType,
    Content,
    Nearness,
    NoticeChannel,
    Update,
    Whereabouts,
)
from lianxi.modules.announcements.errors import SubscriberAddressInvalid
from lianxi.office.flow.contracts import Happened

HOUR_MS = 3_600_000
LEAD_MS = {
    AnnouncementType.PLANNED: Millis(7 * 24 * HOUR_MS),
    AnnouncementType.TEMPORARY: Millis(24 * HOUR_MS),
    AnnouncementType.FAULT: Millis(0),
    AnnouncementType.NEWS: Millis(0),
}
"""How long before it begins an announcement is published: planned 7 days, temporary 24 hours."""

_BLANKS = re.compile(r"\s+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+?\d{5,20}")


def short_by(type: AnnouncementType, starts_at: Instant, at: Instant) -> Millis:
    """By how much it is published too late; 0 = in time.

    >>> short_by(AnnouncementType.TEMPORARY, Instant(90_000_000), Instant(7_200_000))
    3600000
    >>> short_by(AnnouncementType.FAULT, Instant(0), Instant(7_200_000))
    0
    """
    lead = LEAD_MS[type]
    return Millis(max(0, at + lead - starts_at)) if lead else Millis(0)


def plain(text: str) -> str:
    """A place as it is compared: without blanks, in small letters.

    >>> plain(" 上海市 宝山区 "), plain("021-5664")
    ('上海市宝山区', '0215664')
    """
    bare = _BLANKS.sub("", text).lower()
    digits = bare.replace("-", "")
    return digits if digits.isascii() and digits.isdigit() else bare


def nearness(places: Iterable[str], known: Whereabouts) -> Nearness:
    """Whether an announcement for these places concerns somebody of whom this is known.

    A place concerns whoever's address it stands in; digits concern numbers that begin with them.
    Where only something wider is known, e.g. the city, nobody can say.

    >>> at_home = Whereabouts(texts=("上海市宝山区友谊路 5 号",), numbers=("13800138000",))
    >>> nearness(["宝山区"], at_home).value, nearness(["浦东新区"], at_home).value
    ('sure', 'no')
    >>> nearness(["上海市宝山区"], Whereabouts(texts=("上海市",))).value
    'maybe'
    >>> nearness(["021-56"], Whereabouts(numbers=("02156641234",))).value
    'sure'
    """
    wanted = [plain(place) for place in places if plain(place)]
    if not wanted:
        return Nearness.SURE
    texts = [plain(text) for text in known.texts if plain(text)]
    numbers = [plain(number) for number in known.numbers]
    for place in wanted:
        if place.isascii() and place.isdigit():
            if any(number.startswith(place) for number in numbers):
                return Nearness.SURE
        elif any(place in text for text in texts):
            return Nearness.SURE
    if any(text in place for place in wanted for text in texts):
        return Nearness.MAYBE
    return Nearness.NO


def is_told(places: Iterable[str], place: str) -> bool:
    """Whether a subscriber of a place is told of an announcement for these places: one of them
    lies in the other.

    >>> is_told(["宝山区"], "上海市宝山区友谊路"), is_told(["上海市宝山区"], "上海市")
    (True, True)
    >>> is_told(["浦东新区"], "宝山区"), is_told([], "宝山区")
    (False, True)
    """
    known = Whereabouts(texts=(place,), numbers=(place,))
    return nearness(places, known) is not Nearness.NO


def address(channel: NoticeChannel, text: str) -> str:
    """An address as it is kept.

    Raises:
        SubscriberAddressInvalid.

    >>> address(NoticeChannel.SMS, "138 0013-8000"), address(NoticeChannel.MAIL, "A@example.com ")
    ('13800138000', 'a@example.com')
    """
    bare = _BLANKS.sub("", text)
    if channel is NoticeChannel.MAIL:
        bare = bare.lower()
        if not _MAIL.fullmatch(bare):
            raise SubscriberAddressInvalid(address=bare[:60])
        return bare
    bare = bare.replace("-", "")
    if not _PHONE.fullmatch(bare):
        raise SubscriberAddressInvalid(address=bare[:60])
    return bare


def cleaned(places: Iterable[str]) -> tuple[str, ...]:
    """Places without empty and repeated ones, in the order in which they were written."""
    return tuple(dict.fromkeys(" ".join(place.split()) for place in places if place.split()))


def written(announcement: Announcement, content: Content) -> Announcement:
    """The announcement with what the editor wrote."""
    return replace(
        announcement,
        type=content.type,
        words=content.words,
        places=cleaned(content.places),
        areas=tuple(dict.fromkeys(content.areas)),
        starts_at=content.starts_at,
        expected_end=content.expected_end,
        ends_itself=content.ends_itself,
    )


def noted(announcement: Announcement, happened: Happened) -> Announcement:
    """One more entry of the timeline."""
    update = Update(
        number=len(announcement.updates) + 1,
        event=happened.event,
        at=happened.at,
        by=happened.user,
        text=happened.reason.strip(),
        starts_at=announcement.starts_at,
        expected_end=announcement.expected_end,
    )
    return replace(announcement, updates=(*announcement.updates, update))


def published(announcement: Announcement, happened: Happened) -> Announcement:
    """It is out."""
    return noted(replace(announcement, published_at=happened.at), happened)


def begun(announcement: Announcement, happened: Happened) -> Announcement:
    """It has begun, at the moment that was announced."""
    return noted(replace(announcement, began_at=happened.at), happened)


def ended(announcement: Announcement, happened: Happened) -> Announcement:
    """It is over, or called off."""
    return noted(replace(announcement, ended_at=happened.at), happened)
