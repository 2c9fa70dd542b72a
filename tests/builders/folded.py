"""Events folded into rows, without a database."""

from collections.abc import Iterable

from lianxi.engine.messages.base import Event
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory


def folded(events: Iterable[Event]) -> Memory:
    """The rows of these events, in their order."""
    memory = Memory()
    for position, event in enumerate(events, start=1):
        fold(event, position, memory)
    return memory
