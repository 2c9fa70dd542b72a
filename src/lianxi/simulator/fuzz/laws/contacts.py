"""Contacts are conserved, and so are their stays in queues: identities I1 and I2."""

from collections import Counter
from collections.abc import Mapping

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
    EntryEnded,
)
from lianxi.engine.messages.floor_events import CallbackDropped, CallbackRegistered
from lianxi.engine.messages.values import EntryOutcome, Party, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, EntryId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch


class Conserved(Law):
    """Began = open + ended; entered = answered + abandoned + flow-out + callback + ended + waiting.

    Counted apart, by contact: began = contained + abandoned in the flow + offered (I2); by stay in
    a queue: offered = answered + abandoned + flow-outs + callbacks + ended + waiting (I1).
    """

    name = "contacts are conserved"

    def __init__(self) -> None:
        self.open: dict[ContactId, bool] = {}
        """Whether the contact has been in a queue."""
        self.entries: dict[EntryId, ContactId] = {}
        self.began = self.ended = self.entered = self.newest = 0
        self.outcomes: Counter[str] = Counter()
        self.never_queued: Counter[str] = Counter()
        self.offered = 0
        self.promised: set[ContactId] = set()
        """Callbacks that have not begun."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            CallbackRegistered: self.promises,
            CallbackDropped: self.drops,
            ContactBegan: self.begins,
            ContactQueued: self.enters,
            EntryEnded: self.leaves,
            ContactConnected: self.connects,
            ContactEnded: self.ends,
        }

    def promises(self, event: CallbackRegistered) -> None:
        """A callback is a contact of its own, now or at the agreed time."""
        if event.callback in self.promised or event.callback in self.open:
            self.broken("promised twice:", event)
        self.promised.add(event.callback)

    def drops(self, event: CallbackDropped) -> None:
        """A promise that has not begun is taken back; one in line ends as a contact does."""
        if event.contact not in self.promised and event.contact not in self.open:
            self.broken("dropped what nobody promised:", event)
        self.promised.discard(event.contact)

    def begins(self, event: ContactBegan) -> None:
        """A contact begins once."""
        if event.contact in self.open:
            self.broken("began twice:", event)
        self.open[event.contact] = False
        self.promised.discard(event.contact)
        self.began += 1

    def enters(self, event: ContactQueued) -> None:
        """Ids are counted; nobody waits twice at the same time."""
        number = int(event.entry[1:])
        if number <= self.newest:
            self.broken("an entry's id is used again:", event)
        self.newest = number
        if event.contact not in self.open:
            self.broken("a contact that is not open waits:", event)
        self.entries[event.entry] = event.contact
        self.entered += 1
        if not self.open[event.contact]:
            self.offered += 1
            self.open[event.contact] = True

    def leaves(self, event: EntryEnded) -> None:
        """A stay ends once and took no negative time."""
        if self.entries.pop(event.entry, None) != event.contact:
            self.broken("a stay ended that was not open:", event)
        if event.waited < 0:
            self.broken("a negative wait:", event)
        self.outcomes[event.outcome] += 1

    def connects(self, event: ContactConnected) -> None:
        """Only now it is answered; that alone ends the stay."""
        if self.entries.pop(event.entry, None) is not None:
            self.outcomes[EntryOutcome.ANSWERED] += 1
        if event.waited < 0:
            self.broken("a negative wait:", event)
        if event.contact not in self.open:
            self.broken("a contact that is not open was connected:", event)

    def ends(self, event: ContactEnded) -> None:
        """A contact ends once, out of every queue."""
        queued = self.open.pop(event.contact, None)
        if queued is None:
            self.broken("ended twice, or never began:", event)
        if not queued:
            by_caller = event.by is Party.CUSTOMER
            self.never_queued["abandoned" if by_caller else "contained"] += 1
        self.ended += 1

    def look(self, state: State, at: Instant) -> None:
        """The sums, and what is open by the state."""
        living = {c.id for c in state.contacts.values() if c.phase is not Phase.ENDED}
        self.same("open contacts", set(self.open), living)
        self.same("callbacks to come", self.promised, set(state.planned))
        self.same("open stays", set(self.entries), set(state.entries))
        if self.began != self.ended + len(living):
            self.broken(f"began {self.began}, ended {self.ended}, open {len(living)}")
        left = self.outcomes.total()
        if self.entered != left + len(state.entries):
            self.broken(f"I1: entered {self.entered}, left {dict(self.outcomes)}")
        in_flow = sum(not queued for queued in self.open.values())
        if self.began != self.never_queued.total() + self.offered + in_flow:
            self.broken(f"I2: began {self.began}, {dict(self.never_queued)}, {self.offered}")
