"""Tells other processes that something was stored, off the path of whoever stored it."""

import asyncio

import psycopg
import structlog

from lianxi.journal.connecting import connect

log = structlog.get_logger(__name__)

SPACING_S = 0.02
"""Between two words that only the newest of counts for: hearers look anew at each, and nobody sees
a fiftieth of a second."""

LAST_WORDS_S = 1.0
"""How long closing waits for a database that does not answer."""

_TELL = "SELECT pg_notify(channel, word) FROM unnest(%s::text[], %s::text[]) AS t (channel, word)"


class Teller:
    """Sends NOTIFY by a connection of its own; what gathers meanwhile goes together.

    Args:
        url: the database's SQLAlchemy address; opened when first needed.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._words: list[tuple[str, str]] = []
        self._newest: dict[str, str] = {}
        self._next = 0.0
        self._pause: asyncio.TimerHandle | None = None
        self._telling: asyncio.Task[None] | None = None
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None

    def tell(self, channel: str, word: str) -> None:
        """Send at once. Never blocks or raises: hearers look for themselves after some quiet."""
        self._words.append((channel, word))
        self._start()

    def tell_newest(self, channel: str, word: str) -> None:
        """Send soon, unless a newer word of this channel comes first. Otherwise as `tell`."""
        self._newest[channel] = word
        if self._pause is None:
            loop = asyncio.get_running_loop()
            if loop.time() >= self._next:
                self._start()
            else:
                self._pause = loop.call_at(self._next, self._start)

    def _start(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_all())

    async def _tell_all(self) -> None:
        while self._words or (self._newest and self._pause is None):
            words, self._words = [*self._words, *self._newest.items()], []
            self._newest = {}
            self._next = asyncio.get_running_loop().time() + SPACING_S
            facts = ([channel for channel, _ in words], [word for _, word in words])
            is_old = self._connection is not None
            try:
                await self._send(facts)
            except (psycopg.Error, OSError) as error:
                if is_old:
                    self._words = words + self._words  # once more, by a new connection
                else:
                    log.warning("teller.unheard", words=len(words), error=repr(error)[:200])

    async def _send(self, facts: tuple[list[str], list[str]]) -> None:
        try:
            if self._connection is None:
                self._connection = await connect(self._url)
            await self._connection.execute(_TELL, facts, prepare=True)
        except (psycopg.Error, OSError):
            broken, self._connection = self._connection, None
            if broken is not None:
                await broken.close()
            raise

    async def close(self) -> None:
        """Send what is left, if the database listens, and close what is open."""
        if self._newest:
            self._start()
        if self._telling is not None and not self._telling.done():
            await asyncio.wait((self._telling,), timeout=LAST_WORDS_S)
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
