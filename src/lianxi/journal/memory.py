"""A journal in memory: for tests and for the simulator. Passes the same suite as the real one."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from lianxi.journal.codec import stream_of
from lianxi.journal.contracts import Answer, Recorded, Step


class MemoryJournal:
    """Lines in a list."""

    def __init__(self) -> None:
        self.lines: list[Recorded] = []
        self.answers: dict[int, Answer] = {}
        self._grown = asyncio.Event()

    async def append(self, steps: Sequence[Step], answers: Sequence[Answer] = ()) -> list[Recorded]:
        """See `Journal.append`."""
        recorded: list[Recorded] = []
        for step in steps:
            for event in step.events:
                recorded.append(
                    Recorded(
                        position=len(self.lines) + len(recorded) + 1,
                        at=event.at,
                        stream=stream_of(event),
                        event=event,
                        cause=step.cause,
                    )
                )
        self.lines += recorded
        self.answers |= {answer.number: answer for answer in answers}
        if recorded:
            grown, self._grown = self._grown, asyncio.Event()
            grown.set()
        return recorded

    async def read(self, after: int, limit: int = 1000) -> list[Recorded]:
        """See `Journal.read`."""
        return self.lines[after : after + limit]

    async def stream(self, name: str) -> list[Recorded]:
        """See `Journal.stream`."""
        return [line for line in self.lines if line.stream == name]

    async def last_position(self) -> int:
        """See `Journal.last_position`."""
        return len(self.lines)

    async def follow(self, after: int) -> AsyncGenerator[list[Recorded], None]:
        """See `Journal.follow`."""
        while True:
            grown = self._grown
            if batch := self.lines[after:]:
                after = batch[-1].position
                yield batch
            else:
                await grown.wait()
