"""One Driver per switchboard: a PostgreSQL advisory lock, held by the connection that writes.

The lock goes when the connection does, so a dead leader never has to be voted out. And because the
journal is written by that very connection, whoever lost the lock cannot write, and whoever got it
begins after the last transaction of the one before: PostgreSQL gives the lock away only when that
transaction is over.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from lianxi.journal.connecting import connect
from lianxi.journal.store import PostgresJournal

log = structlog.get_logger(__name__)

LOCK = 0x4C_49_41_4E
"""Any fixed number; ours spells LIAN."""

ASK_AGAIN_S = 0.5


@asynccontextmanager
async def leadership(url: str) -> AsyncIterator[PostgresJournal]:
    """Wait until this process leads; lead inside the block, by the journal that may be written.

    Raises:
        psycopg.OperationalError: the database cannot be reached.
    """
    async with await connect(url) as connection:
        waiting = False
        while True:
            cursor = await connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))
            row = await cursor.fetchone()
            if row is not None and row[0]:
                break
            if not waiting:
                log.info("driver.waits_for_leadership")
            waiting = True
            await asyncio.sleep(ASK_AGAIN_S)  # poll: a lost lock is announced by nobody
        log.info("driver.leads")
        journal = PostgresJournal(url, writing=connection)
        try:
            yield journal
        finally:
            await journal.close()
