"""More than two: consult, swap, hand over, confer; and a number outside to hand on to."""

from collections.abc import Iterator

from lianxi.engine.acd import party_legs
from lianxi.engine.acd.party_calls import asked, blocked
from lianxi.engine.acd.party_legs import LEG_CAUSE_NORMAL
from lianxi.engine.acd.party_sides import (
    TALK_ASIDE,
    TALK_TOGETHER,
    TALK_WITH_CUSTOMER,
    arranged,
    leg_of,
    successor,
    talking,
)
from lianxi.engine.deciding import decides
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.parties import (
    ConferenceAsked,
    ConsultAsked,
    ConsultCancelled,
    ConsultCompleted,
    ConsultSwapAsked,
    InviteAsked,
    LeaveAsked,
    PartyDropAsked,
)
from lianxi.engine.state import State


@decides(ConsultAsked)
def consult(given: ConsultAsked, state: State) -> Iterator[Event]:
    """The customer to music, and the other one is rung."""
    contact = state.contacts[given.contact]
    full = blocked(contact, given.to.number, given.agent, state, given.at)
    if full is not None:
        yield full
        return
    yield from asked(contact, given.to, given.agent, state, given.at)
    yield arranged(contact, TALK_ASIDE, given.at)


@decides(InviteAsked)
def invite(given: InviteAsked, state: State) -> Iterator[Event]:
    """Rung, and with them when there."""
    contact = state.contacts[given.contact]
    full = blocked(contact, given.to.number, given.agent, state, given.at)
    if full is not None:
        yield full
        return
    yield from asked(contact, given.to, given.agent, state, given.at)


@decides(ConsultSwapAsked)
def swap(given: ConsultSwapAsked, state: State) -> Iterator[Event]:
    """From the one to the other."""
    contact = state.contacts[given.contact]
    is_aside = contact.talk is TALK_ASIDE
    yield arranged(contact, TALK_WITH_CUSTOMER if is_aside else TALK_ASIDE, given.at)


@decides(ConferenceAsked)
def confer(given: ConferenceAsked, state: State) -> Iterator[Event]:
    """All of them hear each other."""
    yield arranged(state.contacts[given.contact], TALK_TOGETHER, given.at)


@decides(ConsultCompleted)
def complete(given: ConsultCompleted, state: State) -> Iterator[Event]:
    """The customer goes on with who was consulted."""
    contact = state.contacts[given.contact]
    leg = talking(contact)[0]
    hops = contact.hops + 1
    yield from party_legs.hand_over(contact, leg, given.reason, state, given.at, hops=hops)


@decides(ConsultCancelled)
def cancel(given: ConsultCancelled, state: State) -> Iterator[Event]:
    """Back to the customer."""
    contact = state.contacts[given.contact]
    leg = next(iter(contact.parties))
    yield from party_legs.ended(contact, leg, LEG_CAUSE_NORMAL, state, given.at)


@decides(PartyDropAsked)
def drop(given: PartyDropAsked, state: State) -> Iterator[Event]:
    """One of them goes."""
    contact = state.contacts[given.contact]
    yield from party_legs.ended(contact, given.leg, LEG_CAUSE_NORMAL, state, given.at)


@decides(LeaveAsked)
def leave(given: LeaveAsked, state: State) -> Iterator[Event]:
    """Who asks goes, the others stay."""
    contact = state.contacts[given.contact]
    own = leg_of(given.agent, contact)
    if own is not None:
        yield from party_legs.ended(contact, own, LEG_CAUSE_NORMAL, state, given.at)
        return
    leg = successor(contact)
    assert leg is not None
    yield from party_legs.hand_over(contact, leg, "", state, given.at, hops=contact.hops)
