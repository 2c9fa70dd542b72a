"""Dials: each line is of somebody, ends once, and reaches only who may be reached."""

from collections.abc import Mapping

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.dialing import (
    BlockListChanged,
    DialAnswered,
    DialConnected,
    DialDropped,
    DialEnded,
    DialReassigned,
    DialStarted,
    PreviewMade,
)
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, BlockListId, ContactId, DialId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch


class DialsConserved(Law):
    """Every dial ends once; a number has one line; who is reserved for a dial gets nothing else."""

    name = "dials are conserved"

    def __init__(self) -> None:
        self.open: dict[DialId, str] = {}
        """Number dialled; empty while it is only read."""
        self.reserved: dict[AgentId, DialId] = {}
        self.numbers: dict[str, DialId] = {}
        self.answered: dict[DialId, ContactId] = {}
        self.dropped: set[DialId] = set()
        self.blocked: dict[BlockListId, set[str]] = {}

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            PreviewMade: self.previewed,
            DialStarted: self.started,
            DialReassigned: self.reassigned,
            DialAnswered: self.picked_up,
            DialConnected: self.connected,
            DialDropped: self.drops,
            DialEnded: self.ended,
            OfferMade: self.offered,
            BlockListChanged: self.blocks,
        }

    def previewed(self, event: PreviewMade) -> None:
        """An agent reads a record."""
        if event.dial in self.open:
            self.broken("a dial's id is used again:", event)
        self.open[event.dial] = ""
        self.reserve(event.agent, event.dial, event)

    def started(self, event: DialStarted) -> None:
        """A number is dialled."""
        if self.open.get(event.dial, "") != "":
            self.broken("dialled twice:", event)
        if event.number in self.numbers:
            self.broken("the number is being dialled already:", event)
        self.open[event.dial] = event.number
        self.numbers[event.number] = event.dial
        if event.agent is not None and self.reserved.get(event.agent) != event.dial:
            self.reserve(event.agent, event.dial, event)

    def reserve(self, agent: AgentId, dial: DialId, event: Event) -> None:
        """One at a time."""
        if agent in self.reserved:
            self.broken("the agent is reserved already:", event)
        self.reserved[agent] = dial

    def reassigned(self, event: DialReassigned) -> None:
        """Somebody else, or nobody in particular."""
        if self.reserved.pop(event.former, None) != event.dial:
            self.broken("taken from who did not have it:", event)
        if event.agent is not None:
            self.reserve(event.agent, event.dial, event)

    def picked_up(self, event: DialAnswered) -> None:
        """The reservation ends in the same step, by an offer or without one."""
        if not self.open.get(event.dial):
            self.broken("answered without having been dialled:", event)
        self.answered[event.dial] = event.contact
        self.release(event.dial)

    def release(self, dial: DialId) -> None:
        """Nobody is reserved for it any more."""
        for agent in [agent for agent, held in self.reserved.items() if held == dial]:
            del self.reserved[agent]

    def offered(self, event: OfferMade) -> None:
        """Not to who reads a record or whose line rings."""
        if event.agent in self.reserved:
            self.broken("reserved for a dial:", event)

    def connected(self, event: DialConnected) -> None:
        """Only a person who answered."""
        if event.dial not in self.answered:
            self.broken("connected without an answer:", event)

    def drops(self, event: DialDropped) -> None:
        """Counted once."""
        if event.dial in self.dropped and event.kept_until is not None:
            self.broken("dropped twice:", event)
        self.dropped.add(event.dial)

    def ended(self, event: DialEnded) -> None:
        """Its line and its agent are free."""
        number = self.open.pop(event.dial, None)
        if number is None:
            self.broken("a dial ended that was not open:", event)
        if number:
            del self.numbers[number]
        self.answered.pop(event.dial, None)
        self.dropped.discard(event.dial)
        self.release(event.dial)

    def blocks(self, event: BlockListChanged) -> None:
        """The lists, as the journal tells them."""
        known = self.blocked.setdefault(event.list, set())
        known -= set(event.removed)
        known |= set(event.added)

    def look(self, state: State, at: Instant) -> None:
        """The same by the state; every line has a deadline or a contact."""
        dialing = state.dialing
        self.same("open dials", set(self.open), set(dialing.dials))
        self.same("reserved for dials", set(self.reserved), set(dialing.reserved))
        ringing = {n for n, dial in dialing.numbers.items() if self.open.get(dial)}
        self.same("numbers in use", set(self.numbers), ringing)
        for dial in dialing.dials.values():
            armed = state.timers.armed(f"dial:{dial.id}") is not None
            if not armed and dial.contact not in state.contacts:
                self.broken("neither deadline nor contact:", dial)
