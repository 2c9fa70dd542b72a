"""What every law has in common.

A law keeps its own books from the events alone, as a reader of the journal would: it is fed each
event in constant time (`watches`), asked after each step (`settle`), and now and then compares its
books with the state (`look`).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, NoReturn

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant

Watch = Callable[[Any], None]
"""A function that takes events of one type."""


class Taken(msgspec.Struct, kw_only=True):
    """What one step came to."""

    given: Input
    events: list[Event]
    commands: list[Command]
    touched: dict[ContactId, None]
    """Contacts that the events were about."""


class Clock(msgspec.Struct, kw_only=True):
    """What the events' dates say about the clock."""

    last: int = 0
    set_back: int = 0
    """Milliseconds by which it was set back, in all. Times cannot add up more exactly than that."""

    def read(self, at: int) -> None:
        """The date of the next event."""
        if at < self.last:
            self.set_back += self.last - at
        self.last = at


class Broken(AssertionError):
    """A law does not hold.

    Args:
        law: the law's name.
        text: what was seen instead.
    """

    def __init__(self, law: str, text: str) -> None:
        self.law = law
        super().__init__(f"{law}: {text}")


class Law:
    """One sentence a supervisor would agree with: the first line of the class's docstring."""

    name: ClassVar[str]
    clock: Clock
    """Of the journal; set before the first event."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """Which function takes which type of event."""
        return {}

    def settle(self, taken: Taken, state: State) -> None:
        """After a step."""

    def look(self, state: State, at: Instant) -> None:
        """Compare the books with the state; `at` is the moment of the last input."""

    def broken(self, text: str, *seen: object) -> NoReturn:
        """Say that the law does not hold.

        Raises:
            Broken: always.
        """
        raise Broken(self.name, " ".join([text, *map(str, seen)]))

    def same(self, what: str, mine: Collection[Any], theirs: Collection[Any]) -> None:
        """Two sets that must be equal: by the journal, by the state.

        Raises:
            Broken: they are not.
        """
        if mine != theirs:
            more = [one for one in mine if one not in theirs]
            less = [one for one in theirs if one not in mine]
            self.broken(f"{what}:", f"only by the journal {more}, only in the state {less}")
