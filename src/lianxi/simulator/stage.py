"""What every part of the simulated world stands on: the engine, the heap, saying and hearing."""

from collections.abc import Callable
from heapq import heappush
from typing import Any, Final

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event, Input
from lianxi.simulator.actors import OFFERED, WAITING, Caller
from lianxi.simulator.drawing import FOR_EVER
from lianxi.simulator.manners import Manners
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.tally import Tally

# What stands in the heap.
NEXT_DAY: Final = 0
ROUTING: Final = 1
TURN: Final = 2
HANDLED: Final = 3
WRAPPED: Final = 4
PATIENCE: Final = 5
PICKED: Final = 6
PROMPT: Final = 7
KEY: Final = 8
AGAIN: Final = 9
RETURN: Final = 10
HOLD: Final = 11


# A row of the heap is one whole number: moment, running number, kind. So it is compared at once,
# and made without an allocation that the collector would have to look at.
KIND_BITS: Final = 4
ORDER_BITS: Final = 21
KINDS: Final = (1 << KIND_BITS) - 1
ORDERS: Final = (1 << ORDER_BITS) - 1
MOMENT_BITS: Final = KIND_BITS + ORDER_BITS


class Stage:
    """The engine and what is yet to come.

    Args:
        scenario: what is played.
        keep: called with the events of each step, in order, to keep a journal.
    """

    def __init__(self, scenario: Scenario, keep: Callable[[list[Event]], None] | None) -> None:
        self.engine = Engine()
        self.tally = Tally(scenario)
        self.events = 0
        self.inputs = 0
        self._scenario = scenario
        self._begins: int = scenario.begins
        self._ends: int = scenario.ends
        self._keep = keep
        self._manners = Manners(scenario)
        self._heap: list[int] = []
        self._about: dict[int, Any] = {}
        """Whom a row of the heap is about."""
        self._number = 0
        self._open: dict[str, Caller] = {}
        self._pending: list[Input] = []
        self._fresh: Caller | None = None

    def _push(self, at: int, kind: int, about: object) -> None:
        """Something is to happen; of what falls on one moment, what was pushed first."""
        self._number += 1
        order = ((self._number & ORDERS) << KIND_BITS) | kind
        row = ((at - self._begins) << MOMENT_BITS) | order
        self._about[row] = about
        heappush(self._heap, row)

    def _say(self, given: Input) -> None:
        """Tell the engine, answer to what follows, and so on until all is said."""
        self.inputs += 1
        self._hear(self.engine.step(given))
        pending = self._pending
        while pending:
            self.inputs += 1
            self._hear(self.engine.step(pending.pop(0)))
        fresh = self._fresh
        if fresh is not None:
            self._fresh = None
            if fresh.phase == WAITING or fresh.phase == OFFERED:
                patience = fresh.day.patience[fresh.row]
                if patience < FOR_EVER:
                    fresh.gives_up_at = fresh.entered + patience
                    self._push(fresh.gives_up_at, PATIENCE, fresh)

    def _hear(self, events: list[Event]) -> None:
        """Answer to what the engine says."""
        raise NotImplementedError
