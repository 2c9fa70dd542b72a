"""One Driver per switchboard: a PostgreSQL advisory lock, held by a connection of its own.

The lock goes when the connection does, so a dead leader never has to be voted out.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from lianxi.journal.connecting import connect

log = structlog.get_logger(__name__)

LOCK = 0x4C_49_41_4E
"""Any fixed number; ours spells LIAN."""

ASK_AGAIN_S = 0.5


@asynccontextmanager
async def leadership(url: str) -> AsyncIterator[None]:
    """Wait until this process leads; lead inside the block.

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
        yield
