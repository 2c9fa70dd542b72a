"""Keeps one part running: starts or adopts it, watches it, brings it back when it dies."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from lianxi.parts.errors import PartRefusal
from lianxi.parts.process import StopStep, WatchedProcess

log = structlog.get_logger()

BACK_OFF_S = (0.1, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Pause before each attempt to bring a dead part back; the last one repeats."""

STEADY_AFTER_S = 60.0
"""A part that lived this long starts over at the first pause when it dies."""


def _nothing() -> None:
    """Nobody listens."""


class Supervisor:
    """Runs `bring_up` at the start and after each death of the process it returned."""

    def __init__(
        self,
        part: str,
        bring_up: Callable[[], Awaitable[WatchedProcess]],
        *,
        on_down: Callable[[], None] = _nothing,
        on_up: Callable[[], None] = _nothing,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            part: its name in the log.
            bring_up: start or adopt the part; returns when it answers.
            on_down: called when the process has died.
            on_up: called when it answers again; not after the first start.
        """
        self._part = part
        self._bring_up = bring_up
        self._on_down = on_down
        self._on_up = on_up
        self._process: WatchedProcess | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def process(self) -> WatchedProcess | None:
        """The living process, None before the start, while down and after the stop."""
        if self._process is not None and self._process.is_alive:
            return self._process
        return None

    async def start(self) -> None:
        """Bring the part up and begin to watch it.

        Raises:
            PartRefusal: it cannot run; nothing is watched then.
        """
        self._process = await self._bring_up()
        self._watch = asyncio.create_task(self._keep_alive(), name=f"supervise {self._part}")

    async def stop(self, steps: Sequence[StopStep]) -> None:
        """Stop watching, then stop the process by the given steps."""
        await self._stop_watching()
        process, self._process = self._process, None
        if process is not None and not await process.stop(steps):
            log.error("part_would_not_stop", part=self._part, pid=process.pid)

    async def release(self) -> None:
        """Stop watching and leave the process to the next start."""
        await self._stop_watching()
        if self._process is not None:
            self._process.release()
            self._process = None

    async def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
            self._watch = None

    async def _keep_alive(self) -> None:
        loop = asyncio.get_running_loop()
        attempt = 0
        while self._process is not None:
            since = loop.time()
            await self._process.ended()
            log.error("part_died", part=self._part, status=self._process.status)
            self._on_down()
            if loop.time() - since > STEADY_AFTER_S:
                attempt = 0
            attempt = await self._bring_back(attempt)
            self._on_up()

    async def _bring_back(self, attempt: int) -> int:
        while True:
            # back-off: a part that dies at once must not be started in a tight loop
            await asyncio.sleep(BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)])
            attempt += 1
            try:
                self._process = await self._bring_up()
            except (PartRefusal, OSError) as error:
                log.error("part_not_back", part=self._part, attempt=attempt, why=str(error))
                continue
            log.warning("part_back", part=self._part, attempt=attempt, pid=self._process.pid)
            return attempt
