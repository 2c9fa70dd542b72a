"""When an event of an announcement is refused. Pure."""

from lianxi.modules.announcements.contracts import Announcement, AnnouncementType
from lianxi.modules.announcements.errors import (
    AnnouncementPlacesMissing,
    AnnouncementReasonMissing,
    AnnouncementTextMissing,
    AnnouncementTimesInvalid,
)
from lianxi.office.flow.contracts import Happened


def is_complete(announcement: Announcement, happened: Happened) -> None:
    """It has words, an outage has places, and its end lies behind its start and ahead of now."""
    words = announcement.words
    if not words.title.strip() or not words.body.strip():
        raise AnnouncementTextMissing(number=announcement.number)
    is_outage = announcement.type is not AnnouncementType.NEWS
    if is_outage and not announcement.places and not announcement.areas:
        raise AnnouncementPlacesMissing(number=announcement.number)
    end = announcement.expected_end
    if end is not None and end <= max(announcement.starts_at, happened.at):
        raise AnnouncementTimesInvalid(number=announcement.number)
    if end is None and announcement.ends_itself:
        raise AnnouncementTimesInvalid(number=announcement.number)


def has_text(announcement: Announcement, happened: Happened) -> None:
    """Those who were told hear a text."""
    if not happened.reason.strip():
        raise AnnouncementReasonMissing(event=happened.event)
