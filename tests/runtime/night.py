"""A centre whose Driver may be killed at any moment: real engine, switch and reconciler, no clock.

Between two kills everything is done at once and in order. A kill comes after an append and before
its commands: they are never performed, and what was in the mailbox is lost.
"""

from collections import deque
from collections.abc import Coroutine
from typing import TypeVar, cast

from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import RoutingPublished, Tick
from lianxi.engine.state import State
from lianxi.journal.contracts import Step
from lianxi.journal.memory import MemoryJournal
from lianxi.kernel.time import Instant
from lianxi.runtime.driver import Driver
from lianxi.runtime.mending import mend
from lianxi.runtime.reconciler import Reconciler, unheard_endings, unheard_music
from lianxi.runtime.switchboard import devices
from tests.builders.centre import a_routing

T = TypeVar("T")


def finish(work: Coroutine[None, None, T]) -> T:
    """Run what never waits."""
    try:
        work.send(None)
    except StopIteration as stop:
        return cast(T, stop.value)
    raise AssertionError("it waits")


class Night:
    """The centre."""

    def __init__(self) -> None:
        self.at = 1_000_000
        self.world = World(now=self.now)
        self.journal = MemoryJournal()
        self.kill_after: int | None = None
        """Kill after so many more appends."""
        self.kills = 0
        self.begins()
        self.tell(RoutingPublished(at=self.now(), routing=a_routing()))
        self.settles()

    def now(self) -> Instant:
        """The clock of everybody."""
        return Instant(self.at)

    @property
    def state(self) -> State:
        """What the switchboard believes."""
        return self.engine.state

    def begins(self) -> None:
        """A new Driver from the journal."""
        self.engine = Engine(line.event for line in self.journal.lines)
        self.mailbox: deque[Input] = deque()
        self.reconciler = Reconciler()
        self.switch = FakeSwitch(self.world, devices=lambda: devices(self.state))
        self.switch._tell = self.mailbox.append
        self.mailbox.extend(unheard_endings(self.state, self.now()))
        for command in unheard_music(self.state):
            self.switch.perform(command)
        self.switch.connect()

    def killed(self) -> None:
        """The Driver dies, the next one begins."""
        self.kills += 1
        self.kill_after = None
        self.switch.disconnect()
        self.begins()

    def tell(self, given: Input) -> None:
        """As `Driver.tell`."""
        self.mailbox.append(given)

    def settles(self) -> None:
        """Everything in the mailbox is done, unless the Driver is killed before."""
        while self.mailbox:
            events = self.engine.step(self.mailbox.popleft())
            if not events:
                continue
            finish(self.journal.append([Step(events=events)]))
            if self.kill_after is not None:
                self.kill_after -= 1
                if self.kill_after < 0:
                    self.killed()
                    continue
            for event in events:
                for command in effects(event):
                    self.switch.perform(command)

    def reconciles(self) -> None:
        """One sighting."""
        sighting = finish(self.switch.belief())
        driver, channel = cast(Driver, self), self.switch
        for found in self.reconciler.confirmed(self.state, sighting, self.now()):
            finish(mend(found, driver, channel, self.journal))
        self.settles()

    def passes(self, seconds: float) -> None:
        """Time passes: deadlines are kept, and every two seconds somebody looks."""
        until = self.at + round(seconds * 1000)
        while self.at < until:
            self.at = min(until, self.at + 2_000)
            self.tell(Tick(at=self.now()))
            self.settles()
            for leg in list(self.world.legs.values()):
                self.world.stop_playing(leg)
            self.settles()
            self.reconciles()
