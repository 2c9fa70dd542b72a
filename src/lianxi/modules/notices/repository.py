"""All SQL about notices. Returns contracts, never rows."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.notices.contracts import Notice, Rendered, Told
from lianxi.modules.notices.models import NoticeCursorRow, NoticeRow

ALARMS = "alarms"


class NoticeRepository:
    """Writes and reads what people were told."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, users: Iterable[UserId], told: Told, words: Rendered, at: Instant
    ) -> list[UserId]:
        """Tell people; those whom this is new to."""
        rows = [
            {
                "user": user,
                "key": told.key,
                "kind": told.event,
                "subject": told.subject,
                "params": dict(told.params),
                "zh": words.zh,
                "en": words.en,
                "at": at,
            }
            for user in sorted(set(users))  # in one order: no deadlock
        ]
        if not rows:
            return []
        once = insert(NoticeRow).values(rows)
        once = once.on_conflict_do_nothing(index_elements=["user", "key"])
        return list(await self._session.scalars(once.returning(NoticeRow.user)))

    async def of(self, user: UserId, *, before: int | None, limit: int) -> list[Notice]:
        """What a person was told, newest first."""
        query = select(NoticeRow).where(NoticeRow.user == user)
        if before is not None:
            query = query.where(NoticeRow.id < before)
        query = query.order_by(NoticeRow.id.desc()).limit(limit)
        query = query.execution_options(populate_existing=True)
        return [_notice(row) for row in await self._session.scalars(query)]

    async def unread(self, user: UserId) -> int:
        """How much a person has not read."""
        query = select(func.count()).where(NoticeRow.user == user, NoticeRow.read_at.is_(None))
        return int(await self._session.scalar(query) or 0)

    async def read(self, user: UserId, at: Instant, *, one: int | None, up_to: int | None) -> None:
        """Note that a person read one, or everything up to one."""
        query = update(NoticeRow).where(NoticeRow.user == user, NoticeRow.read_at.is_(None))
        if one is not None:
            query = query.where(NoticeRow.id == one)
        if up_to is not None:
            query = query.where(NoticeRow.id <= up_to)
        await self._session.execute(query.values(read_at=at))

    async def example(self, kind: str) -> dict[str, Any] | None:
        """What the last notice of a kind was filled by."""
        query = select(NoticeRow.params).where(NoticeRow.kind == kind)
        return await self._session.scalar(query.order_by(NoticeRow.id.desc()).limit(1))

    async def forget(self, before: Instant) -> None:
        """Drop what is older."""
        await self._session.execute(delete(NoticeRow).where(NoticeRow.at < before))

    async def lock_templates(self) -> None:
        """One person at a time changes templates; until the transaction ends."""
        name = func.hashtext("notice templates")
        await self._session.execute(select(func.pg_advisory_xact_lock(name)))

    async def cursor(self, position: int) -> NoticeCursorRow:
        """How far the journal was read for alarms, locked; the first time it is read from here."""
        await self._session.execute(
            insert(NoticeCursorRow)
            .values(name=ALARMS, position=position)
            .on_conflict_do_nothing(index_elements=["name"])
        )
        row = await self._session.get(NoticeCursorRow, ALARMS, with_for_update=True)
        assert row is not None
        return row


def _notice(row: NoticeRow) -> Notice:
    return Notice(**{name: getattr(row, name) for name in Notice.__slots__})
