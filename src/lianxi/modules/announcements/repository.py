"""All SQL about announcements and their timeline. Returns contracts, never rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AnnouncementId
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.contracts import (
    LIVING,
    Announcement,
    AnnouncementState,
    AnnouncementType,
    Update,
    Words,
)
from lianxi.modules.announcements.models import (
    AnnouncementNumberRow,
    AnnouncementRow,
    AnnouncementToldRow,
    AnnouncementUpdateRow,
)

FRESH: Any = {"execution_options": {"populate_existing": True}}
Place = tuple[Instant, AnnouncementId]

_APART = {"words", "updates", "places", "areas"}
_OWN = tuple(name for name in Announcement.__slots__ if name not in _APART)
_WORDS = tuple(Words.__slots__)
_UPDATE = tuple(name for name in Update.__slots__ if name != "told")


class AnnouncementRepository:
    """Reads and writes announcements."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next_number(self, day: str) -> int:
        """The next of a day; others wait until this transaction ends."""
        first = insert(AnnouncementNumberRow).values(day=day, last=1)
        found = await self._session.scalar(
            first.on_conflict_do_update(
                index_elements=["day"], set_={"last": AnnouncementNumberRow.last + 1}
            ).returning(AnnouncementNumberRow.last)
        )
        assert found is not None
        return int(found)

    async def add(self, announcement: Announcement) -> None:
        """A new one."""
        await self._session.execute(insert(AnnouncementRow).values(**_columns(announcement)))

    async def save(self, before: Announcement, after: Announcement) -> None:
        """What changed of one that is locked."""
        old, new = _columns(before), _columns(after)
        changed = {name: value for name, value in new.items() if value != old[name]}
        if changed:
            await self._session.execute(
                update(AnnouncementRow)
                .where(AnnouncementRow.id == after.id)
                .values(**changed)
                .execution_options(synchronize_session=False)
            )
        for one in after.updates[len(before.updates) :]:
            facts = {name: getattr(one, name) for name in _UPDATE}
            await self._session.execute(
                insert(AnnouncementUpdateRow).values(announcement=after.id, **facts)
            )

    async def drop(self, id: AnnouncementId) -> None:
        """A draft that is not wanted any more."""
        await self._session.execute(delete(AnnouncementRow).where(AnnouncementRow.id == id))

    async def find(self, id: str, *, lock: bool = False) -> Announcement | None:
        """One, by its id or its number as people say it."""
        query = select(AnnouncementRow).where(
            (AnnouncementRow.id == id) | (AnnouncementRow.number == id.upper())
        )
        if lock:
            query = query.with_for_update()
        row = await self._session.scalar(query, **FRESH)
        return None if row is None else (await self._whole([row]))[0]

    async def listed(
        self,
        *,
        states: Sequence[AnnouncementState],
        types: Sequence[AnnouncementType] = (),
        after: Place | None = None,
        limit: int,
    ) -> list[Announcement]:
        """A part of the list: those that begin last come first."""
        query = select(AnnouncementRow).where(AnnouncementRow.state.in_(states))
        if types:
            query = query.where(AnnouncementRow.type.in_(types))
        if after is not None:
            query = query.where(tuple_(AnnouncementRow.starts_at, AnnouncementRow.id) < after)
        query = query.order_by(AnnouncementRow.starts_at.desc(), AnnouncementRow.id.desc())
        return await self._whole(list(await self._session.scalars(query.limit(limit), **FRESH)))

    async def living(self) -> list[Announcement]:
        """Those that lie ahead or go on now, the next first."""
        query = select(AnnouncementRow).where(AnnouncementRow.state.in_(LIVING))
        query = query.order_by(AnnouncementRow.starts_at, AnnouncementRow.id)
        return await self._whole(list(await self._session.scalars(query, **FRESH)))

    async def some(self, ids: Iterable[AnnouncementId]) -> list[Announcement]:
        """Those with these ids, the first to begin first; whatever became of them."""
        query = select(AnnouncementRow).where(AnnouncementRow.id.in_(ids))
        query = query.order_by(AnnouncementRow.starts_at, AnnouncementRow.id)
        return await self._whole(list(await self._session.scalars(query, **FRESH)))

    async def counted(self) -> Mapping[AnnouncementState, int]:
        """How many there are in each state."""
        query = select(AnnouncementRow.state, func.count()).group_by(AnnouncementRow.state)
        found = dict((await self._session.execute(query)).all())
        return {state: found.get(state, 0) for state in AnnouncementState}

    async def due(self, now: Instant) -> AnnouncementId | None:
        """One whose moment to begin or to end has come and that nobody else works on, locked."""
        begins = (AnnouncementRow.state == AnnouncementState.PUBLISHED) & (
            AnnouncementRow.starts_at <= now
        )
        ends = (
            AnnouncementRow.state.in_(LIVING)
            & AnnouncementRow.ends_itself
            & (AnnouncementRow.expected_end <= now)
        )
        query = select(AnnouncementRow.id).where(begins | ends)
        query = query.order_by(AnnouncementRow.starts_at, AnnouncementRow.id).limit(1)
        return await self._session.scalar(query.with_for_update(skip_locked=True))

    async def _whole(self, rows: Sequence[AnnouncementRow]) -> list[Announcement]:
        ids = [row.id for row in rows]
        told: dict[tuple[str, int], int] = {}
        counting = (
            select(AnnouncementToldRow.announcement, AnnouncementToldRow.update, func.count())
            .where(AnnouncementToldRow.announcement.in_(ids))
            .group_by(AnnouncementToldRow.announcement, AnnouncementToldRow.update)
        )
        for id, number, count in await self._session.execute(counting):
            told[id, number] = count
        updates: dict[str, list[Update]] = {id: [] for id in ids}
        query = select(AnnouncementUpdateRow).where(AnnouncementUpdateRow.announcement.in_(ids))
        query = query.order_by(AnnouncementUpdateRow.number)
        for row in await self._session.scalars(query, **FRESH):
            facts: dict[str, Any] = {name: getattr(row, name) for name in _UPDATE}
            told_now = told.get((row.announcement, row.number), 0)
            updates[row.announcement].append(Update(told=told_now, **facts))
        return [_announcement(row, updates[row.id]) for row in rows]


def _columns(announcement: Announcement) -> dict[str, Any]:
    return (
        {name: getattr(announcement, name) for name in _OWN}
        | {name: getattr(announcement.words, name) for name in _WORDS}
        | {"places": list(announcement.places), "areas": list(announcement.areas)}
    )


def _announcement(row: AnnouncementRow, updates: Sequence[Update]) -> Announcement:
    facts: dict[str, Any] = {name: getattr(row, name) for name in _OWN}
    words: dict[str, Any] = {name: getattr(row, name) for name in _WORDS}
    return Announcement(
        words=Words(**words),
        places=tuple(row.places),
        areas=tuple(row.areas),
        updates=tuple(updates),
        **facts,
    )
