"""Tasks that outlive faults of the database: they end, wait a moment and begin again."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

log = structlog.get_logger(__name__)

BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)


async def endure(name: str, begin: Callable[[], Awaitable[None]]) -> None:
    """Run `begin()` again whenever the database failed it, until cancelled.

    Args:
        name: for the log.
        begin: starts from what is stored; anything but a fault of the database is a bug and ends
            the process.
    """
    failures = 0
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await begin()
        except* (psycopg.Error, DBAPIError, PoolExhausted, OSError) as broken:
            if asyncio.get_running_loop().time() - started > BACK_OFF_S[-1]:
                failures = 0
            log.warning("task.interrupted", task=name, error=repr(broken.exceptions[0])[:300])
        wait = BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)]
        failures += 1
        await asyncio.sleep(wait)  # back-off: an absent database needs time
