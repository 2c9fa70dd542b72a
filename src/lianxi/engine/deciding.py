"""`decide`: what follows from an input. One function per input, registered by its type.

The functions live beside the rules they apply (`acd/`, `ivr/`, `dialer/`); this file only finds the
right one. Reading the state is all they do: `evolve` is the only writer. The same goes for
deadlines: a timer's kind says who answers for it.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from lianxi.engine.messages.base import Event, Input
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

I = TypeVar("I", bound=Input)  # noqa: E741

Decision = Callable[[Any, State], Iterator[Event]]
Deadline = Callable[[str, State, Instant], Iterator[Event]]

DECISIONS: Final[dict[type[Input], Decision]] = {}
DEADLINES: Final[dict[str, Deadline]] = {}


def decides(
    *kinds: type[Input],
) -> Callable[[Callable[[I, State], Iterator[Event]]], Callable[[I, State], Iterator[Event]]]:
    """Register what follows from one or several types of input."""

    def register(
        decision: Callable[[I, State], Iterator[Event]],
    ) -> Callable[[I, State], Iterator[Event]]:
        for kind in kinds:
            if kind in DECISIONS:
                raise TypeError(f"two decisions for {kind.__name__}")
            DECISIONS[kind] = decision
        return decision

    return register


def deadline(kind: str) -> Callable[[Deadline], Deadline]:
    """Register what follows when a timer named `kind:key` is due; it is given the key. The facts
    that follow must clear the timer or move it."""

    def register(decision: Deadline) -> Deadline:
        if kind in DEADLINES:
            raise TypeError(f"two decisions for the deadline {kind}")
        DEADLINES[kind] = decision
        return decision

    return register
