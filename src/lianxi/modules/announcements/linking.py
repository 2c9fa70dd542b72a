"""Whom announcements concern, and what is about them. The caller owns the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import AnnouncementId
from lianxi.kernel.time import Instant
from lianxi.modules.announcements import rules
from lianxi.modules.announcements.contracts import (
    Announcement,
    AnnouncementState,
    AnnouncementType,
    Concerning,
    Counts,
    LinkHow,
    Nearness,
    Telling,
    Whereabouts,
)
from lianxi.modules.announcements.facade import announcement
from lianxi.modules.announcements.keeping import key_of
from lianxi.modules.announcements.life import ANNOUNCEMENT
from lianxi.modules.announcements.repository import AnnouncementRepository, Place
from lianxi.modules.announcements.told_repository import ToldRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.office.outbox import facade as outbox

MOST_LINKS = 200


async def listed(
    session: AsyncSession,
    *,
    states: Sequence[AnnouncementState],
    types: Sequence[AnnouncementType] = (),
    after: Place | None = None,
    limit: int,
) -> list[Announcement]:
    """A part of the list: those that begin last come first."""
    return await AnnouncementRepository(session).listed(
        states=states, types=types, after=after, limit=limit
    )


async def standing(session: AsyncSession) -> Mapping[AnnouncementState, int]:
    """How many there are in each state."""
    return await AnnouncementRepository(session).counted()


async def counts(
    session: AsyncSession, ids: Sequence[AnnouncementId]
) -> Mapping[AnnouncementId, Counts]:
    """What each of them did."""
    return await ToldRepository(session).counts(ids)


async def linked(session: AsyncSession, id: AnnouncementId) -> list[tuple[str, LinkHow, Instant]]:
    """What is about an announcement, newest first."""
    return await ToldRepository(session).linked(id, MOST_LINKS)


async def living(session: AsyncSession) -> list[Announcement]:
    """What lies ahead and what goes on, the next first."""
    return await AnnouncementRepository(session).living()


async def concerning(
    session: AsyncSession, known: Whereabouts, *, subject: str = "", over: bool = False
) -> list[Concerning]:
    """What goes on or lies ahead where somebody is; what goes on and is sure comes first.

    Args:
        session: the caller's transaction.
        known: of where they are.
        subject: `contact:ID` or `case:ID`: whether that is linked already.
        over: also what the subject is linked to and is over.
    """
    linked = await ToldRepository(session).links_of(subject) if subject else {}
    alive = await living(session)
    past = linked.keys() - {one.id for one in alive} if over else set()
    if past:
        alive = [*alive, *await AnnouncementRepository(session).some(past)]
    found = [
        Concerning(
            announcement=one,
            nearness=rules.nearness(one.places, known),
            linked=frozenset(linked.get(one.id, ())),
        )
        for one in alive
        if one.places or not one.areas or one.id in linked
    ]
    found = [one for one in found if one.nearness is not Nearness.NO or one.linked]
    return sorted(found, key=_urgency)


async def link(
    session: AsyncSession,
    id: str,
    subject: str,
    how: LinkHow,
    *,
    by: Caller,
    at: Instant,
    on: bool = True,
) -> Announcement:
    """Say that a contact or a work order is about an announcement, or that it is not.

    Raises:
        AnnouncementNotFound.
    """
    found = await announcement(session, id)
    repository = ToldRepository(session)
    if on:
        is_news = await repository.link(found.id, subject, how, by.user, at)
    else:
        is_news = await repository.unlink(found.id, subject, how)
    if is_news:
        act = Act.ANNOUNCEMENT_LINKED if on else Act.ANNOUNCEMENT_UNLINKED
        await audit(
            session, at=at, who=by, act=act, object=ANNOUNCEMENT.subject(found.id),
            facts={"subject": subject, "number": found.number},
        )  # fmt: skip
    return found


async def is_linked(session: AsyncSession, id: str, subjects: Sequence[str], how: LinkHow) -> bool:
    """Whether one of these contacts or work orders is about an announcement."""
    return bool(subjects) and await ToldRepository(session).is_linked(id, subjects, how)


async def tellings(session: AsyncSession, one: Announcement) -> list[Telling]:
    """Who was told what, newest first, and what became of each message."""
    posted = {m.key: m for m in await outbox.of(session, ANNOUNCEMENT.subject(one.id))}
    return [
        told
        if (message := posted.get(key_of(one, told))) is None
        else replace(told, state=message.state.value, error=message.error)
        for told in await ToldRepository(session).tellings(one.id)
    ]


def _urgency(one: Concerning) -> tuple[bool, bool, Instant]:
    is_now = one.announcement.state is AnnouncementState.ONGOING
    return one.nearness is not Nearness.SURE, not is_now, one.announcement.starts_at
