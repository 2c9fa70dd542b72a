"""`evolve`: the only writer of state. One small function per event, registered by its type.

The functions live beside the decisions that cause the events (`acd/`, `ivr/`); this file only
finds the right one, so an event nobody evolves is a crash in the first test, not a silent loss.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from lianxi.engine.acd.seating import settle
from lianxi.engine.messages.base import Event
from lianxi.engine.state import State

E = TypeVar("E", bound=Event)

CHANGES: Final[dict[type[Event], Callable[[Any, State], None]]] = {}


def changes(kind: type[E]) -> Callable[[Callable[[E, State], None]], Callable[[E, State], None]]:
    """Register how one type of event changes the state."""

    def register(change: Callable[[E, State], None]) -> Callable[[E, State], None]:
        if kind in CHANGES:
            raise TypeError(f"two changes for {kind.__name__}")
        CHANGES[kind] = change
        return change

    return register


def evolve(event: Event, state: State) -> None:
    """Apply one fact.

    Raises:
        KeyError: no change is registered for this type of event.
    """
    CHANGES[type(event)](event, state)
    if state.floor.coming is not None:
        settle(state)
