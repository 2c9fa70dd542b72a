"""During a conversation: hang up, and the agent's leg vanishing and coming back."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import (
    calling,
    intents,
    monitoring,
    offering,
    party_ends,
    party_legs,
    waiting,
)
from lianxi.engine.acd.ending import end, unpause
from lianxi.engine.acd.party_sides import IN_CONSULT, TALK_TOGETHER, arranged
from lianxi.engine.acd.prompting import hush
from lianxi.engine.at_desk import Agent
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.living import Contact, Offer
from lianxi.engine.messages.agent_events import AgentReleased
from lianxi.engine.messages.agent_inputs import HangUpAsked, LegAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentLegAnswered,
    AgentLegAsked,
    AgentLegFailed,
    AgentLegLost,
    AgentLegRestored,
)
from lianxi.engine.messages.inputs import JoinFailed, LegAnswered, LegEnded, LegJoined, LegRinging
from lianxi.engine.messages.values import (
    Activity,
    DeviceKind,
    Intent,
    LegCause,
    OfferOutcome,
    Party,
    Phase,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, LegId, PlaybackId, PromptName
from lianxi.kernel.time import Instant, after

ACTIVITY_WRAPPING: Final = Activity.WRAPPING
DEVICE_KIND_PHONE: Final = DeviceKind.PHONE
INTENT_NOT_READY: Final = Intent.NOT_READY
LEG_CAUSE_FAILED: Final = LegCause.FAILED
LEG_CAUSE_GONE: Final = LegCause.GONE
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
OFFER_OUTCOME_JOIN_FAILED: Final = OfferOutcome.JOIN_FAILED
PARTY_AGENT: Final = Party.AGENT
PARTY_SYSTEM: Final = Party.SYSTEM
PHASE_HELD: Final = Phase.HELD
PHASE_RECOVERING: Final = Phase.RECOVERING
PHASE_TALKING: Final = Phase.TALKING

IN_CALL = (Phase.TALKING, Phase.HELD, Phase.RECOVERING)


Told = LegRinging | LegAnswered | LegJoined | LegEnded | JoinFailed


@decides(LegRinging, LegAnswered, LegJoined, LegEnded, JoinFailed)
def about_leg(given: Told, state: State) -> Iterator[Event]:
    """The switch speaks about an agent's leg: of an offer, or of a conversation."""
    offer_id = state.ringing.get(given.leg)
    if offer_id is not None:
        yield from _about_offer(given, state.offers[offer_id], state)
        return
    contact_id = state.legs.get(given.leg)
    if contact_id is None:
        monitor_id = state.listening.get(given.leg)
        if monitor_id is not None:
            yield from monitoring.about_leg(given, state.monitors[monitor_id])
        return
    contact = state.contacts[contact_id]
    if contact_id in state.calls:
        yield from calling.about_leg(given, contact, state)
        return
    if given.leg in contact.parties:
        yield from _about_party(given, contact, state)
        return
    match given:
        case LegAnswered():
            yield from restored_leg_answered(contact, given.leg, given.at)
        case LegJoined():
            yield from restored(contact, given.leg, given.at)
        case JoinFailed():
            yield from leg_ended(contact, given.leg, LEG_CAUSE_FAILED, state, given.at)
        case LegEnded():
            yield from leg_ended(contact, given.leg, given.cause, state, given.at)


def _about_party(given: Told, contact: Contact, state: State) -> Iterator[Event]:
    match given:
        case LegRinging():
            yield from party_legs.rings(contact, given.leg, given.at)
        case LegAnswered():
            yield from party_legs.answered(contact, given.leg, given.at)
        case JoinFailed():
            yield from party_legs.ended(contact, given.leg, LEG_CAUSE_FAILED, state, given.at)
        case LegEnded():
            yield from party_legs.ended(contact, given.leg, given.cause, state, given.at)


def _about_offer(given: Told, offer: Offer, state: State) -> Iterator[Event]:
    match given:
        case LegJoined():
            yield from offering.joined(offer, state, given.at)
        case LegRinging():
            yield from offering.ringing(offer, given.at)
        case LegAnswered():
            yield from offering.picked_up(offer, state, given.at)
        case JoinFailed():
            yield from offering.end(offer, OFFER_OUTCOME_JOIN_FAILED, state, given.at)
        case LegEnded():
            yield from offering.leg_ended(offer, given.cause, state, given.at)


def of_agent(agent_id: AgentId, contact_id: ContactId, state: State) -> Contact | None:
    """The contact, when this agent is in conversation with it."""
    contact = state.contacts.get(contact_id)
    return contact if contact is not None and contact.agent == agent_id else None


@decides(HangUpAsked)
def hang_up(given: HangUpAsked, state: State) -> Iterator[Event]:
    """The agent ends the conversation."""
    contact = of_agent(given.agent, given.contact, state)
    if given.contact in state.calls:
        yield from calling.hang_up(state.contacts[given.contact], state, given.at)
    elif contact is None:
        yield from party_legs.agent_goes(
            state.agents[given.agent], LEG_CAUSE_NORMAL, state, given.at
        )
    elif contact.phase in IN_CALL:
        yield from end(contact, state, given.at, by=PARTY_AGENT, cause=LEG_CAUSE_NORMAL)


