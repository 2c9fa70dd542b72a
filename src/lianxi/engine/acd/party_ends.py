"""Parties go: one of them, or all of them with the contact."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd.intents import settle
from lianxi.engine.acd.party_sides import PARTY_TALKING, TALK_PLAIN
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.parties import PartyLeft, TalkArranged
from lianxi.engine.messages.values import LegCause
from lianxi.engine.state import State
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant

LEG_CAUSE_NORMAL: Final = LegCause.NORMAL


def leaves(
    contact: Contact, leg: LegId, cause: LegCause, state: State, at: Instant
) -> Iterator[Event]:
    """One party; a colleague is free at once, without after-call work."""
    party = contact.parties[leg]
    yield PartyLeft(at=at, contact=contact.id, leg=leg, agent=party.agent, cause=cause)
    agent = state.agents.get(party.agent) if party.agent is not None else None
    if agent is not None:
        yield from settle(agent, state, at)


def dismiss_ringing(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Nobody is called any more."""
    for leg, party in list(contact.parties.items()):
        if party.phase is not PARTY_TALKING:
            yield from leaves(contact, leg, LEG_CAUSE_NORMAL, state, at)


def dismiss(
    contact: Contact, state: State, at: Instant, *, is_over: bool = False
) -> Iterator[Event]:
    """All parties. The customer hears music, unless the contact is over."""
    if not contact.parties:
        return
    is_plain = contact.talk is TALK_PLAIN
    for leg in list(contact.parties):
        yield from leaves(contact, leg, LEG_CAUSE_NORMAL, state, at)
    if not is_plain:
        yield TalkArranged(
            at=at,
            contact=contact.id,
            talk=TALK_PLAIN,
            agent=contact.agent,
            music=() if is_over else (contact.leg,),
        )
