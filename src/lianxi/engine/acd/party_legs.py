"""What becomes of a party's leg: it rings, is answered, ends; and what follows for the others."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import ending, party_ends, waiting
from lianxi.engine.acd.intents import settle
from lianxi.engine.acd.party_calls import asked_anew
from lianxi.engine.acd.party_sides import (
    IN_CONSULT,
    PARTY_TALKING,
    PHASE_OUTSIDE,
    PHASE_RECOVERING,
    TALK_PLAIN,
    TALK_TOGETHER,
    arranged,
    can_be_rung,
    leg_of,
    successor,
    talking,
)
from lianxi.engine.at_desk import Agent
from lianxi.engine.deciding import deadline
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_events import AgentReleased
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.parties import ContactHandedOver, PartyJoined, PartyRang
from lianxi.engine.messages.values import FlowEnd, LegCause, Party
from lianxi.engine.state import State
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant

FLOW_END_TRANSFERRED: Final = FlowEnd.TRANSFERRED
LEG_CAUSE_FAILED: Final = LegCause.FAILED
LEG_CAUSE_GONE: Final = LegCause.GONE
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
LEG_CAUSE_NO_ANSWER: Final = LegCause.NO_ANSWER
LEG_CAUSE_TRUNK_FAILED: Final = LegCause.TRUNK_FAILED
PARTY_AGENT: Final = Party.AGENT
PARTY_CUSTOMER: Final = Party.CUSTOMER
PARTY_SYSTEM: Final = Party.SYSTEM


def rings(contact: Contact, leg: LegId, at: Instant) -> Iterator[Event]:
    """Said once."""
    party = contact.parties[leg]
    if party.phase is not PARTY_TALKING and not party.rang:
        yield PartyRang(at=at, contact=contact.id, leg=leg, agent=party.agent)


def answered(contact: Contact, leg: LegId, at: Instant) -> Iterator[Event]:
    """The party is there: to the agent aside, or to all of them."""
    party = contact.parties[leg]
    if party.phase is PARTY_TALKING:
        return
    yield PartyJoined(at=at, contact=contact.id, leg=leg, agent=party.agent)
    talk = contact.talk
    if contact.phase is PHASE_OUTSIDE:
        talk = TALK_PLAIN
    elif talk is TALK_PLAIN:
        talk = TALK_TOGETHER
    yield arranged(contact, talk, at)


def ended(
    contact: Contact, leg: LegId, cause: LegCause, state: State, at: Instant
) -> Iterator[Event]:
    """A party goes, or never came; the others go on as they can."""
    talk = contact.talk
    was_talking = contact.parties[leg].phase is PARTY_TALKING
    if cause is LEG_CAUSE_TRUNK_FAILED:
        anew = asked_anew(contact, contact.parties[leg], state, at)
        if anew is not None:
            yield from party_ends.leaves(contact, leg, cause, state, at)
            yield anew
            if talk is not TALK_PLAIN:
                yield arranged(contact, talk, at)
            return
    yield from party_ends.leaves(contact, leg, cause, state, at)
    left = talking(contact)
    if contact.phase is PHASE_OUTSIDE:
        if left:
            yield arranged(contact, TALK_PLAIN, at)
        elif was_talking:
            yield from ending.end(
                contact, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_NORMAL,
                flow_end=FLOW_END_TRANSFERRED,
            )  # fmt: skip
        else:
            yield from _come_back(contact, state, at)
    elif contact.phase is not PHASE_RECOVERING and talk is not TALK_PLAIN:
        yield arranged(contact, TALK_TOGETHER if left else TALK_PLAIN, at)
    elif talk is not TALK_PLAIN and not left and contact.parties:
        yield arranged(contact, TALK_PLAIN, at)


@deadline("party")
def not_answered(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Rung for long enough."""
    leg = LegId(key)
    yield from ended(state.contacts[state.legs[leg]], leg, LEG_CAUSE_NO_ANSWER, state, at)


def agent_goes(agent: Agent, cause: LegCause, state: State, at: Instant) -> Iterator[Event]:
    """A colleague who is a party of something, rung or talking, is out of it."""
    contact = state.contacts.get(agent.contact) if agent.contact is not None else None
    if contact is not None and contact.id in state.calls:
        yield from ending.end(contact, state, at, by=PARTY_CUSTOMER, cause=cause)
        return
    leg = leg_of(agent.id, contact) if contact is not None else None
    if contact is not None and leg is not None:
        yield from ended(contact, leg, cause, state, at)


def hand_over(
    contact: Contact, leg: LegId, reason: str, state: State, at: Instant, *, hops: int
) -> Iterator[Event]:
    """The agent is through; the customer goes on with this party, and with the others."""
    assert contact.agent is not None
    agent = state.agents[contact.agent]
    yield from party_ends.dismiss_ringing(contact, state, at)
    yield from ending.unpause(contact, at)
    party = contact.parties[leg]
    yield ContactHandedOver(
        at=at,
        contact=contact.id,
        agent=agent.id,
        agent_leg=contact.agent_leg,
        to_agent=party.agent,
        to_leg=leg,
        number=party.number,
        reason=reason,
        hops=hops,
    )
    yield from ending.wrap_up(agent, contact, state, at)
    is_plain = party.agent is None or not contact.parties
    yield arranged(contact, TALK_PLAIN if is_plain else TALK_TOGETHER, at)


def phone_hung_up(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """A desk phone has no other way to say it: hand over to who was consulted and talks, leave the
    others to themselves; with nobody there yet, the customer is put back in line first."""
    assert contact.agent is not None
    agent = state.agents[contact.agent]
    is_consult = contact.talk in IN_CONSULT
    leg = successor(contact)
    if leg is not None and not (is_consult and contact.hops >= state.routing.most_hops):
        hops = contact.hops + 1 if is_consult else contact.hops
        yield from hand_over(contact, leg, "", state, at, hops=hops)
        return
    queue = state.queue(contact.queue) if contact.queue is not None else None
    if not is_consult or queue is None:
        yield from ending.end(contact, state, at, by=PARTY_AGENT, cause=LEG_CAUSE_NORMAL)
        return
    yield from party_ends.dismiss(contact, state, at)
    yield from ending.unpause(contact, at)
    yield AgentReleased(at=at, agent=agent.id, contact=contact.id)
    yield waiting.joined(contact, queue, state, at, since=contact.queued_since, recovered=True)
    yield from settle(agent, state, at)


def _come_back(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Whoever the customer was sent to did not answer: back to who sent him, if that agent is
    free, else to anybody of the queue; first in line."""
    queue = state.queue(contact.queue) if contact.queue is not None else None
    if queue is None:
        yield from ending.end(contact, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_FAILED)
        return
    former = state.agents.get(contact.handed_by) if contact.handed_by is not None else None
    is_free = former is not None and former.is_available() and can_be_rung(former, state)
    yield waiting.joined(
        contact,
        queue,
        state,
        at,
        since=contact.queued_since,
        recovered=True,
        wanted=former.id if former is not None and is_free else None,
    )
