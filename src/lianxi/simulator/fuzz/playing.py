"""A trace played again, also when something was left out of it.

The engine counts its ids (`leg-o7-c3`, `p12`), so leaving one input out renumbers what follows. An
input that speaks of a leg, an offer or a playing is therefore understood as "the second leg of this
contact" and told with the id that leg has now.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from lianxi.engine.messages.commands import PlayPrompts, RingAgent
from lianxi.engine.messages.fax import ReceiveFax
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CheckIdentity,
    FindCustomer,
    HideDigits,
    RecordVoicemail,
    TransferOut,
)
from lianxi.kernel.ids import ContactId
from lianxi.simulator.fuzz.laws.book import LAWS
from lianxi.simulator.fuzz.laws.law import Law, Taken
from lianxi.simulator.fuzz.running import told
from lianxi.simulator.fuzz.watched import Step, WatchedEngine

NEVER = 10**9

NAMES = ("leg", "offer", "playback", "request")
"""Fields of inputs that hold an id which the engine counted."""

Meaning = tuple[str, ContactId, int]
"""Which of the contact's legs, offers or playings, counted from 0."""


class Broke(NamedTuple):
    """A law that a trace breaks."""

    law: str
    seen: str
    trace: list[Step]
    """Up to the step that broke it, with the ids of this playing."""


class Names:
    """What the engine called the legs, offers and playings of each contact."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, ContactId], list[str]] = {}
        self.meanings: dict[str, Meaning] = {}

    def note(self, taken: Taken) -> None:
        """New names of one step."""
        for command in taken.commands:
            match command:
                case RingAgent(contact=contact, leg=leg, offer=offer):
                    self._add("leg", contact, leg)
                    if offer is not None:
                        self._add("offer", contact, offer)
                case PlayPrompts(contact=contact, playback=playback):
                    self._add("playback", contact, playback)
                case (
                    AskHttp()
                    | CheckIdentity()
                    | FindCustomer()
                    | RecordVoicemail()
                    | TransferOut()
                    | HideDigits()
                    | ReceiveFax()
                ):
                    self._add("request", command.contact, command.request)
                case _:
                    pass

    def _add(self, kind: str, contact: ContactId, name: str) -> None:
        names = self.given.setdefault((kind, contact), [])
        self.meanings[name] = (kind, contact, len(names))
        names.append(name)

    def called(self, meaning: Meaning) -> str | None:
        """The name something has here; the contact's newest when there are not so many."""
        kind, contact, number = meaning
        names = self.given.get((kind, contact))
        return names[min(number, len(names) - 1)] if names else None


def in_words_of(step: Step, former: Names, here: Names) -> Step:
    """The same input with the names of this playing."""
    changed: dict[str, str] = {}
    for field in NAMES:
        name = getattr(step, field, None)
        meaning = former.meanings.get(name) if name is not None else None
        now = here.called(meaning) if meaning is not None else None
        if now is not None and now != name:
            changed[field] = now
    return replace(step, **changed) if step is not None and changed else step


def names_of(trace: Iterable[Step]) -> Names:
    """What the engine calls things when it is given this trace."""
    names = Names()
    watched = WatchedEngine((), look_every=NEVER)
    for step in trace:
        try:
            taken = watched.take(step)
        except Exception:
            break  # the trace ends in a failure of the engine's own
        if taken is not None:
            names.note(taken)
    return names


def broke(
    trace: Iterable[Step],
    laws: Iterable[type[Law]] = LAWS,
    *,
    former: Names | None = None,
    look_every: int = 1,
) -> Broke | None:
    """Which law a trace breaks first, if any.

    Args:
        trace: what the engine is given.
        laws: which ones are watched.
        former: names used in the trace, when it was cut from a longer one.
        look_every: steps between comparisons of books and state; after the last there is one too.
    """
    here = Names()
    watched = WatchedEngine(laws, look_every=look_every)
    played: list[Step] = []
    try:
        for step in trace:
            played.append(step if former is None else in_words_of(step, former, here))
            taken = watched.take(played[-1])
            if taken is not None and former is not None:
                here.note(taken)
        watched.look()
    except Exception as failure:
        law, seen = told(failure)
        return Broke(law, seen, played)
    return None
