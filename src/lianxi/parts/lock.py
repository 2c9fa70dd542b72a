"""A lock held by a living process: the kernel frees it when the holder dies, however it dies."""

import fcntl
import os
from pathlib import Path

from lianxi.parts.errors import AlreadyRunning


class FileLock:
    """An advisory lock on a file that also says who holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_hold(self) -> bool:
        """Take the lock if it is free.

        Returns:
            Whether we hold it now.

        Raises:
            OSError: the file cannot be made.
        """
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return True

    def holder(self) -> int | None:
        """Pid of the process that last took the lock; None when nobody ever did."""
        try:
            text = self._path.read_text().strip()
        except OSError:
            return None
        return int(text) if text.isdecimal() else None

    def let_go(self) -> None:
        """Release the lock if held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def sole_user_of(run: Path) -> FileLock:
    """Make sure that one application at a time works in a home; keep the result until the end.

    Args:
        run: the home's folder of sockets and locks.

    Raises:
        AlreadyRunning: another process holds it.
    """
    lock = FileLock(run / "lianxi.lock")
    if not lock.try_hold():
        raise AlreadyRunning(path=str(run.parent), pid=lock.holder() or "unknown")
    return lock
