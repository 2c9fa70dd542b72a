"""The product under drill: `lianxi up` in a home of its own, driven as an operator drives it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lianxi.drills.errors import CentreDidNotStart
from lianxi.drills.network import inhabitants

START_WITHIN_S = 120.0
STOP_WITHIN_S = 30.0
PROGRAM = (str(Path(sys.executable).parent / "lianxi"),)
_LOOK_EVERY_S = 0.05


@dataclass(slots=True)
class Product:
    """One centre in one home.

    Args:
        home: its folder.
        extra: further settings (`LIANXI_...`).
        options: of `lianxi up`.
    """

    home: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    url: str = ""
    sip_port: int = 0
    pid: int = 0
    numbers: tuple[str, ...] = ()
    _running: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What commands of this centre see."""
        return {**os.environ, "LIANXI_HOME": str(self.home), **self.extra}

    @property
    def output(self) -> Path:
        """What `lianxi up` prints."""
        return self.home.parent / "up.log"

    @property
    def _ready_file(self) -> Path:
        return self.home / "run" / "ready.json"

    async def start(self, *, within_s: float = START_WITHIN_S) -> float:
        """Start it and wait until it takes calls; returns the seconds that took.

        Raises:
            CentreDidNotStart: it ended, or time was up.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        with self.output.open("ab") as output:
            self._running = await asyncio.create_subprocess_exec(
                *PROGRAM,
                "up",
                *self.options,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        while not self._is_ready(self._running.pid):
            if self._running.returncode is not None or loop.time() - began > within_s:
                raise CentreDidNotStart(within_s=round(within_s), words=self._last_words())
            # poll: the file appears without a word to us, and the program may end instead
            await asyncio.sleep(_LOOK_EVERY_S)
        return loop.time() - began

    def _is_ready(self, pid: int) -> bool:
        try:
            told = json.loads(self._ready_file.read_text())
        except (FileNotFoundError, ValueError):
            return False
        if told["pid"] != pid:
            return False  # of the one that was killed
        self.url, self.sip_port, self.pid = told["url"], told["sip_port"], told["pid"]
        self.numbers = tuple(told["numbers"])
        return True

    def _last_words(self) -> str:
        if not self.output.exists():
            return "none"
        lines = [line for line in self.output.read_text(errors="replace").splitlines() if line]
        return " | ".join(lines[-8:])

    async def stop(self) -> int | None:
        """Ask it to stop and wait; its exit status, None when it had to be killed."""
        running = self._running
        if running is None or running.returncode is not None:
            return None if running is None else running.returncode
        running.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_WITHIN_S):
                return await running.wait()
        except TimeoutError:
            await self.kill()
            return None

    async def kill(self) -> None:
        """`kill -9` of the application alone; PostgreSQL and Asterisk live on."""
        if self._running is not None and self._running.returncode is None:
            self._running.kill()
            await self._running.wait()

    def postgres_pid(self) -> int | None:
        """Pid of the database server, None while it is down."""
        try:
            first = (self.home / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0]
        except OSError:
            return None
        pid = int(first) if first.isdecimal() else 0
        return pid if any(one.pid == pid for one in inhabitants()) else None

    def asterisk_pid(self) -> int | None:
        """Pid of the switch, None while it is down."""
        configuration = str(self.home / "asterisk" / "etc" / "asterisk.conf")
        found = (one.pid for one in inhabitants() if f"-C {configuration}" in one.command)
        return next(found, None)

    def accounts(self) -> dict[str, str]:
        """Passwords of the demonstration accounts by user name."""
        told = json.loads((self.home / "demo-accounts.json").read_text(encoding="utf-8"))
        return {each["username"]: each["password"] for each in told["accounts"]}
