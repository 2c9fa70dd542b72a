"""The embedded PostgreSQL: a server of our own for one centre, reachable by a Unix socket alone.

It is a child process that survives a crash of the application. The next start finds it by its
socket, makes sure that it serves our data folder, and goes on using it; otherwise it starts one.
"""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import structlog
from psycopg import sql

from lianxi.db.cluster import ROLE, Cluster, packaged_programs
from lianxi.parts.account import account_for
from lianxi.parts.errors import PartDidNotStart
from lianxi.parts.priority import comes_first
from lianxi.parts.process import WatchedProcess
from lianxi.parts.sockets import listener_pid, remove_short_folder, socket_folder
from lianxi.parts.supervisor import Supervisor
from lianxi.settings import Home

log = structlog.get_logger()

READY_WITHIN_S = 120.0
"""Recovery after a crash replays the WAL: 0.5 GB took one second when measured."""

ORPHANS_GONE_WITHIN_S = 15.0
"""After a kill of the server its children need a moment to notice and leave."""

STOP_STEPS = (
    (signal.SIGINT, 20.0),  # "fast": roll back, write a checkpoint, leave
    (signal.SIGQUIT, 10.0),  # "immediate": leave, recover at the next start
    (signal.SIGKILL, 5.0),
)

SERVER_SETTINGS = {
    "listen_addresses": "",
    "jit": "off",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "synchronous_commit": "on",
    "recovery_init_sync_method": "syncfs",
    "wal_compression": "on",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
    "unix_socket_permissions": "0700",
}
"""For a machine of two cores and 4 GB that also carries the calls."""

_SOCKET = ".s.PGSQL.5432"


def _nothing() -> None:
    """Nobody listens."""


class EmbeddedPostgres:
    """Starts, adopts, watches and stops one PostgreSQL server."""

    def __init__(
        self,
        home: Home,
        *,
        on_down: Callable[[], None] = _nothing,
        on_up: Callable[[], None] = _nothing,
        programs: Path | None = None,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            home: the centre's folders; `home.make()` has been called.
            on_down: called when the server has died.
            on_up: called when it answers again.
            programs: folder of the PostgreSQL programs; None takes those we bring.

        Raises:
            PostgresMissing, PartDidNotStart, SocketFolderUnsafe
        """
        programs = programs or packaged_programs()
        account = account_for(home.root, (programs / "postgres", home.postgres))
        self.cluster = Cluster(
            programs, home.postgres / "data", account, home.logs / "postgres.log"
        )
        self.sockets = socket_folder(
            home.run, "postgres", longest_name=_SOCKET + ".lock", account=account
        )
        self._run = home.run
        self.adopted = False
        """Whether the running server was found alive rather than started."""
        self._supervisor = Supervisor("postgres", self._bring_up, on_down=on_down, on_up=on_up)

    def url(self, database: str = ROLE) -> str:
        """The SQLAlchemy address of a database of this server."""
        return f"postgresql+psycopg://{ROLE}@/{database}?host={quote(str(self.sockets), safe='/')}"

    @property
    def pid(self) -> int | None:
        """Pid of the living server, None while it is down."""
        return self._supervisor.process.pid if self._supervisor.process else None

    async def start(self) -> None:
        """Make the cluster if there is none, start or adopt the server, keep it alive.

        Raises:
            PartRefusal: one of the sentences of `db.errors` and `parts.errors`.
        """
        if not self.cluster.check():
            await self.cluster.initialise()
        await self._supervisor.start()
        await self._make_database(ROLE)

    async def stop(self) -> None:
        """Stop the server: open transactions roll back, what was committed is on disk."""
        await self._supervisor.stop(STOP_STEPS)
        remove_short_folder(self.sockets, self._run)

    async def release(self) -> None:
        """Leave the server running, for the next start to adopt."""
        await self._supervisor.release()

    async def _make_database(self, name: str) -> None:
        async with await self._connect() as connection:
            found = await connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", (name,)
            )
            if await found.fetchone() is None:
                await connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    async def _connect(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        return await psycopg.AsyncConnection.connect(
            host=str(self.sockets), user=ROLE, dbname="postgres", autocommit=True, connect_timeout=5
        )

    async def _bring_up(self) -> WatchedProcess:
        adopted = await self._adopt()
        if adopted is not None:
            return adopted
        await self._wait_for_orphans()
        removed = self.cluster.clear_stale_lock_files(self.sockets / (_SOCKET + ".lock"))
        if removed:
            log.warning("postgres_stale_lock_removed", files=[str(file) for file in removed])
        return await self._start_server()

    async def _wait_for_orphans(self) -> None:
        """Wait for the children that a killed server left; they notice within moments."""
        try:
            async with asyncio.timeout(ORPHANS_GONE_WITHIN_S):
                while self.cluster.is_worked_on():  # noqa: ASYNC110
                    # poll: processes of nobody; the system tells no stranger of their end
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise PartDidNotStart(
                part="PostgreSQL",
                reason=f"processes of an earlier server still work in {self.cluster.folder}",
                log=str(self.cluster.log),
            ) from None

    async def _adopt(self) -> WatchedProcess | None:
        """The server that already serves our data folder, if there is one that answers."""
        pid = self.cluster.server_pid()
        if pid is None:
            return None
        try:
            process = WatchedProcess.adopt(pid)
        except ProcessLookupError:
            return None
        if await listener_pid(self.sockets / _SOCKET) != pid:
            log.warning("postgres_without_socket", pid=pid)
            await process.stop(STOP_STEPS)
            return None
        await self._wait_ready(process, log_start=0)
        log.info("postgres_adopted", pid=pid)
        self.adopted = True
        return process

    async def _start_server(self) -> WatchedProcess:
        self.cluster.account.take(self.sockets)
        written = self.cluster.log
        log_start = written.stat().st_size if written.exists() else 0
        options = [f"--{name}={value}" for name, value in SERVER_SETTINGS.items()]
        process = WatchedProcess.spawn(
            [
                *self.cluster.account.prefix,
                str(self.cluster.postgres),
                "-D",
                str(self.cluster.folder),
                "-k",
                str(self.sockets),
                *options,
            ],
            folder=Path("/"),
            log=written,
        )
        comes_first(process.pid)  # each fact is stored before it is acted on
        await self._wait_ready(process, log_start)
        log.info("postgres_started", pid=process.pid)
        self.adopted = False
        return process

    async def _wait_ready(self, process: WatchedProcess, log_start: int) -> None:
        """Connect until it answers from our data folder, or has died, or time is up."""
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                while process.is_alive:
                    if await self._answers():
                        return
                    # poll: PostgreSQL tells nobody that it is ready; connecting is how to ask
                    await asyncio.sleep(0.03)
            raise self.cluster.failure(log_start)
        except TimeoutError:
            process.send(signal.SIGINT)
            raise PartDidNotStart(
                part="PostgreSQL",
                reason=f"it does not answer after {READY_WITHIN_S:.0f} seconds",
                log=str(self.cluster.log),
            ) from None
        except asyncio.CancelledError:
            process.send(signal.SIGINT)
            raise

    async def _answers(self) -> bool:
        try:
            async with await self._connect() as connection:
                found = await connection.execute("SHOW data_directory")
                row = await found.fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(str(row[0])) == self.cluster.folder
