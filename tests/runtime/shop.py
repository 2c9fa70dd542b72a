"""A Driver on a journal in memory and a switch in memory, with a clock that a test moves."""

import asyncio
from collections.abc import Callable, Sequence

from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_inputs import AgentSignedIn, AgentStateAsked
from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.journal.contracts import Answer, JournalBroken, Recorded, Step
from lianxi.journal.memory import MemoryJournal
from lianxi.kernel.ids import AgentId, Endpoint
from lianxi.kernel.time import Instant
from lianxi.runtime.driver import Driver
from tests.builders.centre import a_routing

WITHIN_S = 10.0
"""What happens at once; only a machine that is busy elsewhere needs more than a moment."""


class HeldJournal(MemoryJournal):
    """A journal whose appends wait while it is held, or break, and that tells of each."""

    def __init__(self) -> None:
        super().__init__()
        self.open = asyncio.Event()
        self.open.set()
        self.begun = asyncio.Event()
        self.done = asyncio.Event()
        self.is_broken = False
        self.batches: list[tuple[list[Step], list[Answer]]] = []

    async def append(self, steps: Sequence[Step], answers: Sequence[Answer] = ()) -> list[Recorded]:
        """Append when let."""
        self.batches.append((list(steps), list(answers)))
        self.begun.set()
        await self.open.wait()
        if self.is_broken:
            raise JournalBroken("the disk is full")
        recorded = await super().append(steps, answers)
        done, self.done = self.done, asyncio.Event()
        done.set()
        return recorded


class Shop:
    """The Driver and what is around it."""

    def __init__(self, engine: Engine | None = None) -> None:
        self.at = 1_000_000
        self.clock: Callable[[], Instant] | None = None
        self.journal = HeldJournal()
        self.world = World(now=self.now)
        self.switch = FakeSwitch(self.world)
        self.commands: list[Command] = []
        self.snapshots_wanted_at: list[int] = []
        self.kind = type(engine) if engine is not None else Engine
        self.driver = self.drive(engine or Engine(), 0)

    def drive(self, engine: Engine, position: int) -> Driver:
        """A Driver that believes the journal ends at `position`."""
        return Driver(
            engine,
            position=position,
            journal=self.journal,
            perform=self._perform,
            now=self.now,
            rebuild=self.rebuild,
            snapshot=lambda: self.snapshots_wanted_at.append(self.driver.position),
        )

    def now(self) -> Instant:
        """The clock of everybody."""
        return Instant(self.at) if self.clock is None else self.clock()

    async def rebuild(self) -> tuple[Engine, int]:
        """The engine as the journal left it."""
        lines = self.journal.lines
        return self.kind(line.event for line in lines), len(lines)

    def _perform(self, command: Command) -> None:
        self.commands.append(command)
        self.switch.perform(command)

    @property
    def events(self) -> list[Event]:
        """Everything written so far."""
        return [line.event for line in self.journal.lines]

    async def written(self, kind: type[Event], count: int = 1) -> list[Event]:
        """Wait until so many events of a kind are written, and what followed is done."""
        async with asyncio.timeout(WITHIN_S):
            while len(found := [e for e in self.events if isinstance(e, kind)]) < count:
                await self.journal.done.wait()
        return found

    async def answered(self, number: int) -> str | None:
        """Wait for the answer to an asked input; why it was refused."""
        async with asyncio.timeout(WITHIN_S):
            while number not in self.journal.answers:
                await self.journal.done.wait()
        return self.journal.answers[number].refused

    def opens(self) -> None:
        """The configuration comes, and the switch is there."""
        self.switch._tell = self.driver.tell
        self.switch.connect()
        self.driver.tell(RoutingPublished(at=self.now(), routing=a_routing()))

    def agent_comes(self, agent: AgentId) -> Endpoint:
        """An agent takes a desk and is ready as soon as the device registers."""
        endpoint = Endpoint(f"ag-{agent}")
        signed_in = AgentSignedIn(
            at=self.now(),
            agent=agent,
            session=f"tab-{agent}",
            device=DeviceKind.BROWSER,
            endpoint=endpoint,
        )
        self.driver.tell(signed_in)
        self.driver.tell(AgentStateAsked(at=self.now(), agent=agent, to=Intent.READY))
        return endpoint
