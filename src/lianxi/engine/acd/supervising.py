"""Supervisors at the floor: move somebody who waits, change the order, merge queues."""

from collections.abc import Iterator

from lianxi.engine.acd import offering, overflowing
from lianxi.engine.deciding import decides
from lianxi.engine.messages.agent_inputs import ContactPulled, ContactRanked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import EntryRanked
from lianxi.engine.messages.values import EntryOutcome, OfferOutcome, Phase
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

IN_LINE = (Phase.WAITING, Phase.OFFERED)


@decides(ContactPulled)
def pulled(given: ContactPulled, state: State) -> Iterator[Event]:
    """To a chosen agent, or to another queue; the age is kept."""
    contact = state.contacts.get(given.contact)
    if contact is None or contact.phase not in IN_LINE or contact.entry is None:
        return
    yield from offering.withdraw(contact, OfferOutcome.MOVED, state, given.at)
    yield from overflowing.go(contact, given.to, state, given.at, EntryOutcome.MOVED)


@decides(ContactRanked)
def ranked(given: ContactRanked, state: State) -> Iterator[Event]:
    """Another priority, hence another place in line."""
    contact = state.contacts.get(given.contact)
    if contact is None or contact.entry is None:
        return
    entry = state.entries[contact.entry]
    if entry.priority != given.priority:
        stood = Instant(entry.since - given.priority * state.routing.age_worth)
        yield EntryRanked(
            at=given.at,
            contact=contact.id,
            entry=entry.id,
            priority=given.priority,
            stood=stood,
            by=given.by,
        )
