"""Reactions to journal events: a call that begins to be recorded on a full disk is said to be."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import ContactConnected
from lianxi.engine.messages.inputs import RecordingProblem
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.journal.contracts import Journal, Outcome
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import QueueId
from lianxi.modules.recordings.contracts import Room
from lianxi.projections.models import DimQueue

log = structlog.get_logger(__name__)

DISK_FULL = "disk_full"


class Asks(Protocol):
    """Whoever asks the switchboard (`journal.inbox.Inbox`)."""

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask and wait for what became of it.

        Raises:
            Rejection: it was not answered, or could not be asked.
        """
        ...


class RoomWatch:
    """Looks at the disk whenever a call connects; the agent sees it, and so does the record.

    Args:
        sessions: where the queues' rules are.
        inbox: the way to the switchboard.
        room: the space left for raw recordings; may raise OSError.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        inbox: Asks,
        room: Callable[[], Room],
    ) -> None:
        self._sessions = sessions
        self._inbox = inbox
        self._room = room
        self.is_following = asyncio.Event()

    async def run(self, journal: Journal) -> None:
        """Follow the journal from its end, until cancelled.

        Raises:
            psycopg.OperationalError, DBAPIError: the database went away; run again.
        """
        after = await journal.last_position()
        self.is_following.set()
        async with aclosing(journal.follow(after)) as batches:
            async for batch in batches:
                for line in batch:
                    await self.react(line.event)

    async def react(self, event: Event) -> None:
        """Tell the switchboard when a conversation that is to be recorded has no room."""
        if not isinstance(event, ContactConnected) or not self._is_full():
            return
        if await self._policy(event.queue) is RecordingPolicy.OFF:
            return
        problem = RecordingProblem(at=event.at, contact=event.contact, code=DISK_FULL)
        try:
            await self._inbox.ask(problem, f"{DISK_FULL}:{event.contact}")
        except Rejection as rejection:
            log.warning("recording.problem_untold", contact=event.contact, why=rejection.code)

    def _is_full(self) -> bool:
        try:
            room = self._room()
        except OSError as error:
            log.error("recording.room_unknown", error=str(error))
            return False
        if not room.is_enough:
            log.error("recording.no_room", free_bytes=room.free_bytes)
        return not room.is_enough

    async def _policy(self, queue: QueueId) -> RecordingPolicy:
        async with self._sessions() as session:
            rule = await session.get(DimQueue, queue)
            return RecordingPolicy.ALL if rule is None else rule.recording_policy
