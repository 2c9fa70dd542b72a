"""Somebody is called into a conversation; where a carrier does not take it, over the next trunk."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd.party_sides import PARTY_TALKING, called
from lianxi.engine.acd.trunks import blocked_out, outside
from lianxi.engine.living import Contact, Party
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.parties import PartyAsked, Target
from lianxi.engine.messages.trunks import ContactBlocked
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, Endpoint, LegId, TrunkId
from lianxi.kernel.time import Instant, Millis, after

RING: Final = Millis(20_000)
"""Of a party where no queue says how long."""
RING_OUTSIDE: Final = Millis(30_000)
"""Of a number: the way there takes its time."""


def asked(contact: Contact, to: Target, by: AgentId, state: State, at: Instant) -> Iterator[Event]:
    """Somebody is called."""
    agent_id = called(to, state)
    agent = state.agents.get(agent_id) if agent_id is not None else None
    if agent is None:
        call = _outside(contact, to.number, by, state, at, tried=()) if to.number else None
        if call is not None:
            yield call
        return
    queue = state.queue(contact.queue) if contact.queue is not None else None
    yield PartyAsked(
        at=at,
        contact=contact.id,
        leg=_leg(contact, state),
        customer_leg=contact.leg,
        by=by,
        agent=agent.id,
        endpoint=agent.endpoint,
        number="",
        caller=contact.caller,
        caller_name=contact.caller_name,
        expires_at=after(at, RING if queue is None else queue.ring),
    )


def blocked(
    contact: Contact, number: str, by: AgentId, state: State, at: Instant
) -> ContactBlocked | None:
    """The fact that no channel is free for a call to this number; `None` = there is a way."""
    if not number or outside(number, contact.dialled, state) is not None:
        return None
    return blocked_out(contact.id, number, contact.dialled, state, at, by)


def asked_anew(contact: Contact, party: Party, state: State, at: Instant) -> PartyAsked | None:
    """The same number over the next trunk of its route; `None` = there is none, or it is nobody
    who is still to come."""
    if party.agent is not None or party.phase is PARTY_TALKING:
        return None
    by = contact.agent if contact.agent is not None else contact.handed_by
    return _outside(contact, party.number, by, state, at, tried=(*party.tried, party.trunk))


def _outside(
    contact: Contact,
    number: str,
    by: AgentId | None,
    state: State,
    at: Instant,
    *,
    tried: tuple[TrunkId, ...],
) -> PartyAsked | None:
    way = outside(number, contact.dialled, state, tried)
    if way is None:
        return None
    return PartyAsked(
        at=at,
        contact=contact.id,
        leg=_leg(contact, state),
        customer_leg=contact.leg,
        by=by,
        agent=None,
        endpoint=Endpoint(""),
        number=number,
        caller=contact.caller,
        caller_name=contact.caller_name,
        expires_at=after(at, RING_OUTSIDE),
        shown=way.caller,
        dialled=way.number,
        trunk=way.trunk,
        tried=tried,
    )


def _leg(contact: Contact, state: State) -> LegId:
    return LegId(f"leg-p{state.number('leg')}-{contact.id}")
