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
        self._fresh: asyncio.Queue[str] = asyncio.Queue()

    def put(self, line: str, work: Work) -> None:
        """Do this after everything that was put into the same line before. Never blocks."""
        if line in self._waiting:
            self._waiting[line].append(work)
        else:
            self._waiting[line] = deque([work])
            self._fresh.put_nowait(line)

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._work_off(await self._fresh.get()))

    async def _work_off(self, line: str) -> None:
        waiting = self._waiting[line]
        while waiting:
            # Stays in the line while it is done, so that what comes now queues behind it.
            await waiting[0]()
            waiting.popleft()
        del self._waiting[line]
