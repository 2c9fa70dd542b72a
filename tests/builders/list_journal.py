"""The smallest journal: a list that can grow."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from tests.builders.story import Line


class ListJournal:
    """Lines in memory, with the two ways of reading that followers use."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = list(lines)
        self._grown = asyncio.Condition()

    async def append(self, lines: Sequence[Line]) -> None:
        async with self._grown:
            self.lines.extend(lines)
            self._grown.notify_all()

    async def read(self, after: int, limit: int) -> list[Line]:
        return [line for line in self.lines if line.position > after][:limit]

    async def follow(self, after: int) -> AsyncIterator[list[Line]]:
        while True:
            async with self._grown:
                while self._last() <= after:
                    await self._grown.wait()
            batch = await self.read(after, 100)
            after = batch[-1].position
            yield batch

    def _last(self) -> int:
        return self.lines[-1].position if self.lines else 0
