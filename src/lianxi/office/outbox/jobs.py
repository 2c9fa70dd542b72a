"""The worker's side: messages are taken, told, and noted as told or to be tried again."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.office.outbox.contracts import Ended, OutboxState, Posted, Teller, TellingFailed
from lianxi.office.outbox.repository import OutboxRepository
from lianxi.office.outbox.rules import LEASE_MS, next_try

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0
AT_ONCE = 50


class Postman:
    """Tells the messages of the topics it has tellers for.

    Args:
        sessions: of the database.
        tellers: by topic. Messages of other topics stay for somebody else.
        now: the time.
        at_once: how many it takes at a time; where telling one may take long, one.
        ended: hears what became of each.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        tellers: Mapping[str, Teller],
        now: Callable[[], Instant],
        *,
        at_once: int = AT_ONCE,
        ended: Ended | None = None,
    ) -> None:
        self._sessions = sessions
        self._tellers = tellers
        self._now = now
        self._at_once = at_once
        self._ended = ended

    async def run(self) -> None:
        """Tell what waits, until cancelled."""
        while True:
            if await self.round() < self._at_once:
                await asyncio.sleep(LOOK_EVERY_S)  # pace: nothing waits

    async def round(self) -> int:
        """Tell what waits now, `at_once` at most; how many were tried."""
        now = self._now()
        async with self._sessions.begin() as session:
            taken = await OutboxRepository(session).claim(
                list(self._tellers), now, until=Instant(now + LEASE_MS), limit=self._at_once
            )
        for message in taken:
            await self._tell(message)
        return len(taken)

    async def _tell(self, message: Posted) -> None:
        try:
            await self._tellers[message.topic](message)
        except TellingFailed as failed:
            now = self._now()
            again = next_try(message.made_at, message.attempts, now) if failed.temporary else None
            facts: dict[str, Any] = {"error": str(failed) or "unknown", "next_at": again}
            if again is None:
                facts |= {"state": OutboxState.GIVEN_UP, "ended_at": now}
                log.warning("outbox_given_up", message=message.id, topic=message.topic)
        else:
            facts = {"state": OutboxState.TOLD, "ended_at": self._now(), "next_at": None}
        async with self._sessions.begin() as session:
            is_mine = await OutboxRepository(session).end(message, **facts)
            if is_mine and self._ended is not None and "ended_at" in facts:
                await self._ended(session, message, str(facts.get("error", "")))
