"""What every part of the simulated world stands on: the engine, the heap, saying and hearing."""

from collections.abc import Callable
from heapq import heappush
from typing import Any

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event, Input
from lianxi.simulator.actors import OFFERED, WAITING, Caller
from lianxi.simulator.drawing import FOR_EVER
from lianxi.simulator.manners import Manners
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.tally import Tally

# What stands in the heap.
NEXT_DAY = 0
ROUTING = 1
TURN = 2
HANDLED = 3
WRAPPED = 4
PATIENCE = 5
PICKED = 6
PROMPT = 7
KEY = 8
AGAIN = 9
RETURN = 10


Row = tuple[int, int, int, Any]
"""Moment, number, kind, whom it is about."""


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
        self._ends: int = scenario.ends
        self._keep = keep
        self._manners = Manners(scenario)
        self._heap: list[Row] = []
        self._number = 0
        self._open: dict[str, Caller] = {}
        self._pending: list[Input] = []
        self._fresh: Caller | None = None
        self._reactions: dict[type[Event], Callable[[Any], None]] = {}

    def _push(self, at: int, kind: int, about: object) -> None:
        self._number += 1
        heappush(self._heap, (at, self._number, kind, about))

    def _say(self, given: Input) -> None:
        """Tell the engine, answer to what follows, and so on until all is said."""
        self._hear(self.engine.step(given))
        pending = self._pending
        while pending:
            self._hear(self.engine.step(pending.pop(0)))
        fresh = self._fresh
        if fresh is not None:
            self._fresh = None
            if fresh.phase == WAITING or fresh.phase == OFFERED:
                patience = fresh.day.patience[fresh.row]
                if patience < FOR_EVER:
                    self._number += 1
                    fresh.gives_up_at = fresh.entered + patience
                    heappush(self._heap, (fresh.gives_up_at, self._number, PATIENCE, fresh))

    def _hear(self, events: list[Event]) -> None:
        self.events += len(events)
        self.inputs += 1
        if self._keep is not None:
            self._keep(events)
        reactions = self._reactions
        for event in events:
            react = reactions.get(type(event))
            if react is not None:
                react(event)
