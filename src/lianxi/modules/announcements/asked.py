"""What people ask of announcements over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.contracts import (
    AnnouncementType,
    Content,
    NoticeChannel,
    Words,
)

Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True, min_length=1)]
Text = Annotated[str, StringConstraints(max_length=5_000, strip_whitespace=True)]
Said = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]
Moment = Annotated[int, Field(gt=0)]
Language = Annotated[str, StringConstraints(pattern="^(zh|en)$")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AnnouncementIn(_Asked):
    """An announcement as an editor writes it; times are epoch milliseconds."""

    type: AnnouncementType
    title: Line
    body: Text = ""
    title_en: Line = ""
    body_en: Text = ""
    prompt: Short = ""
    places: Annotated[list[Short], Field(max_length=200)] = []
    areas: Annotated[list[Short], Field(max_length=100)] = []
    starts_at: Moment
    expected_end: Moment | None = None
    ends_itself: bool = False

    def content(self) -> Content:
        """As the facade takes it."""
        end = self.expected_end
        return Content(
            type=self.type,
            words=Words(
                title=self.title,
                body=self.body,
                title_en=self.title_en,
                body_en=self.body_en,
                prompt=PromptName(self.prompt) if self.prompt else None,
            ),
            places=tuple(self.places),
            areas=tuple(self.areas),
            starts_at=Instant(self.starts_at),
            expected_end=None if end is None else Instant(end),
            ends_itself=self.ends_itself,
        )


class AnnouncementChangeIn(_Asked):
    """A draft as it shall be, and the revision that was read."""

    content: AnnouncementIn
    revision: int | None = None


class AnnouncementEventIn(_Asked):
    """An event that a person wants to happen: `publish`, `begin`, `change`, `restore` or `cancel`.

    `text` is what those who are told hear of it; `content` goes with `change`.
    """

    event: Short
    text: Said = ""
    content: AnnouncementIn | None = None
    revision: int | None = None


class AnnouncementPreviewIn(_Asked):
    """What is looked at before it is published."""

    type: AnnouncementType
    places: Annotated[list[Short], Field(max_length=200)] = []
    areas: Annotated[list[Short], Field(max_length=100)] = []
    starts_at: Moment


class SubscriberIn(_Asked):
    """An address that wants to hear of outages of a place."""

    name: Short = ""
    place: Name
    channel: NoticeChannel
    address: Line
    language: Language = "zh"
