"""What subscribers and staff are told of an announcement, in one message. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.modules.announcements.contracts import Announcement, AnnouncementType

_NAMES = {
    AnnouncementType.PLANNED: ("计划停电", "Planned outage"),
    AnnouncementType.TEMPORARY: ("临时停电", "Temporary outage"),
    AnnouncementType.FAULT: ("故障停电", "Fault"),
    AnnouncementType.NEWS: ("通知", "News"),
}
_EVENTS = {
    "published": ("", ""),
    "changed": ("变更", "changed"),
    "restored": ("已恢复", "over"),
    "cancelled": ("取消", "cancelled"),
}
_OVER = {"restored": ("已结束", "over")}
"""News are not restored, they end."""


def moment(at: Instant, zone: ZoneInfo) -> str:
    """A moment by the wall clock: `11-23 09:00`."""
    return dt.datetime.fromtimestamp(at / 1000, tz=zone).strftime("%m-%d %H:%M")


def heading(announcement: Announcement, event: str, language: str) -> str:
    """The subject of a mail, and how a short message begins."""
    en = int(language == "en")
    words = announcement.words
    title = (words.title_en or words.title) if en else words.title
    events = _OVER if announcement.type is AnnouncementType.NEWS and event in _OVER else _EVENTS
    what = events[event][en]
    kind = _NAMES[announcement.type][en]
    head = f"{kind} {what}".strip() if en else f"{kind}{what}"
    return f"{head}: {title}" if en else f"{head}:{title}"


def message(
    announcement: Announcement, event: str, text: str, language: str, zone: ZoneInfo
) -> str:
    """The whole of what is said: heading, what changed, the text with its times, the number."""
    en = language == "en"
    words = announcement.words
    body = (words.body_en or words.body) if en else words.body
    lines = [heading(announcement, event, language), text]
    if event in ("published", "changed"):
        lines += [body, _times(announcement, zone, en=en)]
    lines.append(announcement.number)
    return "\n".join(line for line in lines if line)


def _times(announcement: Announcement, zone: ZoneInfo, *, en: bool) -> str:
    since = moment(announcement.starts_at, zone)
    if announcement.expected_end is None:
        return f"From {since}" if en else f"{since} 起"
    until = moment(announcement.expected_end, zone)
    if announcement.ends_itself:
        return f"{since} – {until}"
    return f"{since} – {until} (expected)" if en else f"{since} 至 {until}(预计)"