def leg_ended(
    contact: Contact, leg: LegId, cause: LegCause, state: State, at: Instant
) -> Iterator[Event]:
    """The agent's leg of a conversation ended.

    A browser hangs up over HTTP, so its leg ending means the page is gone: the customer is kept. A
    telephone has no other way to hang up than to end its leg.
    """
    if contact.agent_leg != leg or contact.agent is None:
        return
    if contact.phase is PHASE_RECOVERING:
        yield _failed(contact, leg, at)
        return
    agent = state.agents[contact.agent]
    if agent.device is DEVICE_KIND_PHONE and cause is LEG_CAUSE_NORMAL and contact.parties:
        yield from party_legs.phone_hung_up(contact, state, at)
    elif agent.device is DEVICE_KIND_PHONE and cause is LEG_CAUSE_NORMAL:
        yield from end(contact, state, at, by=PARTY_AGENT, cause=cause)
    elif agent.device is DEVICE_KIND_PHONE:
        yield from requeue(contact, state, at)
    else:
        yield from lose_leg(contact, state, at)


def page_gone(agent: Agent, state: State, at: Instant) -> Iterator[Event]:
    """The agent's page is gone in the middle of a conversation, its own or somebody else's."""
    contact = state.contacts[agent.contact] if agent.contact is not None else None
    if contact is None or agent.activity is ACTIVITY_WRAPPING:
        return
    if contact.id in state.calls:
        yield from calling.hang_up(contact, state, at)
    elif contact.agent == agent.id:
        yield from lose_leg(contact, state, at)
    else:
        yield from party_legs.agent_goes(agent, LEG_CAUSE_GONE, state, at)


def lose_leg(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The agent's page is gone: keep the customer for a short while.

    Gone once more while a new leg is made: that leg came to nothing, the time goes on.
    """
    if not contact.has_media:
        return
    if contact.phase is PHASE_RECOVERING and contact.agent_leg is not None:
        yield _failed(contact, contact.agent_leg, at)
    if contact.phase not in (PHASE_TALKING, PHASE_HELD) or contact.agent is None:
        return
    if contact.talk in IN_CONSULT:
        yield from party_ends.dismiss(contact, state, at)
    yield AgentLegLost(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        agent=contact.agent,
        agent_leg=contact.agent_leg,
        until=after(at, state.routing.recover_for),
        playback=PlaybackId(f"p{state.number('playback')}"),
        prompts=(PromptName("restoring_call"),),
    )


@decides(LegAsked)
def ask_leg(given: LegAsked, state: State) -> Iterator[Event]:
    """The page is back: a new leg, answered by the page itself."""
    agent, at = state.agents.get(given.agent), given.at
    contact = state.contacts.get(agent.contact) if agent and agent.contact is not None else None
    if agent is None or contact is None or contact.agent != agent.id:
        return
    if contact.phase is not PHASE_RECOVERING or contact.agent_leg is not None:
        return
    yield AgentLegAsked(
        at=at,
        contact=contact.id,
        agent=agent.id,
        endpoint=agent.endpoint,
        leg=LegId(f"leg-r{state.number('leg')}-{contact.id}"),
        customer_leg=contact.leg,
        caller=contact.caller,
        caller_name=contact.caller_name,
    )


def restored_leg_answered(contact: Contact, leg: LegId, at: Instant) -> Iterator[Event]:
    """The page answered the new leg: the customer is spoken to no more and joined to it."""
    if contact.phase is not PHASE_RECOVERING or contact.agent_leg != leg:
        return
    if not contact.is_rejoining:
        yield from hush(contact, at)
        yield AgentLegAnswered(at=at, contact=contact.id, leg=leg, customer_leg=contact.leg)


def restored(contact: Contact, leg: LegId, at: Instant) -> Iterator[Event]:
    """They hear each other again."""
    if contact.phase is PHASE_RECOVERING and contact.agent_leg == leg and contact.agent is not None:
        yield AgentLegRestored(at=at, contact=contact.id, agent=contact.agent, leg=leg)
        if contact.talk is TALK_TOGETHER:
            yield arranged(contact, TALK_TOGETHER, at)


def _failed(contact: Contact, leg: LegId, at: Instant) -> AgentLegFailed:
    customer_leg = contact.leg if contact.is_rejoining else None
    return AgentLegFailed(at=at, contact=contact.id, leg=leg, customer_leg=customer_leg)


@deadline("recover")
def recovery_over(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The customer was kept for long enough."""
    yield from requeue(state.contacts[ContactId(key)], state, at)


def requeue(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The agent did not come back: the customer goes first, the agent is not ready."""
    assert contact.agent is not None
    agent = state.agents[contact.agent]
    queue = state.queue(contact.queue) if contact.queue is not None else None
    yield from hush(contact, at)
    yield from party_ends.dismiss(contact, state, at)
    yield from unpause(contact, at)
    if contact.agent_leg is not None:
        yield _failed(contact, contact.agent_leg, at)
    yield AgentReleased(at=at, agent=agent.id, contact=contact.id)
    yield intents.changed(agent.id, INTENT_NOT_READY, "lost", state, at)
    if queue is None:
        yield from end(contact, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_FAILED)
        return
    yield waiting.joined(contact, queue, state, at, since=contact.queued_since, recovered=True)
