"""Announcements for tests: a centre with an editor, subscribers, and a clock moved by hand."""

from dataclasses import dataclass, replace
from typing import Any

from lianxi.db.session import Database
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import facade, subscribing
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementType,
    Content,
    NoticeChannel,
    Subscriber,
    Words,
)
from lianxi.modules.announcements.jobs import Beginner
from lianxi.modules.announcements.keeping import Announcements
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Posted
from tests.builders.cases import HOUR, somebody

EDITOR = somebody("editor", Permission.ANNOUNCEMENTS_READ, Permission.ANNOUNCEMENTS_EDIT)
ZONE = "Asia/Shanghai"
DAY = 24 * HOUR


@dataclass(slots=True, kw_only=True)
class Board:
    """A database in which announcements are written."""

    database: Database
    at: Instant
    announcements: Announcements

    def outage(self, **facts: Any) -> Content:
        """A planned outage in eight days, in Baoshan."""
        begins = Instant(self.at + 8 * DAY)
        plain = Content(
            type=AnnouncementType.PLANNED,
            words=Words(title="友谊路检修停电", body="友谊路一带检修线路,请提前做好准备。"),
            places=("宝山区",),
            starts_at=begins,
            expected_end=Instant(begins + 4 * HOUR),
        )
        return replace(plain, **facts)

    def later(self, ms: int) -> None:
        """Time passes."""
        self.at = Instant(self.at + ms)

    async def write(self, content: Content | None = None) -> Announcement:
        """The editor writes a draft."""
        async with self.database.sessions.begin() as session:
            wanted = content or self.outage()
            return await facade.create(session, self.announcements, wanted, by=EDITOR, at=self.at)

    async def happen(self, one: Announcement, event: str, **facts: Any) -> Announcement:
        """The editor does it."""
        given: dict[str, Any] = {"by": EDITOR, **facts}
        async with self.database.sessions.begin() as session:
            return await facade.happen(
                session, self.announcements, one.id, event, at=self.at, **given
            )

    async def publish(self, content: Content | None = None) -> Announcement:
        """Write and publish."""
        return await self.happen(await self.write(content), "publish")

    async def now(self, one: Announcement) -> Announcement:
        """As it is now."""
        async with self.database.sessions() as session:
            return await facade.announcement(session, one.id)

    async def subscribe(self, place: str, address: str, **facts: Any) -> Subscriber:
        """Somebody wants to hear of a place."""
        channel = NoticeChannel.MAIL if "@" in address else NoticeChannel.SMS
        async with self.database.sessions.begin() as session:
            return await subscribing.add(
                session, place=place, channel=channel, address=address, by=EDITOR, at=self.at,
                **facts,
            )  # fmt: skip

    async def posted(self, one: Announcement) -> list[Posted]:
        """What was put into the outbox about it, in order."""
        async with self.database.sessions() as session:
            return await outbox.of(session, f"announcement:{one.id}")

    def worker(self) -> Beginner:
        """A worker that begins and ends what is due."""
        return Beginner(self.database.sessions, ZONE, lambda: self.at)


def board(database: Database, at: Instant, *, needs_second: bool = False) -> Board:
    """The board, empty."""
    kept = Announcements(ZONE, needs_second=needs_second)
    return Board(database=database, at=at, announcements=kept)
