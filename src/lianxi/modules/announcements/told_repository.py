"""All SQL about who is told, what they were told, and what is about an announcement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AnnouncementId, SubscriberId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.contracts import Counts, LinkHow, Subscriber, Telling
from lianxi.modules.announcements.errors import SubscriberKnown
from lianxi.modules.announcements.models import (
    AnnouncementLinkRow,
    AnnouncementRow,
    AnnouncementSubscriberRow,
    AnnouncementToldRow,
)

CONTACT, CASE = "contact:", "case:"
Place = tuple[Instant, SubscriberId]


class ToldRepository:
    """Subscribers, recipients and links."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def subscribers(
        self, *, text: str = "", after: Place | None = None, limit: int | None = None
    ) -> list[Subscriber]:
        """Those whose place or name contains a text, newest first."""
        row = AnnouncementSubscriberRow
        query = select(row).order_by(row.added_at.desc(), row.id.desc())
        if text:
            query = query.where(row.place.contains(text, autoescape=True) | (row.name == text))
        if after is not None:
            query = query.where(tuple_(row.added_at, row.id) < after)
        if limit is not None:
            query = query.limit(limit)
        return [_subscriber(found) for found in await self._session.scalars(query)]

    async def add_subscriber(self, one: Subscriber) -> None:
        """A new one.

        Raises:
            SubscriberKnown.
        """
        facts = {name: getattr(one, name) for name in Subscriber.__slots__}
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(AnnouncementSubscriberRow).values(**facts))
        except IntegrityError as error:
            raise SubscriberKnown(place=one.place) from error

    async def drop_subscriber(self, id: str) -> Subscriber | None:
        """Take one off the list; who it was."""
        row = AnnouncementSubscriberRow
        query = delete(row).where(row.id == id).returning(row)
        found = await self._session.scalar(query)
        return None if found is None else _subscriber(found)

    async def recipients(self, id: AnnouncementId) -> list[Telling]:
        """Everybody who was ever told of it, by what they were told last."""
        found: dict[tuple[str, str], Telling] = {}
        for one in await self.tellings(id):
            found.setdefault((one.channel, one.address), one)
        return list(found.values())

    async def tellings(self, id: AnnouncementId) -> list[Telling]:
        """All that was told, newest first."""
        row = AnnouncementToldRow
        query = select(row).where(row.announcement == id)
        query = query.order_by(row.update.desc(), row.channel, row.address)
        return [_telling(found) for found in await self._session.scalars(query)]

    async def note(self, id: AnnouncementId, tellings: Sequence[Telling]) -> None:
        """Write down who is told what."""
        if tellings:
            rows = [{"announcement": id} | _facts(one) for one in tellings]
            await self._session.execute(insert(AnnouncementToldRow).on_conflict_do_nothing(), rows)

    async def link(
        self, id: AnnouncementId, subject: str, how: LinkHow, by: UserId | None, at: Instant
    ) -> bool:
        """That something is about it; False = that was known."""
        wanted = insert(AnnouncementLinkRow).values(
            announcement=id, subject=subject, how=how, by=by, at=at
        )
        found = await self._session.execute(
            wanted.on_conflict_do_nothing().returning(AnnouncementLinkRow.subject)
        )
        return found.first() is not None

    async def unlink(self, id: AnnouncementId, subject: str, how: LinkHow) -> bool:
        """That it is not; False = nobody had said so."""
        row = AnnouncementLinkRow
        query = delete(row).where(row.announcement == id, row.subject == subject, row.how == how)
        return (await self._session.execute(query.returning(row.subject))).first() is not None

    async def links_of(self, subject: str) -> dict[AnnouncementId, set[LinkHow]]:
        """What a contact or a work order is about."""
        row = AnnouncementLinkRow
        found: dict[AnnouncementId, set[LinkHow]] = {}
        query = select(row.announcement, row.how).where(row.subject == subject)
        for id, how in await self._session.execute(query):
            found.setdefault(id, set()).add(how)
        return found

    async def is_linked(self, id: str, subjects: Sequence[str], how: LinkHow) -> bool:
        """Whether one of these is about an announcement, by its id or number."""
        row, one = AnnouncementLinkRow, AnnouncementRow
        query = select(row.subject).join(one, one.id == row.announcement)
        query = query.where(
            (one.id == id) | (one.number == id.upper()), row.subject.in_(subjects), row.how == how
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def linked(self, id: AnnouncementId, limit: int) -> list[tuple[str, LinkHow, Instant]]:
        """What is about an announcement, newest first."""
        row = AnnouncementLinkRow
        query = select(row.subject, row.how, row.at).where(row.announcement == id)
        query = query.order_by(row.at.desc(), row.subject).limit(limit)
        return list(await self._session.execute(query))

    async def counts(self, ids: Sequence[AnnouncementId]) -> dict[AnnouncementId, Counts]:
        """What each of them did."""
        row = AnnouncementLinkRow
        by_how = (
            select(row.announcement, row.how, func.count())
            .where(
                row.announcement.in_(ids),
                (row.how != LinkHow.CASE) | row.subject.startswith(CASE),
            )
            .group_by(row.announcement, row.how)
        )
        facts: dict[AnnouncementId, dict[str, Any]] = {id: {} for id in ids}
        for id, how, count in await self._session.execute(by_how):
            facts[id]["cases" if how is LinkHow.CASE else how.value] = count
        contacts = (
            select(row.announcement, func.count(row.subject.distinct()))
            .where(row.announcement.in_(ids), row.subject.startswith(CONTACT))
            .group_by(row.announcement)
        )
        for id, count in await self._session.execute(contacts):
            facts[id]["contacts"] = count
        told = AnnouncementToldRow
        address = func.concat(told.channel, " ", told.address)
        addresses = (
            select(told.announcement, func.count(address.distinct()))
            .where(told.announcement.in_(ids))
            .group_by(told.announcement)
        )
        for id, count in await self._session.execute(addresses):
            facts[id]["recipients"] = count
        return {id: Counts(**each) for id, each in facts.items()}


def _subscriber(row: AnnouncementSubscriberRow) -> Subscriber:
    facts: dict[str, Any] = {name: getattr(row, name) for name in Subscriber.__slots__}
    return Subscriber(**facts)


_TOLD = ("update", "channel", "address", "name", "language", "text", "at")


def _facts(telling: Telling) -> dict[str, Any]:
    return {name: getattr(telling, name) for name in _TOLD}


def _telling(row: AnnouncementToldRow) -> Telling:
    facts: dict[str, Any] = {name: getattr(row, name) for name in _TOLD}
    return Telling(**facts)
