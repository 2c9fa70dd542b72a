"""An engine under watch: every event goes to the laws; now and then it is restarted.

A restart is what a new Driver does: thaw the last snapshot, replay the journal since. The state
must come out the same to the byte, and the former engine runs along for a while as a twin that must
decide the same.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.events import AnyEvent
from lianxi.engine.plain import Values, fields_of
from lianxi.engine.snapshot import frozen, thawed
from lianxi.engine.state import State
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.book import LAWS
from lianxi.simulator.fuzz.laws.law import Broken, Clock, Law, Taken, Watch

Step = Input | None
"""What an engine is given; None = it is restarted."""

LOOK_EVERY = 150
"""Steps from one comparison of books and state to the next."""

TWIN_FOR = 40
"""Steps that the former engine runs along after a restart."""

_WRITER = msgspec.msgpack.Encoder()
_READER = msgspec.msgpack.Decoder(list[AnyEvent])


class WatchedEngine:
    """An engine and the laws it must keep.

    Args:
        laws: which of them.
        look_every: steps from one comparison of books and state to the next.
    """

    def __init__(self, laws: Iterable[type[Law]] = LAWS, *, look_every: int = LOOK_EVERY) -> None:
        self.engine = Engine()
        self.counts: Counter[type[Event]] = Counter()
        self.others: Counter[type[Input] | type[Command]] = Counter()
        """Inputs that changed something, and commands."""
        self.written = 0
        """Events so far."""
        self.laws = [law() for law in laws]
        self._clock = Clock()
        for law in self.laws:
            law.clock = self._clock
        self._look_every = look_every
        self._watches: dict[type[Event], list[Watch]] = {}
        for law in self.laws:
            for kind, watch in law.watches().items():
                self._watches.setdefault(kind, []).append(watch)
        self._settling = [law for law in self.laws if type(law).settle is not Law.settle]
        self._steps = 0
        self._at = Instant(0)
        self._snapshot = frozen(State())
        self._since: list[Event] = []
        self._twin: Engine | None = None
        self._twin_until = 0

    def take(self, step: Step) -> Taken | None:
        """One step, watched.

        Raises:
            Broken: a law does not hold.
        """
        if step is None:
            self.restart()
            return None
        events = self.engine.step(step)
        if self._twin is not None:
            self._compare(step, events)
        self._steps += 1
        self._at = step.at
        taken = Taken(given=step, events=events, commands=[], touched={})
        for event in events:
            kind = type(event)
            self.counts[kind] += 1
            self._clock.read(event.at)
            for watch in self._watches.get(kind, ()):
                watch(event)
            contact = getattr(event, "contact", None)
            if contact is not None:
                taken.touched[contact] = None
            taken.commands += effects(event)
        if events:
            self.others[type(step)] += 1
        for command in taken.commands:
            self.others[type(command)] += 1
        for law in self._settling:
            law.settle(taken, self.engine.state)
        self._since += events
        self.written += len(events)
        if self._steps % self._look_every == 0:
            self.look()
        return taken

    def look(self) -> None:
        """Compare all books with the state.

        Raises:
            Broken: they differ.
        """
        for law in self.laws:
            law.look(self.engine.state, self._at)

    def restart(self) -> None:
        """Snapshot and journal make a new engine; it must not differ from the one that was.

        Raises:
            Broken: it does.
        """
        journal = _READER.decode(_WRITER.encode(self._since))
        rebuilt = Engine(journal, thawed(self._snapshot))
        state = frozen(self.engine.state)
        if frozen(rebuilt.state) != state and (
            different := _difference(rebuilt.state, self.engine.state)
        ):
            raise Broken("replay gives the state", different)
        self._snapshot = state
        self._since = []
        self._twin, self._twin_until = self.engine, self._steps + TWIN_FOR
        self.engine = rebuilt

    def _compare(self, given: Input, events: list[Event]) -> None:
        assert self._twin is not None
        if (also := self._twin.step(given)) != events:
            raise Broken("replay gives the state", f"restarted {events}, not restarted {also}")
        if self._steps > self._twin_until:
            self._twin = None


def _difference(one: State, other: State) -> str:
    """Where two states differ, the order in tables included; sets have none."""
    names = fields_of(State)
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
    told = [f"{name}: replayed {a!r}, was {b!r}" for name, a, b in pairs if a != b]
    told += [f"{name} in another order" for name, a, b in pairs if a == b and _orders_differ(a, b)]
    return "; ".join(told)[:2_000]


def _orders_differ(one: object, other: object) -> bool:
    """Whether dictionaries anywhere in two equal values list their keys differently."""
    if isinstance(one, Struct) and isinstance(other, Struct):
        return any(
            _orders_differ(getattr(one, name), getattr(other, name))
            for name in one.__struct_fields__
        )
    if isinstance(one, Values) and isinstance(other, Values):
        names = fields_of(type(one))
        return any(_orders_differ(getattr(one, n), getattr(other, n)) for n in names)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) != list(other) or any(_orders_differ(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return any(_orders_differ(a, b) for a, b in zip(one, other, strict=True))
    return False
