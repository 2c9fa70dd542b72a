"""The journal in PostgreSQL.

The one writer counts positions itself; the primary key refuses a second writer that counts the
same. A batch is one statement, so one round trip and one commit.

Readers wake by NOTIFY, sent right after the commit by a connection of its own: nothing is told
before it is stored, and the lock that PostgreSQL holds for a transaction with a NOTIFY is never
held while a commit waits for the disk. A word that a crash swallowed costs its hearer a moment:
everybody looks for himself when it was quiet for long.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import msgspec
import psycopg
from psycopg.rows import tuple_row

from lianxi.journal.codec import decoded_event, encoded_lines, stream_of
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Answer, JournalBroken, Recorded, Step
from lianxi.journal.teller import Teller
from lianxi.kernel.time import Instant

CHANNEL = "lianxi_journal"
ANSWERS = "lianxi_answers"
QUIET_S = 5.0
"""A follower looks for itself when it heard nothing for so long."""

COLUMNS = "position, at, stream, type, payload, cause"

_WRITE = (
    f"INSERT INTO journal ({COLUMNS}) SELECT {COLUMNS} FROM json_to_recordset(%s::json) AS line "
    "(position bigint, at bigint, stream text, type text, payload jsonb, cause bigint)"
)
_ANSWER = (
    "UPDATE journal_inbox SET refused = %s::jsonb ->> number::text, "
    "answered_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint "
    "WHERE number = ANY(%s::bigint[]) AND answered_at IS NULL"
)
_WRITE_AND_ANSWER = f"WITH written AS ({_WRITE}) {_ANSWER}"
_ENCODER = msgspec.json.Encoder()


class PostgresJournal:
    """One connection for writing, one more per follower; reading opens its own.

    Args:
        url: the database's SQLAlchemy address.
        writing: the only connection to write by, closed with the journal; None = one is opened
            when needed. The leader gives the one that holds its lock, so that whoever lost the
            lock cannot write.
    """

    def __init__(
        self, url: str, writing: psycopg.AsyncConnection[tuple[object, ...]] | None = None
    ) -> None:
        self._url = url
        self._is_bound = writing is not None
        self._writing = writing
        self._one_at_a_time = asyncio.Lock()
        self._reading: psycopg.AsyncConnection[tuple[object, ...]] | None = None
        self._position: int | None = None
        self._opening = asyncio.Lock()
        self._teller = Teller(url)

    async def append(self, steps: Sequence[Step], answers: Sequence[Answer] = ()) -> list[Recorded]:
        """See `Journal.append`."""
        try:
            async with self._one_at_a_time:
                connection = await self._writer()
                if self._position is None:
                    self._position = await _last(connection)
                recorded = list(_numbered(self._position, steps))
                await self._write(connection, recorded, answers)
        except (psycopg.Error, OSError) as error:
            await self.close()
            raise JournalBroken(str(error)) from error
        if recorded:
            self._position = recorded[-1].position
            self._teller.tell_newest(CHANNEL, str(self._position))
        for answer in answers:
            self._teller.tell(ANSWERS, str(answer.number))
        return recorded

    async def tell(self, channel: str, word: str) -> None:
        """NOTIFY by the writing connection: who hears it knows that the speaker can write.

        Raises:
            psycopg.OperationalError: it cannot.
        """
        async with self._one_at_a_time:
            connection = await self._writer()
            await connection.execute("SELECT pg_notify(%s, %s)", (channel, word))

    async def _write(
        self,
        connection: psycopg.AsyncConnection[tuple[object, ...]],
        recorded: Sequence[Recorded],
        answers: Sequence[Answer],
    ) -> None:
        if not answers:
            if recorded:
                await connection.execute(_WRITE, (encoded_lines(recorded),), prepare=True)
            return
        refused = {str(answer.number): answer.refused for answer in answers if answer.refused}
        facts = (_ENCODER.encode(refused).decode(), [answer.number for answer in answers])
        if recorded:
            await connection.execute(
                _WRITE_AND_ANSWER, (encoded_lines(recorded), *facts), prepare=True
            )
        else:
            await connection.execute(_ANSWER, facts, prepare=True)

    async def read(self, after: int, limit: int = 1000) -> list[Recorded]:
        """See `Journal.read`."""
        return await self._query(
            f"SELECT {COLUMNS} FROM journal WHERE position > %s ORDER BY position LIMIT %s",
            (after, limit),
        )

    async def stream(self, name: str) -> list[Recorded]:
        """See `Journal.stream`."""
        return await self._query(
            f"SELECT {COLUMNS} FROM journal WHERE stream = %s ORDER BY position", (name,)
        )

    async def last_position(self) -> int:
        """See `Journal.last_position`."""
        return await _last(await self._reader())

    async def follow(self, after: int) -> AsyncGenerator[list[Recorded], None]:
        """See `Journal.follow`.

        Raises:
            psycopg.OperationalError: the database went away.
        """
        listening = await connect(self._url)
        try:
            await listening.execute(f"LISTEN {CHANNEL}")
            while True:
                while batch := await _fetch(
                    listening,
                    f"SELECT {COLUMNS} FROM journal WHERE position > %s ORDER BY position "
                    "LIMIT 1000",
                    (after,),
                ):
                    after = batch[-1].position
                    yield batch
                async for _ in listening.notifies(timeout=QUIET_S, stop_after=1):
                    pass
        finally:
            await listening.close()

    async def close(self) -> None:
        """Close what is open; the next use opens again."""
        open_, self._writing, self._reading = (self._writing, self._reading), None, None
        self._position = None
        await self._teller.close()
        for connection in open_:
            if connection is not None:
                await connection.close()

    async def _query(self, sql: str, facts: tuple[object, ...]) -> list[Recorded]:
        """Read; once more when the connection turns out to be an old one, broken since."""
        is_old = self._reading is not None
        try:
            return await _fetch(await self._reader(), sql, facts)
        except psycopg.OperationalError:
            if not is_old:
                raise
        return await _fetch(await self._reader(), sql, facts)

    async def _writer(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        if self._writing is None or self._writing.closed:
            if self._is_bound:
                raise psycopg.OperationalError("the writing connection is gone")
            self._writing = await connect(self._url)
        return self._writing

    async def _reader(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        async with self._opening:
            if self._reading is None or self._reading.closed:
                self._reading = await connect(self._url)
            return self._reading


def _numbered(position: int, steps: Sequence[Step]) -> list[Recorded]:
    lines = [(event, step.cause) for step in steps for event in step.events]
    return [
        Recorded(
            position=position + number,
            at=event.at,
            stream=stream_of(event),
            event=event,
            cause=cause,
        )
        for number, (event, cause) in enumerate(lines, start=1)
    ]


async def _last(connection: psycopg.AsyncConnection[tuple[object, ...]]) -> int:
    cursor = await connection.execute("SELECT coalesce(max(position), 0) FROM journal")
    row = await cursor.fetchone()
    return int(str(row[0])) if row is not None else 0


async def _fetch(
    connection: psycopg.AsyncConnection[tuple[object, ...]], sql: str, facts: tuple[object, ...]
) -> list[Recorded]:
    async with connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(sql, facts)
        return [line_of(row) for row in await cursor.fetchall()]


def line_of(row: Sequence[Any]) -> Recorded:
    """The journal line of a row of `COLUMNS`.

    Raises:
        msgspec.ValidationError: the line is of no known type or shape.
    """
    position, at, stream, name, payload, cause = row
    return Recorded(
        position=position,
        at=Instant(at),
        stream=stream,
        event=decoded_event(name, payload),
        cause=cause,
    )
