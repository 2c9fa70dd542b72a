"""Follows the journal and keeps the fact tables.

Rows and cursor move in one transaction, so a batch counts once whatever happens between: a crash
before the commit folds it again from the former cursor, one after it goes on behind it. A second
projector waits at the cursor's row lock and then finds the batch already folded.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Protocol

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.base import Event
from lianxi.projections.booked_models import FactCarrierBlocked
from lianxi.projections.callback_models import FactCallback
from lianxi.projections.closed_days import note_changes
from lianxi.projections.facts import fold
from lianxi.projections.fax_models import FactFax
from lianxi.projections.flow_models import FactFlowStep, FactSurvey, FactVerification
from lianxi.projections.gap_models import FactGap
from lianxi.projections.gaps import note_lines
from lianxi.projections.loading import keys_of, load
from lianxi.projections.models import (
    AgentPresence,
    DimAgent,
    DimDisposition,
    DimQueue,
    Fact,
    FactAgentInterval,
    FactContact,
    FactOffer,
    FactQueueEntry,
    FactSegment,
    ProjectionCursor,
)
from lianxi.projections.transfer_models import FactTransfer
from lianxi.projections.trunk_models import FactBlocked, TrunkStanding

log = structlog.get_logger(__name__)

NAME = "facts"
BATCH = 500

TABLES: tuple[type[Fact], ...] = (
    FactContact,
    FactQueueEntry,
    FactOffer,
    FactSegment,
    FactAgentInterval,
    FactFlowStep,
    FactSurvey,
    FactVerification,
    FactTransfer,
    FactCallback,
    FactBlocked,
    FactCarrierBlocked,
    FactFax,
    FactGap,
    TrunkStanding,
    AgentPresence,
    DimQueue,
    DimDisposition,
    DimAgent,
)
"""All facts and names, and what is kept to fold them."""

BOOKED: tuple[type[Fact], ...] = (FactCarrierBlocked,)
"""What people booked: everything else is emptied by a rebuild, and folded again."""


class Written(Protocol):
    """One line of the journal."""

    @property
    def position(self) -> int:
        """Where it stands."""

    @property
    def event(self) -> Event:
        """What happened."""


class Source(Protocol):
    """What the projector needs of the journal."""

    async def read(self, after: int, limit: int) -> Sequence[Written]:
        """The lines behind a position, oldest first."""
        ...

    def follow(self, after: int) -> AsyncIterator[Sequence[Written]]:
        """The same for ever, waiting for new lines."""
        ...


class Projector:
    """One reader of the journal, writer of the fact tables."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], journal: Source) -> None:
        self._sessions = sessions
        self._journal = journal
        self._moved = asyncio.Condition()
        self._has_caught_up = False
        self.position = 0
        """The last position that is in the tables, as far as this process has seen."""

    async def run(self) -> None:
        """Fold what is there and whatever comes, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        log.info("projector.started", position=await self._stored_position())
        await self.catch_up()
        self._has_caught_up = True
        await self._set_position(self.position)
        async for batch in self._journal.follow(self.position):
            for start in range(0, len(batch), BATCH):
                await self._apply(batch[start : start + BATCH])

    async def catch_up(self) -> int:
        """Fold what the journal holds now; return the position reached."""
        await self._set_position(await self._stored_position())
        while batch := await self._journal.read(self.position, BATCH):
            await self._apply(batch)
        return self.position

    async def rebuild(self) -> int:
        """Empty the tables and fold the journal from its beginning; return the position reached.

        Meanwhile figures and records show what has been folded so far.
        """
        async with self._sessions.begin() as session:
            await lock_cursor(session)
            for table in TABLES:
                if table not in BOOKED:
                    await session.execute(delete(table))
            await session.execute(delete(ProjectionCursor).where(ProjectionCursor.name == NAME))
        log.info("projector.emptied")
        self.position = 0
        return await self.catch_up()

    async def reached(self, position: int) -> None:
        """Wait until the tables hold everything up to a position."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.position >= position)

    async def advances(self) -> AsyncIterator[int]:
        """The position once the tables hold what was there when the projector began to run, and
        after each batch; steps that came meanwhile are told as one. While the tables are folded
        anew nothing is told: who looks for what they lack would think it lost.
        """
        seen = -1
        while True:
            async with self._moved:
                await self._moved.wait_for(_beyond(self, seen))
                seen = self.position
            yield seen

    async def _apply(self, batch: Sequence[Written]) -> None:
        """Fold a batch, and first what the tables lack: another process may be rebuilding."""
        reached = 0
        while batch and reached < batch[-1].position:
            async with self._sessions.begin() as session:
                cursor = await lock_cursor(session)
                fresh = [line for line in batch if line.position > cursor.position]
                if fresh and fresh[0].position > cursor.position + 1:
                    fresh = list(await self._journal.read(cursor.position, BATCH))
                if fresh:
                    await fold_batch(session, fresh, cursor)
                reached = cursor.position
        await self._set_position(reached)

    async def _stored_position(self) -> int:
        async with self._sessions() as session:
            cursor = await session.get(ProjectionCursor, NAME)
            return 0 if cursor is None else cursor.position

    async def _set_position(self, position: int) -> None:
        async with self._moved:
            self.position = max(self.position, position)
            self._moved.notify_all()


def _beyond(projector: Projector, seen: int) -> Callable[[], bool]:
    return lambda: projector._has_caught_up and projector.position > seen


async def fold_batch(
    session: AsyncSession, lines: Sequence[Written], cursor: ProjectionCursor
) -> None:
    """Fold lines, which nobody has folded yet, into the session's rows, and move the cursor."""
    memory = await load(session, keys_of(line.event for line in lines))
    for line in lines:
        at = line.event.at
        note_lines(cursor.position, cursor.at, line.position, at, memory)
        fold(line.event, line.position, memory)
        cursor.position, cursor.at = line.position, at
    session.add_all(memory.added)
    for row in memory.dropped:
        await session.delete(row)
    await note_changes(session, lines[-1].position)


async def lock_cursor(session: AsyncSession) -> ProjectionCursor:
    """How far the journal is folded; nobody else changes facts until the transaction ends."""
    await session.execute(
        insert(ProjectionCursor).values(name=NAME, position=0).on_conflict_do_nothing()
    )
    found = await session.scalars(
        select(ProjectionCursor).where(ProjectionCursor.name == NAME).with_for_update()
    )
    return found.one()
