"""Work in order within a line, lines side by side: one contact never overtakes itself, nor waits
for another."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class Lines:
    """Takes work at any time, does it while `run` runs. Work that raises ends `run`."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Work]] = {}
        self._working: asyncio.TaskGroup | None = None

    def put(self, line: str, work: Work) -> None:
        """Do this after everything that was put into the same line before. Never blocks."""
        if line in self._waiting:
            self._waiting[line].append(work)
            return
        self._waiting[line] = deque([work])
        self._begin(line)

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            async with asyncio.TaskGroup() as self._working:
                for line in list(self._waiting):
                    self._begin(line)
                await asyncio.get_running_loop().create_future()
        finally:
            self._working = None

    def _begin(self, line: str) -> None:
        if self._working is None:
            return
        work = self._work_off(line)
        try:
            self._working.create_task(work)
        except RuntimeError:
            work.close()  # it is ending: what waits is begun by the next run

    async def _work_off(self, line: str) -> None:
        waiting = self._waiting[line]
        while waiting:
            # Stays in the line while it is done, so that what comes now queues behind it.
            await waiting[0]()
            waiting.popleft()
        del self._waiting[line]
