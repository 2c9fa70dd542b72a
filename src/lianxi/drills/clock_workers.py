"""Workers that look for deadlines between the steps of a story; one may be killed in the middle."""

import sys
from asyncio.subprocess import PIPE, create_subprocess_exec

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.clock.jobs import Sweeper
from lianxi.office.clock.telling import tell


async def swept(database: Database, at: Instant) -> None:
    """One in this process fires everything that is due."""
    sweeper = Sweeper(database.sessions, lambda: at, tell)
    while await sweeper.round():
        pass


async def killed(url: str, at: Instant) -> bool:
    """One in a process of its own is killed with SIGKILL after everything is written and before it
    is committed; whether it was."""
    command = [sys.executable, "-m", "lianxi.drills.clock_sweeper", url, str(at), "1"]
    worker = await create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    await worker.communicate(b"begin\n")
    return worker.returncode == -9
