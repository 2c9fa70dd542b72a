"""All SQL about the outbox."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.outbox.contracts import Message, OutboxState, Posted
from lianxi.office.outbox.models import OutboxRow


class OutboxRepository:
    """Writes messages, gives them to workers, and notes what became of them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, messages: Sequence[Message], at: Instant, after: Instant) -> None:
        """Write messages; those whose key is there already are left out."""
        rows = [
            {
                "topic": message.topic,
                "subject": message.subject,
                "body": message.body,
                "key": message.key,
                "state": OutboxState.WAITING,
                "made_at": at,
                "attempts": 0,
                "next_at": after,
                "error": "",
            }
            for message in messages
        ]
        once = insert(OutboxRow).on_conflict_do_nothing(
            index_elements=["key"], index_where=text("key <> ''")
        )
        await self._session.execute(once, rows)

    async def claim(
        self, topics: Sequence[str], now: Instant, *, until: Instant, limit: int
    ) -> list[Posted]:
        """Take what waits longest; what another worker takes at this moment is left to it."""
        mine = (
            select(OutboxRow.id, OutboxRow.error)
            .where(
                OutboxRow.state == OutboxState.WAITING,
                OutboxRow.next_at <= now,
                OutboxRow.topic.in_(topics),
            )
            .order_by(OutboxRow.next_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        errors = {id: error for id, error in await self._session.execute(mine)}
        if not errors:
            return []
        taken = (
            update(OutboxRow)
            .where(OutboxRow.id.in_(errors))
            .values(attempts=OutboxRow.attempts + 1, next_at=until, error="")
            .returning(OutboxRow)
            .execution_options(populate_existing=True)
        )
        found = [_posted(row, errors[row.id]) for row in await self._session.scalars(taken)]
        return sorted(found, key=lambda one: one.id)

    async def end(self, message: Posted, **facts: Any) -> bool:
        """Note what became of a try; False when it belongs to another worker by now."""
        found = await self._session.scalar(
            update(OutboxRow)
            .where(
                OutboxRow.id == message.id,
                OutboxRow.attempts == message.attempts,
                OutboxRow.state == OutboxState.WAITING,
            )
            .values(**facts)
            .returning(OutboxRow.id)
        )
        return found is not None

    async def of(self, subject: str) -> list[Posted]:
        """What was told of a subject, in order."""
        query = select(OutboxRow).where(OutboxRow.subject == subject).order_by(OutboxRow.id)
        return [_posted(row) for row in await self._session.scalars(query)]

    async def wipe(self, subject: str) -> None:
        """Take the bodies out of messages about a subject that no longer wait."""
        over = (OutboxRow.subject == subject) & (OutboxRow.state != OutboxState.WAITING)
        await self._session.execute(
            update(OutboxRow)
            .where(over)
            .values(body={})
            .execution_options(synchronize_session=False)
        )

    async def standing(self) -> dict[OutboxState, int]:
        """How many messages are in each state."""
        query = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
        found = dict((await self._session.execute(query)).tuples().all())
        return {state: found.get(state, 0) for state in OutboxState}

    async def unended(self) -> tuple[int, int]:
        """How many wait, and how many were given up."""
        waiting, given_up = (
            select(func.count()).where(OutboxRow.state == state).scalar_subquery()
            for state in (OutboxState.WAITING, OutboxState.GIVEN_UP)
        )
        found = (await self._session.execute(select(waiting, given_up))).one()
        return int(found[0]), int(found[1])

    async def forget(self, before: Instant) -> None:
        """Drop what was told before a moment; what was given up stays."""
        await self._session.execute(
            delete(OutboxRow).where(
                OutboxRow.state == OutboxState.TOLD, OutboxRow.ended_at < before
            )
        )

    async def oldest(self, topics: Sequence[str]) -> Instant | None:
        """Since when the message waits that waits longest."""
        query = select(func.min(OutboxRow.made_at)).where(OutboxRow.state == OutboxState.WAITING)
        if topics:
            query = query.where(OutboxRow.topic.in_(topics))
        found = await self._session.scalar(query)
        return None if found is None else Instant(found)

    async def given_up(self, limit: int) -> list[Posted]:
        """What nobody took, newest first."""
        query = select(OutboxRow).where(OutboxRow.state == OutboxState.GIVEN_UP)
        query = query.order_by(OutboxRow.id.desc()).limit(limit)
        return [_posted(row) for row in await self._session.scalars(query)]

    async def again(self, id: int, at: Instant) -> Posted | None:
        """Let what was given up be tried once more; None = it was not."""
        row = await self._session.scalar(
            update(OutboxRow)
            .where(OutboxRow.id == id, OutboxRow.state == OutboxState.GIVEN_UP)
            .values(state=OutboxState.WAITING, attempts=0, next_at=at, ended_at=None, error="")
            .returning(OutboxRow)
            .execution_options(populate_existing=True)
        )
        return None if row is None else _posted(row)


def _posted(row: OutboxRow, error: str | None = None) -> Posted:
    facts = {name: getattr(row, name) for name in Posted.__slots__}
    return Posted(**facts | ({} if error is None else {"error": error}))
