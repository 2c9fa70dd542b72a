"""The durable inbox: how other processes ask something of the switchboard.

A row is written and told (NOTIFY carries a new row along); the Driver answers it in the transaction
of its events; the asker hears the answer. The same key is the same row: a double click has one
effect and both clicks get one answer. Answered rows are kept for a week; so long a key is
remembered.

The asker's commit does not wait for the disk: nothing is promised to anybody before the Driver's
commit has reached it, and that takes the row along. Whoever hears nothing in time hears just that.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

import psycopg

from lianxi.engine.messages.base import Input
from lianxi.journal.codec import encoded
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Outcome
from lianxi.journal.store import ANSWERS, COLUMNS, line_of
from lianxi.kernel.errors import DatabaseAway, Rejection
from lianxi.kernel.time import Instant

CHANNEL = "lianxi_inbox"
WAIT_S = 5.0
TRY_AGAIN_S = 0.2
KEPT_MS = 7 * 86_400_000
"""Answered rows are kept so long."""
FORGET_AT_ONCE = 5_000

LOOK_EVERY_S = 1.0
"""An asker who heard nothing for so long looks for himself."""
HEARD_KEPT = 1_000

LONGEST_WORD = 7_000
"""Bytes; PostgreSQL refuses a word of 8000. A longer row is only told of, and read."""

_PUT = (
    "WITH put AS (INSERT INTO journal_inbox (key, asked_at, given) VALUES (%s, %s, %s::jsonb) "
    "ON CONFLICT (key) DO UPDATE SET key = excluded.key "
    # A row that was there already has been locked by this very statement.
    "RETURNING number, asked_at, (xmax = 0) AS is_new), row AS (SELECT %s AS channel, "
    "%s::int AS longest, %s::text AS given) "
    "SELECT number, is_new, pg_notify(channel, CASE WHEN is_new AND octet_length(given) < longest "
    "THEN number || ' ' || asked_at || ' ' || given ELSE '' END) FROM put, row"
)
_LOOK = (
    "SELECT row.answered_at IS NOT NULL, row.refused, "
    + ", ".join(f"line.{column}" for column in COLUMNS.split(", "))
    + " FROM journal_inbox AS row LEFT JOIN journal AS line ON line.cause = row.number "
    "WHERE row.number = %s ORDER BY line.position"
)


class SwitchboardSilent(Rejection):
    """The switchboard did not answer in time; look at the screen before trying again."""

    code = "switchboard_silent"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Asking:
    """A connection for statements that may be repeated, one at a time.

    Args:
        url: the database's SQLAlchemy address; opened when first needed.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def rows(self, statement: str, facts: tuple[object, ...]) -> list[tuple[object, ...]]:
        """What a statement returns; asked once more when the connection turns out to be an old
        one, broken since.

        Raises:
            psycopg.OperationalError: the database cannot be reached.
        """
        async with self._one_at_a_time:
            is_old = self._connection is not None
            try:
                return await self._fetch(statement, facts)
            except psycopg.OperationalError:
                if not is_old:
                    raise
            return await self._fetch(statement, facts)

    async def _fetch(self, statement: str, facts: tuple[object, ...]) -> list[tuple[object, ...]]:
        if self._connection is None:
            self._connection = await connect(self._url, waits_for_disk=False)
        try:
            cursor = await self._connection.execute(statement.encode(), facts, prepare=True)
            return await cursor.fetchall()
        except (psycopg.OperationalError, OSError):
            broken, self._connection = self._connection, None
            await broken.close()
            raise

    async def close(self) -> None:
        """Close what is open; the next statement opens again."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


class Inbox:
    """The asking side. `run` must be running in this process.

    Args:
        url: the database's SQLAlchemy address.
        now: the clock.
    """

    def __init__(self, url: str, now: Callable[[], Instant]) -> None:
        self._url = url
        self._now = now
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}
        self._heard: dict[int, None] = {}
        """The newest answers nobody waited for: an answer may be here before the row's number."""
        self._listening = asyncio.Event()
        self._putting, self._looking = Asking(url), Asking(url)

    async def run(self) -> None:
        """Hear answers until cancelled.

        Raises:
            psycopg.OperationalError: the database went away; run again when it is back.
        """
        async with await connect(self._url) as connection:
            await connection.execute(f"LISTEN {ANSWERS}")
            self._listening.set()
            try:
                self._wake_all()  # answered while nobody listened, perhaps
                async for told in connection.notifies():
                    if told.payload.isdecimal():
                        self._wake(int(told.payload))
            finally:
                self._listening.clear()

    def _wake(self, number: int) -> None:
        if number not in self._waiting:
            self._heard[number] = None
            if len(self._heard) > HEARD_KEPT:
                del self._heard[next(iter(self._heard))]
        for waiter in self._waiting.pop(number, []):
            if not waiter.done():
                waiter.set_result(None)

    def _wake_all(self) -> None:
        for number in list(self._waiting):
            self._wake(number)

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
                        number, is_new = await self._put(given, key)
                        return await self._answer(number, look_first=not is_new)
                    except (psycopg.OperationalError, OSError):
                        is_away = True
                        await asyncio.sleep(TRY_AGAIN_S)  # back-off: the database is away
        except TimeoutError as error:
            if number is None and is_away:
                raise DatabaseAway from error
            raise SwitchboardSilent from error

    async def _answer(self, number: int, *, look_first: bool) -> Outcome:
        while True:
            # Waiting begins before looking, so that no answer falls in between.
            heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(number, []).append(heard)
            try:
                if look_first or number in self._heard:
                    self._heard.pop(number, None)
                    if (outcome := await self._look(number)) is not None:
                        return outcome
                await asyncio.wait((heard,), timeout=LOOK_EVERY_S)
            finally:
                waiters = self._waiting.get(number, [])
                if heard in waiters:
                    waiters.remove(heard)
                if not waiters:
                    self._waiting.pop(number, None)
            look_first = True

    async def _put(self, given: Input, key: str) -> tuple[int, bool]:
        """Write the row, unless it is there: its number, and whether it is new."""
        text = encoded(given)
        rows = await self._putting.rows(_PUT, (key, self._now(), text, CHANNEL, LONGEST_WORD, text))
        number, is_new, _ = rows[0]
        return int(str(number)), bool(is_new)

    async def _look(self, number: int) -> Outcome | None:
        """What became of a row; None while it is open."""
        rows = await self._looking.rows(_LOOK, (number,))
        answered, refused, position, *_ = rows[0]
        if not answered:
            return None
        return Outcome(
            refused=None if refused is None else str(refused),
            events=[] if position is None else [line_of(row[2:]) for row in rows],
        )

    async def close(self) -> None:
        """Close what is open."""
        await self._putting.close()
        await self._looking.close()


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
