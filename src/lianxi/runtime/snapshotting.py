"""Snapshots are made off the Driver's path: by a process of their own, from the journal.

The state is what the journal says, so the next snapshot is the last one and the lines behind it.
The living state is not touched, the Driver's loop never waits for an encoder, and what may be wrong
in the Driver's memory cannot get into a snapshot.
"""

import asyncio
import os
import sys
from collections.abc import Callable

import structlog

from lianxi.engine.snapshot import frozen
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.time import Instant
from lianxi.runtime.clock import now as system_now
from lianxi.runtime.rebuilding import rebuild

log = structlog.get_logger(__name__)

POLITE = 10
"""How much the process stands back behind those that carry calls."""

WITHIN_S = 600.0


async def keep_snapshot(url: str, now: Callable[[], Instant]) -> int:
    """Replay what is new, store the state; return its position.

    Args:
        url: the database's SQLAlchemy address.
        now: the clock.

    Raises:
        psycopg.Error: the database would not.
    """
    journal, snapshots = PostgresJournal(url), Snapshots(url)
    try:
        engine, position = await rebuild(journal, snapshots)
        await snapshots.keep(position, frozen(engine.state), now())
    finally:
        await journal.close()
    return position


class Snapshotter:
    """Has a snapshot made when it is told to; one at a time.

    Args:
        url: the database's SQLAlchemy address.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._wanted = asyncio.Event()
        self.begun = asyncio.Event()
        """A process was started at least once."""
        self.process: asyncio.subprocess.Process | None = None
        """The newest one."""

    def want(self) -> None:
        """Soon. Never blocks; asked for again while one is made, it is made once more."""
        self._wanted.set()

    async def run(self) -> None:
        """Make what is wanted until cancelled. A failure costs the next start some time."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self.make()

    async def make(self) -> int:
        """Make one now, in a process of its own; 0 when it was stored."""
        process = self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            __name__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self.begun.set()
        try:
            async with asyncio.timeout(WITHIN_S):
                _, said = await process.communicate(self._url.encode())
        except TimeoutError:
            said = b"took too long"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            log.warning("snapshot.not_kept", error=said.decode(errors="replace")[-500:])
        return process.returncode or 0


def _main() -> None:
    """Keep one snapshot; the database's address comes by standard input."""
    os.nice(POLITE)
    asyncio.run(keep_snapshot(sys.stdin.read(), system_now))


if __name__ == "__main__":
    _main()
