"""What the scripted people see: a replica of the switchboard that follows the journal."""

import asyncio
from contextlib import suppress

from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.ids import AgentId
from lianxi.projections.live.centre import Centre
from lianxi.runtime.rebuilding import rebuild


class Floor:
    """The replica.

    Args:
        url: the database's SQLAlchemy address.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.centre = Centre()
        self.position = 0
        self.is_ready = asyncio.Event()
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled; run again, it goes on where it stopped.

        Raises:
            psycopg.OperationalError: the database went away.
        """
        journal = PostgresJournal(self._url)
        try:
            if not self.is_ready.is_set():
                engine, self.position = await rebuild(journal, Snapshots(self._url))
                self.centre = Centre(engine.state)
                self.is_ready.set()
            async for batch in journal.follow(self.position):
                self.centre.take(line.event for line in batch)
                self.position = batch[-1].position
                news, self._news = self._news, asyncio.Event()
                news.set()
        finally:
            await journal.close()

    async def news(self, *, within_s: float | None) -> None:
        """Wait until something happened, or until so many seconds have gone by."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._news.wait()

    async def reached(self, position: int, *, within_s: float = 2.0) -> None:
        """Wait until the replica has taken in a line, or until so many seconds have gone by."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while self.position < position:
                    await self._news.wait()

    def agent(self, agent: AgentId) -> Agent | None:
        """The agent, if signed in."""
        return self.centre.state.agents.get(agent)

    def call_of(self, number: str) -> Contact | None:
        """The open contact of a caller."""
        return next(
            (one for one in self.centre.state.contacts.values() if one.caller == number), None
        )
