"""The engine over the switch in memory, by a clock that goes when it is told to."""

from collections import deque

import msgspec

from lianxi.channels.fake.flow_work import Reaching
from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.inputs import ContactArrived, RoutingPublished, Tick
from lianxi.engine.messages.routing import Routing
from lianxi.engine.state import State
from lianxi.kernel.ids import TrunkId
from lianxi.kernel.time import Instant


class VirtualCentre:
    """A centre that lives as long as it is told to.

    Args:
        routing: what holds from the beginning.
        begins: the first moment.
        trunks: the trunk on which calls to a number come, by number.
    """

    def __init__(self, routing: Routing, begins: Instant, trunks: dict[str, TrunkId]) -> None:
        self.at = begins
        self.events: list[Event] = []
        self.world = World(now=lambda: self.at, prompts_end_at_once=True)
        self.world.flows.reaching = Reaching.RINGS
        self._engine = Engine()
        self._switch = FakeSwitch(self.world)
        self._trunks = trunks
        self._heard: deque[Input] = deque()
        self.world.tell = self._heard.append
        self.say(RoutingPublished(at=begins, routing=routing))

    @property
    def state(self) -> State:
        """What the switchboard knows."""
        return self._engine.state

    def say(self, given: Input) -> None:
        """Somebody says something; returns when everything that follows has happened."""
        self._heard.append(given)
        self.settle()

    def settle(self) -> None:
        """Tell the engine what the switch said, do what it orders, until nobody says anything."""
        while self._heard:
            given = self._heard.popleft()
            if isinstance(given, ContactArrived) and given.dialled in self._trunks:
                given = msgspec.structs.replace(given, trunk=self._trunks[given.dialled])
            self._step(given)

    def wait_until(self, at: Instant) -> None:
        """Time passes; each deadline on the way is kept at its moment."""
        while (due := self._engine.next_deadline()) is not None and due <= at:
            self.at = max(self.at, due)
            self._step(Tick(at=self.at))
            self.settle()
        self.at = at

    def _step(self, given: Input) -> None:
        for event in self._engine.step(given):
            self.events.append(event)
            for command in effects(event):
                self._switch.perform(command)
