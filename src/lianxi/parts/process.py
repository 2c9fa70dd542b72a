"""One process of the machine, watched through its pidfd.

A pid alone proves nothing: numbers are reused. A pidfd names one process for ever, becomes
readable when it ends, and signals sent through it can never hit a stranger. It works for processes
started by an earlier run of the application as well as for our own children.
"""

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

CLEAN_ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "HOME": "/",
}
"""What a part sees: nothing of the shell the application happened to be started from."""

StopStep = tuple[signal.Signals, float]
"""A signal, and how many seconds to wait for the end before the next step."""

LOG_LIMIT_BYTES = 16 * 1024 * 1024


class WatchedProcess:
    """A living process. Make one with `spawn` or `adopt`, inside a running event loop."""

    def __init__(self, pid: int, child: "subprocess.Popen[bytes] | None" = None) -> None:
        """Begin to watch `pid`.

        Raises:
            ProcessLookupError: there is no such process.
        """
        self.pid = pid
        self._child = child
        self._loop = asyncio.get_running_loop()
        self._gone = asyncio.Event()
        self._pidfd = os.pidfd_open(pid)
        self._loop.add_reader(self._pidfd, self._on_exit)

    @classmethod
    def spawn(
        cls,
        command: Sequence[str],
        *,
        folder: Path,
        log: Path,
        environment: Mapping[str, str] = CLEAN_ENVIRONMENT,
    ) -> "WatchedProcess":
        """Start `command` in a session of its own, so that it outlives us and our terminal.

        Args:
            command: the program, by absolute path, and its arguments.
            folder: where it works.
            log: where its output is appended; moved aside first when above 16 MB.
            environment: its whole environment.

        Raises:
            OSError: the program or the folder is missing or forbidden.
        """
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".old"))
        with log.open("ab") as output:
            child = subprocess.Popen(
                list(command),
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(child.pid, child)

    @classmethod
    def adopt(cls, pid: int) -> "WatchedProcess":
        """Watch a process somebody else started. The caller has proved who it is.

        Raises:
            ProcessLookupError: it is gone.
        """
        return cls(pid)

    @property
    def is_alive(self) -> bool:
        """Whether it had not ended when the event loop last looked."""
        return not self._gone.is_set()

    @property
    def status(self) -> int | None:
        """Exit status once ended (negative: the signal), None when unknown."""
        return self._child.returncode if self._child else None

    async def ended(self) -> None:
        """Wait until the process has ended."""
        await self._gone.wait()

    async def stop(self, steps: Sequence[StopStep]) -> bool:
        """Ask it to end, more firmly at each step.

        Returns:
            Whether it has ended.
        """
        for sign, patience_s in steps:
            if not self.is_alive:
                return True
            self.send(sign)
            try:
                async with asyncio.timeout(patience_s):
                    await self.ended()
            except TimeoutError:
                continue
        return not self.is_alive

    def send(self, sign: signal.Signals) -> None:
        """Send one signal; nothing happens when the process has just ended."""
        if not self.is_alive:
            return
        try:
            signal.pidfd_send_signal(self._pidfd, sign)
        except ProcessLookupError:
            return

    def release(self) -> None:
        """Stop watching and leave it running, for the next start to adopt."""
        if self._gone.is_set():
            return
        self._close()
        if self._child is not None:
            # Popen complains about a child nobody waited for; this one is left on purpose.
            self._child.returncode = 0

    def _on_exit(self) -> None:
        self._close()
        if self._child is not None:
            self._child.wait()  # ended already: this only collects the status
        self._gone.set()

    def _close(self) -> None:
        self._loop.remove_reader(self._pidfd)
        os.close(self._pidfd)


def command_line(pid: int) -> list[str]:
    """The arguments a process was started with; empty when it is gone or a kernel thread."""
    try:
        content = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [os.fsdecode(part) for part in content.rstrip(b"\0").split(b"\0")] if content else []


def last_lines(log: Path, *, since: int = 0, count: int = 5) -> str:
    """The last non-empty lines of a log from byte `since`, joined for an error message."""
    try:
        with log.open("rb") as stream:
            stream.seek(since)
            text = stream.read().decode(errors="replace")
    except OSError:
        return ""
    return " | ".join([line.strip() for line in text.splitlines() if line.strip()][-count:])
