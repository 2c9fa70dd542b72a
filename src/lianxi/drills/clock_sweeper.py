"""One worker of `bench clocks`: sweeps until nothing is due; it may be told to be killed.

    python -m lianxi.drills.clock_sweeper URL NOW [KILLED_IN_ROUND]

It connects, says `ready`, waits for a line, sweeps, and says how many marks it fired. Killed means
SIGKILL in the middle of that round, after everything is written and before it is committed.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.clock.contracts import Fired
from lianxi.office.clock.jobs import Sweeper
from lianxi.office.clock.telling import tell


async def sweep(url: str, now: Instant, killed_in: int | None) -> int:
    """Fire everything that is due; how many marks."""
    rounds = 0

    async def told(session: AsyncSession, fired: Sequence[Fired]) -> None:
        nonlocal rounds
        rounds += 1
        await tell(session, fired)
        if rounds == killed_in:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url, pool=1)
    sweeper = Sweeper(database.sessions, lambda: now, told)
    async with database.sessions() as session:
        await session.connection()
    _say("ready")
    await asyncio.to_thread(sys.stdin.readline)
    fired = 0
    while found := await sweeper.round():
        fired += found
    await database.close()
    return fired


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    killed = int(sys.argv[3]) if len(sys.argv) > 3 else None
    _say(str(asyncio.run(sweep(sys.argv[1], Instant(int(sys.argv[2])), killed))))
