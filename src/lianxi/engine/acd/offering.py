"""Offers: every way an offer can begin and end. Who gets whom is in `matching`."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import matching, overflowing
from lianxi.engine.acd.prompting import hush
from lianxi.engine.at_desk import Agent
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.living import Contact, Entry, Offer
from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.agent_inputs import OfferRefused
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactConnected,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    OfferRang,
)
from lianxi.engine.messages.floor_events import AgentRested, AgentRests
from lianxi.engine.messages.routing import MissRule
from lianxi.engine.messages.values import (
    DeviceKind,
    Intent,
    LegCause,
    OfferOutcome,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, LegId, OfferId
from lianxi.kernel.time import Instant, Millis, after, between

DEVICE_KIND_PHONE: Final = DeviceKind.PHONE
LEG_CAUSE_BUSY: Final = LegCause.BUSY
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
LEG_CAUSE_NO_ANSWER: Final = LegCause.NO_ANSWER
LEG_CAUSE_REJECTED: Final = LegCause.REJECTED
OFFER_OUTCOME_AGENT_LEFT: Final = OfferOutcome.AGENT_LEFT
OFFER_OUTCOME_CALLER_GONE: Final = OfferOutcome.CALLER_GONE
OFFER_OUTCOME_JOIN_FAILED: Final = OfferOutcome.JOIN_FAILED
OFFER_OUTCOME_NO_ANSWER: Final = OfferOutcome.NO_ANSWER
OFFER_OUTCOME_REFUSED: Final = OfferOutcome.REFUSED
OFFER_OUTCOME_SWITCH_LOST: Final = OfferOutcome.SWITCH_LOST
OFFER_OUTCOME_TAKEN: Final = OfferOutcome.TAKEN
OFFER_OUTCOME_UNREACHABLE: Final = OfferOutcome.UNREACHABLE

JOIN_WITHIN = Millis(5_000)
"""From picking up to joined media; longer is a failure of the switch."""

DEFAULT_RING = Millis(20_000)

UNHEARD = Millis(2_000)
"""A deadline seen this much too late was seen by a switchboard that had been away."""


def next_offers(state: State, at: Instant) -> list[OfferMade]:
    """The offers to make now for one contact: one, several where all ring, none."""
    pair = matching.next_pair(state)
    if pair is None:
        return []
    entry, agents = pair
    number = state.number("offer")
    return [
        _offer(entry, state.agents[agent], number + n, state, at) for n, agent in enumerate(agents)
    ]


def offer_to_coming(state: State, at: Instant) -> OfferMade | None:
    """The offer to make to the agent who has just become free; `None`: nobody waits."""
    pair = matching.for_coming(state)
    if pair is None:
        return None
    entry, agent = pair
    return offer_to(entry, state.agents[agent], state, at)


def offer_to(entry: Entry, agent: Agent, state: State, at: Instant) -> OfferMade:
    """The offer of one waiting contact to one agent who is free."""
    return _offer(entry, agent, state.number("offer"), state, at)


def _offer(entry: Entry, agent: Agent, number: int, state: State, at: Instant) -> OfferMade:
    contact = state.contacts[entry.contact]
    queue = state.queue(entry.queue)
    return OfferMade(
        at=at,
        offer=OfferId(f"o{number}"),
        contact=contact.id,
        entry=entry.id,
        queue=entry.queue,
        agent=agent.id,
        endpoint=agent.endpoint,
        leg=LegId(f"leg-o{number}-{contact.id}") if contact.has_media else LegId(""),
        customer_leg=contact.leg,
        caller=contact.caller,
        caller_name=contact.caller_name,
        expires_at=after(at, queue.ring if queue is not None else DEFAULT_RING),
        channel=contact.channel,
    )


def ringing(offer: Offer, at: Instant) -> Iterator[Event]:
    """The device rings."""
    if not offer.rang:
        yield OfferRang(at=at, offer=offer.id, contact=offer.contact, agent=offer.agent)


def picked_up(offer: Offer, state: State, at: Instant) -> Iterator[Event]:
    """The agent answered: join the media. Answered only counts once they are joined."""
    if offer.accepted:
        return
    contact = state.contacts[offer.contact]
    if len(contact.offers) > 1:
        yield from _withdraw_others(offer, state, at)
    yield from hush(contact, at)
    yield OfferAccepted(
        at=at,
        offer=offer.id,
        contact=offer.contact,
        agent=offer.agent,
        leg=offer.leg,
        customer_leg=contact.leg,
        join_by=after(at, JOIN_WITHIN),
    )


def joined(offer: Offer, state: State, at: Instant) -> Iterator[Event]:
    """Customer and agent hear each other, or work on it where there is nothing to hear."""
    contact = state.contacts[offer.contact]
    assert contact.entry is not None
    entry = state.entries[contact.entry]
    if not offer.accepted:
        if len(contact.offers) > 1:
            yield from _withdraw_others(offer, state, at)
        if contact.playback is not None:
            yield from hush(contact, at)
    yield ContactConnected(
        at=at,
        contact=contact.id,
        entry=entry.id,
        offer=offer.id,
        queue=entry.queue,
        agent=offer.agent,
        leg=offer.leg,
        waited=between(entry.entered_at, at),
    )


def _withdraw_others(offer: Offer, state: State, at: Instant) -> Iterator[Event]:
    """The first to answer has it; the others stop ringing, which is no miss of theirs."""
    for rival in state.contacts[offer.contact].offers:
        if rival != offer.id:
            yield from end(state.offers[rival], OFFER_OUTCOME_TAKEN, state, at)


@decides(OfferRefused)
def refused(given: OfferRefused, state: State) -> Iterator[Event]:
    """The agent declined."""
    offer = state.offers.get(given.offer)
    if offer is not None and offer.agent == given.agent and not offer.accepted:
        yield from end(offer, OFFER_OUTCOME_REFUSED, state, given.at)


def leg_ended(offer: Offer, cause: LegCause, state: State, at: Instant) -> Iterator[Event]:
    """The agent's leg ended before the media was joined."""
    agent = state.agents[offer.agent]
    if offer.accepted:
        yield from end(offer, OFFER_OUTCOME_JOIN_FAILED, state, at)
    elif cause is LEG_CAUSE_NO_ANSWER:
        yield from end(offer, OFFER_OUTCOME_NO_ANSWER, state, at)
    elif cause in (LEG_CAUSE_REJECTED, LEG_CAUSE_BUSY) or (
        cause is LEG_CAUSE_NORMAL and agent.device is DEVICE_KIND_PHONE
    ):
        yield from end(offer, OFFER_OUTCOME_REFUSED, state, at)
    else:
        yield from end(offer, OFFER_OUTCOME_UNREACHABLE, state, at)


