"""The durable inbox: how other processes ask something of the switchboard.

A row is written and told (NOTIFY); the Driver answers it in the transaction of its events; the
asker hears the answer. The same key is the same row: a double click has one effect and both clicks
get one answer.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

import psycopg

from lianxi.engine.messages.base import Input
from lianxi.journal.codec import decoded_input, encoded
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Asked, Outcome
from lianxi.journal.store import ANSWERS, PostgresJournal
from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant

CHANNEL = "lianxi_inbox"
WAIT_S = 5.0


class SwitchboardSilent(Rejection):
    """The switchboard did not answer in time; look at the screen before trying again."""

    code = "switchboard_silent"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class DatabaseAway(Rejection):
    """The database cannot be reached; conversations go on, nothing can be changed meanwhile."""

    code = "database_away"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Inbox:
    """The asking side. `run` must be running in this process.

    Args:
        url: the database's SQLAlchemy address.
        now: the clock.
    """

    def __init__(self, url: str, now: Callable[[], Instant]) -> None:
        self._url = url
        self._now = now
        self._journal = PostgresJournal(url)
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}
        self._listening = asyncio.Event()
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def run(self) -> None:
        """Hear answers until cancelled.

        Raises:
            psycopg.OperationalError: the database went away; run again when it is back.
        """
        async with await connect(self._url) as connection:
            await connection.execute(f"LISTEN {ANSWERS}")
            self._listening.set()
            try:
                async for told in connection.notifies():
                    for waiter in self._waiting.pop(int(told.payload), []):
                        if not waiter.done():
                            waiter.set_result(None)
            finally:
                self._listening.clear()

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask and wait for what became of it.

        Raises:
            SwitchboardSilent: no answer within 5 s; the row stays and will be answered.
            DatabaseAway: nothing was asked.
        """
        try:
            async with asyncio.timeout(WAIT_S):
                await self._listening.wait()
                return await self._ask(given, key)
        except TimeoutError as error:
            if not self._listening.is_set():
                raise DatabaseAway from error
            raise SwitchboardSilent from error
        except (psycopg.OperationalError, OSError) as error:
            self._connection = None
            raise DatabaseAway from error

    async def _ask(self, given: Input, key: str | None) -> Outcome:
        number = await self._put(given, key)
        heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(number, []).append(heard)
        try:
            while True:
                answered, refused = await self._look(number)
                if answered:
                    events = [] if refused else await self._journal.caused_by(number)
                    return Outcome(refused=refused, events=events)
                await heard
        finally:
            waiters = self._waiting.get(number, [])
            if heard in waiters:
                waiters.remove(heard)
            if not waiters:
                self._waiting.pop(number, None)

    async def _put(self, given: Input, key: str | None) -> int:
        async with self._one_at_a_time:
            connection = await self._open()
            cursor = await connection.execute(
                "INSERT INTO journal_inbox (key, asked_at, given) VALUES (%s, %s, %s::jsonb) "
                "ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING number",
                (key, self._now(), encoded(given)),
            )
            row = await cursor.fetchone()
            await connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
        assert row is not None
        return int(str(row[0]))

    async def _look(self, number: int) -> tuple[bool, str | None]:
        async with self._one_at_a_time:
            connection = await self._open()
            cursor = await connection.execute(
                "SELECT answered_at IS NOT NULL, refused FROM journal_inbox WHERE number = %s",
                (number,),
            )
            row = await cursor.fetchone()
        assert row is not None
        return bool(row[0]), None if row[1] is None else str(row[1])

    async def _open(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = await connect(self._url)
        return self._connection

    async def close(self) -> None:
        """Close what is open."""
        await self._journal.close()
        if self._connection is not None:
            await self._connection.close()


class InboxReader:
    """The Driver's side: rows nobody has answered yet, in order.

    Args:
        url: the database's SQLAlchemy address.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    async def run(self, tell: Callable[[Asked], None]) -> None:
        """Hand out each open row once, the old ones first, until cancelled.

        Raises:
            psycopg.OperationalError: the database went away.
        """
        seen = 0
        async with await connect(self._url) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            while True:
                cursor = await connection.execute(
                    "SELECT number, given::text FROM journal_inbox "
                    "WHERE answered_at IS NULL AND number > %s ORDER BY number",
                    (seen,),
                )
                for number, given in await cursor.fetchall():
                    seen = int(str(number))
                    tell(Asked(number=seen, given=decoded_input(str(given))))
                async for _ in connection.notifies(timeout=5.0, stop_after=1):
                    pass
