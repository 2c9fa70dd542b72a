"""Compares how those in a conversation of more than two should stand with how they do."""

from collections.abc import Iterator

from lianxi.engine.acd.party_sides import arranged
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.inputs import LegAnswered
from lianxi.engine.messages.parties import Arrange
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import PartyPhase, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant, Millis, between

OURS = (LegRole.AGENT, LegRole.PARTY)
"""Legs that the engine must know."""

ASIDE = "aside-"
"""How the name of a contact's second bridge begins."""

MADE_WITHIN = Millis(6_000)
"""So long the leg of a party that was just asked may be missing."""


def is_on_its_way(leg: LegId, owner: ContactId, state: State, at: Instant) -> bool:
    """Whether a leg that is not there yet may still come."""
    contact = state.contacts.get(owner)
    party = contact.parties.get(leg) if contact is not None else None
    if party is None or party.phase is PartyPhase.TALKING:
        return False
    return between(party.since, at) < MADE_WITHIN


def are_arranged(contact: Contact) -> bool:
    """Whether parties stand with it by order. A customer whose agent is lost is spoken to."""
    return bool(contact.parties) and contact.phase is not Phase.RECOVERING


def order_for(contact: Contact, at: Instant) -> Arrange:
    """Who should hear whom."""
    now = arranged(contact, contact.talk, at)
    return Arrange(contact=contact.id, main=now.main, aside=now.aside, music=now.music)


def amiss(contact: Contact, sighting: Sighting, at: Instant) -> Iterator[tuple[str, Input]]:
    """Answers that nobody told of."""
    for leg, party in contact.parties.items():
        seen = sighting.legs.get(leg)
        if seen is not None and seen.up and party.phase is PartyPhase.RINGING:
            yield f"answered {leg}", LegAnswered(at=at, leg=leg)


def misplaced(contact: Contact, sighting: Sighting, at: Instant) -> Command | None:
    """The order to be given again, when somebody stands elsewhere."""
    order = order_for(contact, at)
    places: tuple[tuple[tuple[LegId, ...], str | None], ...] = (
        (order.main, f"br-{contact.id}"),
        (order.aside, f"{ASIDE}{contact.id}"),
        (order.music, None),
    )
    for legs, bridge in places:
        for leg in legs:
            seen = sighting.legs.get(leg)
            if seen is not None and seen.up and seen.bridge != bridge:
                return order
    return None


def left_over(bridge: str, state: State) -> Command | None:
    """What ends an empty second bridge that nobody has a use for."""
    contact = ContactId(bridge.removeprefix(ASIDE))
    known = state.contacts.get(contact)
    if not bridge.startswith(ASIDE) or (known is not None and known.parties):
        return None
    return Arrange(contact=contact)


def orders_anew(state: State, at: Instant) -> list[Command]:
    """After a start: who hears whom is said once more, for the last order may never have been
    carried out."""
    return [order_for(contact, at) for contact in state.contacts.values() if are_arranged(contact)]
