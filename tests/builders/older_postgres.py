"""A PostgreSQL of another version than the one we bring, for what has to run on both."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from lianxi.db.cluster import ROLE
from lianxi.parts.account import Account, account_for
from lianxi.parts.process import CLEAN_ENVIRONMENT
from lianxi.parts.sockets import remove_short_folder, socket_folder
from lianxi.settings import Home

OLDEST = "15"
"""The oldest version that the product runs on."""


def debian_programs(version: str) -> Path:
    """Where Debian's package puts the programs of a version, installed or not."""
    return Path("/usr/lib/postgresql", version, "bin")


@asynccontextmanager
async def server_of(programs: Path, folder: Path) -> AsyncIterator[str]:
    """A server in an empty folder, on a Unix socket alone; gives the address of its first database.

    Raises:
        AssertionError: one of its programs failed; the message is what it wrote.
    """
    home = Home(root=folder / "home", cache=folder / "cache")
    home.make()
    account = account_for(home.root, (programs / "postgres",))
    sockets = socket_folder(
        home.run, "postgres", longest_name=".s.PGSQL.5432.lock", account=account
    )
    cluster = account.take(home.postgres / "data")
    made = (f"--username={ROLE}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    control = (programs / "pg_ctl", "--wait", f"--pgdata={cluster}")
    options = f"-F -k '{sockets}' -c listen_addresses= -c timezone=UTC"
    await _run(account, home.logs, programs / "initdb", f"--pgdata={cluster}", "--no-sync", *made)
    await _run(account, home.logs, *control, f"--options={options}", "start")
    try:
        yield f"postgresql+psycopg://{ROLE}@/postgres?host={quote(str(sockets), safe='/')}"
    finally:
        await _run(account, home.logs, *control, "--mode=fast", "stop")
        remove_short_folder(sockets, home.run)


async def _run(account: Account, logs: Path, *command: str | Path) -> None:
    """Run to its end. Its output goes to a file: the server it starts would keep a pipe open."""
    log = logs / "older.log"
    with log.open("ab") as output:
        child = await asyncio.create_subprocess_exec(
            *account.prefix,
            *map(str, command),
            cwd="/",
            env=dict(CLEAN_ENVIRONMENT),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        status = await child.wait()
    assert status == 0, log.read_text()
