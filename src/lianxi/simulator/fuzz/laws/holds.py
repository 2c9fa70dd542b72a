"""Nobody is forgotten on hold."""

from collections.abc import Mapping

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.holding import ContactHeld, ContactResumed, HoldAlarmed
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.laws.law import Law, Watch


class HoldsEnd(Law):
    """A hold that lasts is told once, and ends when its time is over."""

    name = "nobody is forgotten on hold"

    def __init__(self) -> None:
        self.holds: dict[ContactId, ContactHeld] = {}
        self.told: set[ContactId] = set()

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            ContactHeld: self.begins,
            HoldAlarmed: self.is_told,
            ContactResumed: self.ends,
        }

    def begins(self, event: ContactHeld) -> None:
        """The clocks of this hold count."""
        self.holds[event.contact] = event
        self.told.discard(event.contact)

    def is_told(self, event: HoldAlarmed) -> None:
        """Once, and not before its time."""
        held = self.holds.get(event.contact)
        if held is None or event.contact in self.told:
            self.broken("not on hold, or told before:", event)
        if held.alarm_at is None or event.at < held.alarm_at:
            self.broken("told too soon:", event)
        self.told.add(event.contact)

    def ends(self, event: ContactResumed) -> None:
        """By itself not before its time."""
        held = self.holds.pop(event.contact)
        if event.recalled and (held.recall_at is None or event.at < held.recall_at):
            self.broken("brought back too soon:", event)

    def look(self, state: State, at: Instant) -> None:
        """Whoever is on hold is there by right; whoever is not is forgotten here too."""
        for name in [name for name in self.holds if name not in state.contacts]:
            del self.holds[name]
        self.told.intersection_update(self.holds)
        for contact in state.contacts.values():
            if contact.phase is not Phase.HELD:
                continue
            held = self.holds[contact.id]
            if held.recall_at is not None and held.recall_at < at:
                self.broken("on hold for too long:", contact)
            if contact.hold_alarmed != (contact.id in self.told):
                self.broken("told, or not told:", contact)
            if not contact.hold_alarmed and held.alarm_at is not None and held.alarm_at < at:
                self.broken("nobody was told:", contact)
