"""Offers: who gets whom, and every way an offer can end.

One global order: waiting entries by (recovered, priority, age); for each, the longest idle agent
who may serve it. An entry nobody free can serve is skipped, never waited for.
"""

from collections.abc import Iterator

from lianxi.engine.acd import waiting
from lianxi.engine.acd.prompting import hush
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentIntentChanged,
    ContactConnected,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    OfferRang,
)
from lianxi.engine.messages.values import (
    DeviceKind,
    EntryOutcome,
    Intent,
    LegCause,
    OfferOutcome,
)
from lianxi.engine.state import Agent, Entry, Offer, State
from lianxi.kernel.ids import LegId, OfferId, QueueId
from lianxi.kernel.time import Instant, Millis, after, between

JOIN_WITHIN = Millis(5_000)
"""From picking up to joined media; longer is a failure of the switch."""

DEFAULT_RING = Millis(20_000)

UNHEARD = Millis(2_000)
"""A deadline seen this much too late was seen by a switchboard that had been away."""


def next_offer(state: State, at: Instant) -> OfferMade | None:
    """The one offer to make now, or `None`."""
    if not state.free:
        return None
    unserved: set[QueueId] = set()
    for place in state.line:
        entry = state.entries[place[4]]
        if entry.queue in unserved:
            continue
        agent = longest_idle(entry.queue, state)
        if agent is not None:
            return offer_to(entry, agent, state, at)
        unserved.add(entry.queue)  # nor can anybody free serve those behind
    return None


def longest_idle(queue: QueueId, state: State) -> Agent | None:
    """Of the free agents who serve this queue, the one idle the longest."""
    able = [a for name in state.free if queue in serves(a := state.agents[name], state)]
    return min(able, key=lambda agent: (agent.idle_since, agent.id), default=None)


def serves(agent: Agent, state: State) -> tuple[QueueId, ...]:
    """The queues an agent is set up for."""
    setup = state.setup(agent.id)
    return setup.queues if setup is not None else ()


def offer_to(entry: Entry, agent: Agent, state: State, at: Instant) -> OfferMade:
    """The offer of one waiting contact to one agent."""
    contact = state.contacts[entry.contact]
    queue = state.queue(entry.queue)
    number = state.number("offer")
    return OfferMade(
        at=at,
        offer=OfferId(f"o{number}"),
        contact=contact.id,
        entry=entry.id,
        queue=entry.queue,
        agent=agent.id,
        endpoint=agent.endpoint,
        leg=LegId(f"leg-o{number}-{contact.id}"),
        customer_leg=contact.leg,
        caller=contact.caller,
        caller_name=contact.caller_name,
        expires_at=after(at, queue.ring if queue is not None else DEFAULT_RING),
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
    """Customer and agent hear each other."""
    contact = state.contacts[offer.contact]
    assert contact.entry is not None
    entry = state.entries[contact.entry]
    yield _ended(offer, OfferOutcome.ANSWERED, at)
    yield from waiting.leave(contact, EntryOutcome.ANSWERED, state, at, ringing=False)
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


def leg_ended(offer: Offer, cause: LegCause, state: State, at: Instant) -> Iterator[Event]:
    """The agent's leg ended before the media was joined."""
    agent = state.agents[offer.agent]
    if offer.accepted:
        yield from end(offer, OfferOutcome.JOIN_FAILED, state, at)
    elif cause is LegCause.NO_ANSWER:
        yield from end(offer, OfferOutcome.NO_ANSWER, state, at)
    elif cause in (LegCause.REJECTED, LegCause.BUSY) or (
        cause is LegCause.NORMAL and agent.device is DeviceKind.PHONE
    ):
        yield from end(offer, OfferOutcome.REFUSED, state, at)
    else:
        yield from end(offer, OfferOutcome.UNREACHABLE, state, at)


def expired(offer: Offer, state: State, at: Instant) -> Iterator[Event]:
    """The deadline of the offer, or of the joining, passed. Seen long after it, nobody was there to
    hear an answer: that is no miss of the agent's."""
    if offer.accepted:
        outcome = OfferOutcome.JOIN_FAILED
    elif between(offer.expires_at, at) > UNHEARD:
        outcome = OfferOutcome.AGENT_LEFT
    else:
        outcome = OfferOutcome.NO_ANSWER
    yield from end(offer, outcome, state, at)


AFTERWARDS = {
    OfferOutcome.NO_ANSWER: (Intent.NOT_RESPONDING, "no_answer"),
    OfferOutcome.UNREACHABLE: (Intent.NOT_RESPONDING, "unreachable"),
    OfferOutcome.JOIN_FAILED: (Intent.NOT_RESPONDING, "join_failed"),
    OfferOutcome.REFUSED: (Intent.NOT_READY, "refused"),
}
"""What an agent becomes when an offer came to nothing on the agent's side. Without this the same
agent would be offered the same contact again at once."""


def end(offer: Offer, outcome: OfferOutcome, state: State, at: Instant) -> Iterator[Event]:
    """The offer came to nothing: the contact keeps its place, the agent's state says why."""
    agent = state.agents[offer.agent]
    asked, asked_reason = agent.next, agent.next_reason
    yield _ended(offer, outcome, at, customer_leg=_back_to_music(offer, outcome, state))
    if outcome in AFTERWARDS:
        intent, reason = AFTERWARDS[outcome]
        yield AgentIntentChanged(at=at, agent=agent.id, intent=intent, reason=reason)
    elif asked is not None:
        yield AgentIntentChanged(at=at, agent=agent.id, intent=asked, reason=asked_reason)


def _back_to_music(offer: Offer, outcome: OfferOutcome, state: State) -> LegId | None:
    """The leg of a customer who was on the way to the agent and still is there."""
    is_over = outcome in (OfferOutcome.CALLER_GONE, OfferOutcome.SWITCH_LOST)
    return state.contacts[offer.contact].leg if offer.accepted and not is_over else None


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
