"""The shell around one engine: one mailbox, one timer, one writer.

Input -> step -> append (committed) -> perform. No await between the steps of a batch: what arrived
while the last append was under way is decided together and committed together (group commit). If
the append fails, the Driver ends; the next one rebuilds the engine from what was written. If the
engine fails, see `quarantine`.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import structlog

from lianxi.engine.asked import refusal
from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.plain import fields_of
from lianxi.engine.state import State
from lianxi.journal.contracts import Answer, Asked, Journal, JournalBroken, Recorded, Step
from lianxi.kernel.time import Instant
from lianxi.runtime.quarantine import REFUSED, Faulted, Quarantine

log = structlog.get_logger(__name__)

SNAPSHOT_EVERY = 10_000
BATCH = 200

Rebuild = Callable[[], Awaitable[tuple[Engine, int]]]
"""Makes the engine as the journal left it, and says where the journal ends."""


@dataclass(frozen=True, slots=True)
class Received:
    """An input in the mailbox."""

    given: Input
    heard: float
    """Monotonic seconds, for the latency figure."""
    number: int | None = None
    """Of the inbox row that wants an answer."""
    refused: str | None = None
    """The answer, when it was found before the engine was asked."""


class Latency(NamedTuple):
    """How long one input took, in seconds."""

    stored: float
    """From the mailbox to the commit of its batch."""
    performed: float
    """From the mailbox to the last command of its batch."""


@dataclass(slots=True)
class Decided:
    """What a batch came to, to be committed together."""

    steps: list[Step] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    fault: Faulted | None = None


class Driver:
    """Runs an engine on real time.

    Args:
        engine: rebuilt from the journal up to `position`.
        position: where the journal ends.
        journal: where facts go.
        perform: hands a command to its channel; must not block.
        now: the clock. All inputs are stamped with it, whatever the clock of who tells them.
        rebuild: makes the engine anew from the journal.
        snapshot: has a snapshot made; called now and then, must not block.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        position: int,
        journal: Journal,
        perform: Callable[[Command], None],
        now: Callable[[], Instant],
        rebuild: Rebuild,
        snapshot: Callable[[], None] | None = None,
    ) -> None:
        self._engine = engine
        self._journal = journal
        self._perform = perform
        self._now = now
        self._rebuild = rebuild
        self._snapshot = snapshot
        self._snapshot_at = position + SNAPSHOT_EVERY
        self._mailbox: asyncio.Queue[Received] = asyncio.Queue()
        self._put_back: deque[Received] = deque()
        self._quarantine = Quarantine()
        self._oldest: float | None = None
        """When the first input of the batch under way was heard."""
        self.position = position
        self.latencies: deque[Latency] = deque(maxlen=10_000)
        """How long the newest inputs took that led to facts."""

    @property
    def state(self) -> State:
        """The living state, one object for the Driver's life: read it, never keep parts of it
        across an await."""
        return self._engine.state

    @property
    def alarm(self) -> str:
        """Code of what is wrong with the engine, "" when nothing is."""
        return self._quarantine.alarm(self._now())

    @property
    def behind_s(self) -> float:
        """How long the oldest input waits by now of which nothing was done yet; 0 = none does.
        Seconds."""
        return 0.0 if self._oldest is None else time.monotonic() - self._oldest

    def tell(self, given: Input) -> None:
        """An input from a channel or the runtime itself."""
        self._receive(given)

    def ask(self, asked: Asked) -> None:
        """An input from the inbox; it gets an answer in any case."""
        if asked.given is None:
            self._receive(Tick(at=self._now()), asked.number, asked.refused)
        else:
            self._receive(asked.given, asked.number)

    def _receive(self, given: Input, number: int | None = None, refused: str | None = None) -> None:
        given = msgspec.structs.replace(given, at=self._now())
        self._mailbox.put_nowait(Received(given, time.monotonic(), number, refused))

    async def run(self) -> None:
        """Decide and perform until cancelled.

        Raises:
            JournalBroken: nothing more may be decided on this state.
        """
        while True:
            received = await self._next()
            self._oldest = received[0].heard if received else time.monotonic()
            decided = self._decide(received)
            if decided.steps or decided.answers:
                self._act(await self._journal.append(decided.steps, decided.answers), decided)
            if decided.fault is not None:
                await self._restore(decided.fault)
            else:
                self._want_snapshot()
            self._oldest = None

    # --- deciding

    async def _next(self) -> deque[Received]:
        received, self._put_back = self._put_back, deque()
        if not received:
            deadline = self._engine.next_deadline()
            wait = None if deadline is None else max(0, deadline - self._now()) / 1000
            try:
                async with asyncio.timeout(wait):
                    received.append(await self._mailbox.get())
            except TimeoutError:
                return received
        while len(received) < BATCH and not self._mailbox.empty():
            received.append(self._mailbox.get_nowait())
        return received

    def _decide(self, received: deque[Received]) -> Decided:
        """Take inputs in order; deadlines that came before an input go before it."""
        decided = Decided()
        try:
            while received:
                self._keep_deadlines(received[0].given.at, decided)
                self._take(received.popleft(), decided)
            self._keep_deadlines(self._now(), decided)
        except Faulted as fault:
            decided.fault = fault
            self._put_back = received
        return decided

    def _keep_deadlines(self, at: Instant, decided: Decided) -> None:
        deadline = self._engine.next_deadline()
        if deadline is not None and deadline <= at and (due := self._step(Tick(at=at))):
            decided.steps.append(Step(events=due))

    def _take(self, one: Received, decided: Decided) -> None:
        decided.heard.append(one.heard)
        refused = one.refused
        try:
            if self._quarantine.holds(one.given, one.given.at):
                refused = refused or REFUSED
            if refused is None and one.number is not None:
                refused = self._refusal(one.given)
            if refused is None and (events := self._step(one.given)):
                decided.steps.append(Step(events=events, cause=one.number))
        except Faulted as fault:
            refused = REFUSED
            self._quarantine.take(fault, self._now(), is_asked=one.number is not None)
            raise
        finally:
            if one.number is not None:
                decided.answers.append(Answer(number=one.number, refused=refused))

    def _step(self, given: Input) -> Sequence[Event]:
        try:
            return self._engine.step(given)
        except Exception as error:
            raise Faulted(given) from error

    def _refusal(self, given: Input) -> str | None:
        try:
            return refusal(given, self.state)
        except Exception as error:
            raise Faulted(given) from error

    # --- acting

    def _act(self, recorded: Sequence[Recorded], decided: Decided) -> None:
        if not recorded:
            return
        stored = time.monotonic()
        if recorded[0].position != self.position + 1:
            raise JournalBroken(f"somebody else wrote line {self.position + 1}")
        self.position = recorded[-1].position
        for line in recorded:
            try:
                for command in effects(line.event):
                    self._perform(command)
            except Exception:
                # The fact is written and stays; what was not done, the reconciler will find.
                self._quarantine.alert(self._now())
                log.exception("driver.effect_failed", position=line.position)
        performed = time.monotonic()
        self.latencies.extend(Latency(stored - heard, performed - heard) for heard in decided.heard)

    async def _restore(self, fault: Faulted) -> None:
        """The state as the journal has it, in the same object, for others hold on to it."""
        if isinstance(fault.given, Tick):
            self._quarantine.take(fault, self._now(), is_asked=False)
        engine, position = await self._rebuild()
        if position != self.position:
            raise JournalBroken(f"the journal ends at {position}, not at {self.position}")
        for name in fields_of(State):
            setattr(self.state, name, getattr(engine.state, name))
        self._quarantine.settle(self.state, self._now(), fault)
        log.warning("driver.state_rebuilt", position=position)

    def _want_snapshot(self) -> None:
        if self._snapshot is not None and self.position >= self._snapshot_at:
            self._snapshot_at = self.position + SNAPSHOT_EVERY
            self._snapshot()
