"""The shell around one engine: one mailbox, one timer, one writer.

Input -> step -> append (committed) -> perform. No await between the steps of a batch: what arrived
while the last append was under way is decided together and committed together (group commit). If
the append fails, the Driver ends; the next one rebuilds the engine from what was written.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import structlog

from lianxi.engine.asked import refusal
from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.state import State, frozen
from lianxi.journal.contracts import Answer, Asked, Journal, Step
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

SNAPSHOT_EVERY = 5_000
BATCH = 200


@dataclass(frozen=True, slots=True)
class Received:
    """An input in the mailbox."""

    given: Input
    number: int | None
    """Of the inbox row that wants an answer."""
    heard: float
    """Monotonic seconds, for the latency figure."""


class Driver:
    """Runs an engine on real time.

    Args:
        engine: rebuilt from the journal up to `position`.
        position: where the journal ends.
        journal: where facts go.
        perform: hands a command to its channel; must not block.
        now: the clock.
        snapshot: stores a frozen state; called now and then, must not block.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        position: int,
        journal: Journal,
        perform: Callable[[Command], None],
        now: Callable[[], Instant],
        snapshot: Callable[[int, bytes], None] | None = None,
    ) -> None:
        self._engine = engine
        self._journal = journal
        self._perform = perform
        self._now = now
        self._snapshot = snapshot
        self._snapshot_at = position + SNAPSHOT_EVERY
        self._mailbox: asyncio.Queue[Received] = asyncio.Queue()
        self.position = position
        self.latencies: deque[float] = deque(maxlen=10_000)
        """Seconds from input to command performed, the newest."""

    @property
    def state(self) -> State:
        """The living state: read it, never keep it across an await."""
        return self._engine.state

    def tell(self, given: Input) -> None:
        """An input from a channel or the runtime itself."""
        self._mailbox.put_nowait(Received(given, None, time.monotonic()))

    def ask(self, asked: Asked) -> None:
        """An input from the inbox; its clock is the asker's, so ours is written instead."""
        given = msgspec.structs.replace(asked.given, at=self._now())
        self._mailbox.put_nowait(Received(given, asked.number, time.monotonic()))

    async def run(self) -> None:
        """Decide and perform until cancelled.

        Raises:
            JournalBroken: nothing more may be decided on this state.
        """
        while True:
            received = await self._next()
            steps, answers = self._decide(received)
            if not steps and not answers:
                continue
            recorded = await self._journal.append(steps, answers)
            for line in recorded:
                for command in effects(line.event):
                    self._perform(command)
            if recorded:
                self.position = recorded[-1].position
                performed = time.monotonic()
                self.latencies.extend(performed - one.heard for one in received)
            self._take_snapshot()

    def _decide(self, received: list[Received]) -> tuple[list[Step], list[Answer]]:
        steps: list[Step] = []
        answers: list[Answer] = []
        due = self._engine.step(Tick(at=self._now()))
        if due:
            steps.append(Step(events=due))
        for one in received:
            refused = None if one.number is None else refusal(one.given, self.state)
            if refused is None:
                events = self._engine.step(one.given)
                if events:
                    steps.append(Step(events=events, cause=one.number))
            if one.number is not None:
                answers.append(Answer(number=one.number, refused=refused))
        return steps, answers

    async def _next(self) -> list[Received]:
        deadline = self._engine.next_deadline()
        wait = None if deadline is None else max(0, deadline - self._now()) / 1000
        received: list[Received] = []
        try:
            async with asyncio.timeout(wait):
                received.append(await self._mailbox.get())
        except TimeoutError:
            return received
        while len(received) < BATCH and not self._mailbox.empty():
            received.append(self._mailbox.get_nowait())
        return received

    def _take_snapshot(self) -> None:
        if self._snapshot is not None and self.position >= self._snapshot_at:
            self._snapshot_at = self.position + SNAPSHOT_EVERY
            self._snapshot(self.position, frozen(self.state))