@deadline("offer")
def expired(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The deadline of the offer, or of the joining, passed. Seen long after it, nobody was there to
    hear an answer: that is no miss of the agent's."""
    offer = state.offers[OfferId(key)]
    if offer.accepted:
        outcome = OFFER_OUTCOME_JOIN_FAILED
    elif between(offer.expires_at, at) > UNHEARD:
        outcome = OFFER_OUTCOME_AGENT_LEFT
    else:
        outcome = OFFER_OUTCOME_NO_ANSWER
    yield from end(offer, outcome, state, at)


AFTERWARDS = {
    OfferOutcome.NO_ANSWER: (Intent.NOT_RESPONDING, "no_answer"),
    OfferOutcome.UNREACHABLE: (Intent.NOT_RESPONDING, "unreachable"),
    OfferOutcome.JOIN_FAILED: (Intent.NOT_RESPONDING, "join_failed"),
    OfferOutcome.REFUSED: (Intent.NOT_READY, "refused"),
}
"""What an agent becomes after so many misses in a row as the queue allows."""


def end(
    offer: Offer, outcome: OfferOutcome, state: State, at: Instant, *, leaves: bool = False
) -> Iterator[Event]:
    """The offer came to nothing: the contact keeps its place, the agent's state says why.

    Args:
        leaves: the contact leaves the line next, so that no rule of the queue moves it on.
    """
    agent = state.agents[offer.agent]
    contact = state.contacts[offer.contact]
    asked, asked_reason = agent.next, agent.next_reason
    rule = _miss_rule(offer, state)
    customer_leg = _back_to_music(offer, outcome, state)
    yield _ended(offer, outcome, at, customer_leg=customer_leg)
    if outcome in AFTERWARDS and agent.misses + 1 >= rule.limit:
        intent, reason = AFTERWARDS[outcome]
        yield AgentIntentChanged(at=at, agent=agent.id, intent=intent, reason=reason)
    else:
        if outcome in AFTERWARDS:
            until = after(at, max(_rest_after(outcome, rule), SHORTEST_REST))
            misses = agent.misses + 1
            yield AgentRests(
                at=at, agent=agent.id, why=outcome, misses=misses, until=until, contact=contact.id
            )
        if asked is not None and not agent.texts:
            yield AgentIntentChanged(at=at, agent=agent.id, intent=asked, reason=asked_reason)
    is_leaving = leaves or outcome in GONE
    if contact.entry is not None and not contact.offers and not is_leaving:
        yield from overflowing.after_offer(state.entries[contact.entry], state, at)


SHORTEST_REST = Millis(1)
"""Without any rest the same agent would be offered the same contact again at once."""

GONE = (OfferOutcome.CALLER_GONE, OfferOutcome.SWITCH_LOST, OfferOutcome.MOVED)
"""Ended because the contact leaves the line, by whoever goes on to say so."""


def _miss_rule(offer: Offer, state: State) -> MissRule:
    contact = state.contacts[offer.contact]
    queue = state.queue(contact.queue) if contact.queue is not None else None
    return queue.misses if queue is not None else MissRule()


def _rest_after(outcome: OfferOutcome, rule: MissRule) -> Millis:
    if outcome is OFFER_OUTCOME_NO_ANSWER:
        return rule.no_answer
    return rule.refused if outcome is OFFER_OUTCOME_REFUSED else rule.unreachable


@deadline("rest")
def rested(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The moment after a miss is over."""
    yield AgentRested(at=at, agent=AgentId(key))


def withdraw(contact: Contact, outcome: OfferOutcome, state: State, at: Instant) -> Iterator[Event]:
    """Nobody is rung for it any more."""
    for offer in contact.offers:
        yield from end(state.offers[offer], outcome, state, at)


def _back_to_music(offer: Offer, outcome: OfferOutcome, state: State) -> LegId | None:
    """The leg of a customer who was on the way to the agent and still is there."""
    is_over = outcome in (OFFER_OUTCOME_CALLER_GONE, OFFER_OUTCOME_SWITCH_LOST)
    contact = state.contacts[offer.contact]
    return contact.leg if offer.accepted and contact.has_media and not is_over else None


def _ended(
    offer: Offer, outcome: OfferOutcome, at: Instant, *, customer_leg: LegId | None = None
) -> OfferEnded:
    return OfferEnded(
        at=at,
        offer=offer.id,
        contact=offer.contact,
        agent=offer.agent,
        leg=offer.leg,
        outcome=outcome,
        customer_leg=customer_leg,
    )
