"""The durable inbox: how other processes ask something of the switchboard.

A row is written and told (NOTIFY); the Driver answers it in the transaction of its events; the
asker hears the answer. The same key is the same row: a double click has one effect and both clicks
get one answer. Answered rows are kept for a week; so long a key is remembered.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

import msgspec
import psycopg
import structlog

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import PEOPLE
from lianxi.journal.codec import decoded_input, encoded
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Asked, Outcome
from lianxi.journal.store import ANSWERS, PostgresJournal
from lianxi.kernel.errors import DatabaseAway, Rejection
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

CHANNEL = "lianxi_inbox"
WAIT_S = 5.0
TRY_AGAIN_S = 0.2
QUIET_S = 5.0
"""The Driver's side looks for itself when it heard nothing for so long."""

LATE_MS = 60_000
"""What a person asked while no Driver ran is not done any more when one runs after so long."""

KEPT_MS = 7 * 86_400_000
"""Answered rows are kept so long."""
FORGET_AT_ONCE = 5_000


class SwitchboardSilent(Rejection):
    """The switchboard did not answer in time; look at the screen before trying again."""

    code = "switchboard_silent"
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
                for number in list(self._waiting):
                    self._wake(number)  # answered while nobody listened, perhaps
                async for told in connection.notifies():
                    if told.payload.isdecimal():
                        self._wake(int(told.payload))
            finally:
                self._listening.clear()

    def _wake(self, number: int) -> None:
        for waiter in self._waiting.pop(number, []):
            if not waiter.done():
                waiter.set_result(None)

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask and wait for what became of it.

        Args:
            given: what is asked for.
            key: the asker's intention; asking again with the same key has no second effect.

        Raises:
            SwitchboardSilent: no answer within 5 s; the row stays and will be answered.
            DatabaseAway: it could not be written within 5 s.
        """
        number: int | None = None
        is_away = False
        key = key or uuid4().hex  # so that it can be written again when nobody knows if it was
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    is_away = is_away or not self._listening.is_set()
                    await self._listening.wait()
                    try:
                        number = await self._put(given, key)
                        return await self._answer(number)
                    except (psycopg.OperationalError, OSError):
                        is_away = True
                        await asyncio.sleep(TRY_AGAIN_S)  # back-off: the database is away
        except TimeoutError as error:
            if number is None and is_away:
                raise DatabaseAway from error
            raise SwitchboardSilent from error

    async def _answer(self, number: int) -> Outcome:
        while True:
            # Waiting begins before looking, so that no answer falls in between.
            heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(number, []).append(heard)
            try:
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

    async def _put(self, given: Input, key: str) -> int:
        statement = (
            "WITH put AS (INSERT INTO journal_inbox (key, asked_at, given) "
            "VALUES (%s, %s, %s::jsonb) "
            "ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING number) "
            "SELECT number, pg_notify(%s, '') FROM put"
        )
        row = await self._one_row(statement, (key, self._now(), encoded(given), CHANNEL))
        return int(str(row[0]))

    async def _look(self, number: int) -> tuple[bool, str | None]:
        row = await self._one_row(
            "SELECT answered_at IS NOT NULL, refused FROM journal_inbox WHERE number = %s",
            (number,),
        )
        return bool(row[0]), None if row[1] is None else str(row[1])

    async def _one_row(self, statement: str, facts: tuple[object, ...]) -> tuple[object, ...]:
        """Ask the database; once more when the connection turns out to be an old one, broken
        since. Statements here may be repeated."""
        async with self._one_at_a_time:
            is_old = self._connection is not None
            try:
                return await self._fetch(statement, facts)
            except psycopg.OperationalError:
                if not is_old:
                    raise
            return await self._fetch(statement, facts)

    async def _fetch(self, statement: str, facts: tuple[object, ...]) -> tuple[object, ...]:
        if self._connection is None:
            self._connection = await connect(self._url)
        try:
            row = await (await self._connection.execute(statement.encode(), facts)).fetchone()
        except (psycopg.OperationalError, OSError):
            broken, self._connection = self._connection, None
            await broken.close()
            raise
        assert row is not None
        return row

    async def close(self) -> None:
        """Close what is open."""
        await self._journal.close()
        if self._connection is not None:
            await self._connection.close()


class InboxReader:
    """The Driver's side: rows nobody has answered yet, in order.

    Args:
        url: the database's SQLAlchemy address.
        now: the askers' clock, the system's.
    """

    def __init__(self, url: str, now: Callable[[], Instant]) -> None:
        self._url = url
        self._now = now
        self._handed_out: set[int] = set()
        self._has_looked = False

    async def run(self, tell: Callable[[Asked], None]) -> None:
        """Hand out each open row once, the old ones first, until cancelled.

        Numbers are no cursor: they are drawn before they are committed, so a lower one may appear
        after a higher one. Rows are open until the Driver answers them in the transaction of their
        events; a reader begins with its Driver, so nothing that was answered comes again.

        Raises:
            psycopg.OperationalError: the database went away.
        """
        async with await connect(self._url) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            while True:
                cursor = await connection.execute(
                    "SELECT number, asked_at, given::text FROM journal_inbox "
                    "WHERE answered_at IS NULL ORDER BY number"
                )
                rows = [(int(str(n)), int(str(at)), str(g)) for n, at, g in await cursor.fetchall()]
                for number, asked_at, given in rows:
                    if number not in self._handed_out:
                        tell(self._read(number, asked_at, given))
                self._handed_out = {number for number, _, _ in rows}
                self._has_looked = True
                async for _ in connection.notifies(timeout=QUIET_S, stop_after=1):
                    pass

    def _read(self, number: int, asked_at: int, text: str) -> Asked:
        try:
            given = decoded_input(text)
        except msgspec.DecodeError as error:
            log.error("inbox.not_understood", number=number, error=str(error))
            return Asked(number=number, given=None, refused="not_understood")
        # Only what was there before this Driver may be late: clocks of two processes may disagree.
        waited = self._now() - asked_at
        if not self._has_looked and isinstance(given, PEOPLE) and waited > LATE_MS:
            kind = type(given).__name__
            log.warning("inbox.too_late", number=number, asked=kind, waited_ms=waited)
            return Asked(number=number, given=None, refused="asked_too_late")
        return Asked(number=number, given=given)


async def forget_old(url: str, *, kept_ms: int = KEPT_MS) -> int:
    """Delete rows that were answered long ago; return how many.

    Args:
        url: the database's SQLAlchemy address.
        kept_ms: how long an answered row is kept.

    Raises:
        psycopg.Error: the database would not.
    """
    forgotten = 0
    async with await connect(url) as connection:
        while True:
            # The oldest by number, so that the primary key finds them.
            cursor = await connection.execute(
                "DELETE FROM journal_inbox WHERE number IN "
                "(SELECT number FROM journal_inbox ORDER BY number LIMIT %s) AND answered_at < "
                "(extract(epoch FROM clock_timestamp()) * 1000)::bigint - %s",
                (FORGET_AT_ONCE, kept_ms),
            )
            forgotten += cursor.rowcount
            if cursor.rowcount < FORGET_AT_ONCE:
                return forgotten
