"""Where announcements are, and what the declarations of their flow mean for one: `Keeps`."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.announcements import rules, wording
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    NoticeChannel,
    Telling,
)
from lianxi.modules.announcements.errors import AnnouncementNotFound
from lianxi.modules.announcements.repository import AnnouncementRepository
from lianxi.modules.announcements.told_repository import ToldRepository
from lianxi.office.calendar.contracts import Deadline, TimeUnit, WorkCalendar
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockOutcome, ClockRule, ClockState, Start
from lianxi.office.flow.contracts import Due, Happened
from lianxi.office.outbox.contracts import Message

EXPECTED_END = "an.end"
"""Code of the clock that runs until the expected end of an outage."""
OWNER = "post:dispatch"
"""Who is asked when an outage lasts longer than was said."""


class Announcements:
    """Announcements as the flow asks for them.

    Args:
        zone: name of the centre's IANA time zone, of days and of times in messages.
        needs_second: whether somebody else than the author has to publish.
    """

    def __init__(self, zone: str, *, needs_second: bool = False) -> None:
        self.zone = zone
        self.needs_second = needs_second

    async def locked(self, session: AsyncSession, id: str) -> Announcement:
        """The announcement, locked.

        Raises:
            AnnouncementNotFound.
        """
        found = await AnnouncementRepository(session).find(id, lock=True)
        if found is None:
            raise AnnouncementNotFound(announcement=id[:60])
        return found

    async def save(
        self, session: AsyncSession, before: Announcement, after: Announcement, happened: Happened
    ) -> Announcement:
        """Write what changed."""
        kept = replace(after, revision=before.revision + 1)
        await AnnouncementRepository(session).save(before, kept)
        return kept

    async def clock(
        self, session: AsyncSession, code: str, matter: Announcement, at: Instant
    ) -> Due | None:
        """No step starts one: the only clock follows the expected end (`settled`)."""
        return None

    async def notice(
        self, session: AsyncSession, name: str, matter: Announcement, happened: Happened
    ) -> Sequence[Message]:
        """Whoever was told before, and when it is published or changed whoever wants to hear of
        its places; and the staff of its work areas."""
        repository = ToldRepository(session)
        tellings = await self._tellings(repository, name, matter, happened)
        await repository.note(matter.id, tellings)
        subject = f"announcement:{matter.id}"
        return [
            *(
                Message(
                    topic=one.channel.value,
                    subject=subject,
                    key=key_of(matter, one),
                    body={
                        "to": one.address,
                        "title": wording.heading(matter, name, one.language),
                        "text": one.text,
                        "language": one.language,
                    },
                )
                for one in tellings
            ),
            *(_to_area(area, name, matter, happened) for area in matter.areas),
        ]

    async def _tellings(
        self, repository: ToldRepository, name: str, matter: Announcement, happened: Happened
    ) -> list[Telling]:
        wanted: dict[tuple[NoticeChannel, str], tuple[str, str]] = {
            (one.channel, one.address): (one.name, one.language)
            for one in await repository.recipients(matter.id)
        }
        if name in ("published", "changed") and (matter.places or not matter.areas):
            for one in await repository.subscribers():
                if rules.is_told(matter.places, one.place):
                    wanted.setdefault((one.channel, one.address), (one.name, one.language))
        zone, text = ZoneInfo(self.zone), happened.reason.strip()
        said = {
            language: wording.message(matter, name, text, language, zone)
            for language in ("zh", "en")
        }
        return [
            Telling(
                update=len(matter.updates), channel=channel, address=address, name=who,
                language=language, text=said["en" if language == "en" else "zh"], at=happened.at,
            )
            for (channel, address), (who, language) in sorted(wanted.items())
        ]  # fmt: skip

    async def settled(self, session: AsyncSession, matter: Announcement, at: Instant) -> None:
        """While an outage goes on a clock runs until its expected end, wherever that was moved."""
        subject = f"announcement:{matter.id}"
        running = [
            clock
            for clock in await clocks.of(session, subject)
            if clock.code == EXPECTED_END and clock.state is not ClockState.ENDED
        ]
        end = matter.expected_end
        has_clock = matter.state is AnnouncementState.ONGOING and not matter.ends_itself
        if not has_clock or end is None:
            if running:
                await clocks.stop(session, subject, EXPECTED_END, at, ClockOutcome.CANCELLED)
        elif running:
            if running[0].due_at != end:
                deadline = _until(end, running[0].started_at, self.zone)
                await clocks.retarget(session, subject, EXPECTED_END, deadline, at)
        elif end > at:
            rule = ClockRule(code=EXPECTED_END, deadline=_until(end, at, self.zone))
            await clocks.start(session, Start(subject=subject, rule=rule, owner=OWNER), at)


def key_of(announcement: Announcement, telling: Telling) -> str:
    """By which a message about an announcement is known in the outbox."""
    return (
        f"announcement {announcement.id} {telling.update} {telling.channel.value} {telling.address}"
    )


def _until(end: Instant, since: Instant, zone: str) -> Deadline:
    calendar = WorkCalendar(id="", zone=zone, always=True)
    return Deadline(target=end - since, unit=TimeUnit.WALL, calendar=calendar)


def _to_area(area: str, name: str, matter: Announcement, happened: Happened) -> Message:
    return Message(
        topic="notice",
        subject=f"announcement:{matter.id}",
        key=f"announcement {matter.id} {matter.revision} {name} area:{area}",
        body={
            "name": f"announcement.{name}",
            "to": f"area:{area}",
            "number": matter.number,
            "title": matter.words.title,
            "reason": happened.reason,
            "round": matter.round,
        },
    )
