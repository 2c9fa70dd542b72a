"""Fills a memory with the rows that a batch of events touches: a few questions per batch."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import RoutingChanged
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.values import Party
from lianxi.projections.callback_models import FactCallback
from lianxi.projections.fax_models import FactFax
from lianxi.projections.flow_models import FactFlowStep, FactSurvey, FactVerification
from lianxi.projections.gap_models import FactGap
from lianxi.projections.memory import Memory, Row
from lianxi.projections.models import (
    AgentPresence,
    DimAgent,
    DimDisposition,
    DimQueue,
    FactAgentInterval,
    FactContact,
    FactOffer,
    FactQueueEntry,
    FactSegment,
)
from lianxi.projections.transfer_models import FactTransfer
from lianxi.projections.trunk_models import FactBlocked, TrunkStanding


@dataclass(slots=True)
class Keys:
    """What the events of a batch are about."""

    contacts: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    offers: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    trunks: set[str] = field(default_factory=set)
    faxes: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    """That were promised a callback."""
    routing: bool = False


def keys_of(events: Iterable[Event]) -> Keys:
    """Collect the ids that events name."""
    keys = Keys()
    places = (
        ("contact", keys.contacts),
        ("entry", keys.entries),
        ("offer", keys.offers),
        ("agent", keys.agents),
        ("to", keys.agents),  # a colleague who is called
        ("to_agent", keys.agents),  # one who goes on with the contact
        ("by", keys.agents),  # a supervisor who takes over
        ("trunk", keys.trunks),
        ("fax", keys.faxes),
    )
    for event in events:
        keys.routing = keys.routing or isinstance(event, RoutingChanged)
        if isinstance(event, CallbackRegistered):
            keys.numbers.add(event.number)
        for name, found in places:
            key = getattr(event, name, None)
            if isinstance(key, str) and key and not isinstance(key, Party):
                found.add(key)
    return keys


async def load(session: AsyncSession, keys: Keys) -> Memory:
    """Read what is known about the keys; rows stay attached to the session."""
    memory = Memory()
    if keys.contacts:
        await _load_contacts(session, keys, memory)
    if keys.contacts or keys.routing:
        await _keep(session, memory, select(DimQueue))
    if keys.offers:
        await _keep(session, memory, select(FactOffer).where(FactOffer.offer.in_(keys.offers)))
    if keys.trunks:
        standing = select(TrunkStanding).where(TrunkStanding.trunk.in_(keys.trunks))
        await _keep(session, memory, standing)
    if keys.faxes:
        await _keep(session, memory, select(FactFax).where(FactFax.fax.in_(keys.faxes)))
    await _load_callbacks(session, keys, memory)
    await _load_agents(session, keys, memory)
    if keys.routing:
        await _keep(session, memory, select(DimDisposition))
    return memory


async def _keep(session: AsyncSession, memory: Memory, wanted: Select[Row]) -> None:
    for row in await session.scalars(wanted):
        memory.keep(row)


async def _load_contacts(session: AsyncSession, keys: Keys, memory: Memory) -> None:
    """The contacts that are named, with all that was done on them: firsts are told by it."""
    found = keys.contacts
    numbered = (FactSegment.began_at, func.length(FactSegment.segment), FactSegment.segment)
    await _keep(session, memory, select(FactContact).where(FactContact.contact.in_(found)))
    segments = select(FactSegment).where(FactSegment.contact.in_(found)).order_by(*numbered)
    await _keep(session, memory, segments)
    of_entry = or_(FactQueueEntry.contact.in_(found), FactQueueEntry.entry.in_(keys.entries))
    await _keep(session, memory, select(FactQueueEntry).where(of_entry))
    await _keep(session, memory, select(FactBlocked).where(FactBlocked.contact.in_(found)))
    transfers = select(FactTransfer).where(FactTransfer.contact.in_(found))
    by_number = (func.length(FactTransfer.transfer), FactTransfer.transfer)
    await _keep(session, memory, transfers.order_by(*by_number))
    answers = select(FactSurvey).where(FactSurvey.contact.in_(found))
    await _keep(session, memory, answers.order_by(FactSurvey.seq))
    checks = select(FactVerification).where(FactVerification.contact.in_(found))
    await _keep(session, memory, checks.order_by(FactVerification.seq))
    await _keep(session, memory, select(FactGap).where(FactGap.contact.in_(found)))
    current = [(contact.contact, contact.flow_steps) for contact in memory.contacts.values()]
    if current:
        place = tuple_(FactFlowStep.contact, FactFlowStep.seq)
        await _keep(session, memory, select(FactFlowStep).where(place.in_(current)))


async def _load_callbacks(session: AsyncSession, keys: Keys, memory: Memory) -> None:
    wanted: list[ColumnElement[bool]] = []
    if keys.contacts:
        wanted.append(FactCallback.newest.in_(keys.contacts))
    if keys.numbers:
        wanted.append(FactCallback.caller.in_(keys.numbers))
    if wanted:
        in_order = (FactCallback.registered_at, FactCallback.callback)
        await _keep(session, memory, select(FactCallback).where(or_(*wanted)).order_by(*in_order))


async def _load_agents(session: AsyncSession, keys: Keys, memory: Memory) -> None:
    """The agents that are named, and those at work on a contact that is named; all who are there
    when the configuration changes, since it may put them in another team."""
    at_work = {s.agent for of_one in memory.segments_of.values() for s in of_one}
    last = {one.last_agent for one in memory.contacts.values() if one.last_agent is not None}
    named = keys.agents | at_work | last
    wanted: list[ColumnElement[bool]] = []
    if keys.agents:
        wanted.append(AgentPresence.agent.in_(keys.agents))
    if keys.contacts:
        wanted.append(AgentPresence.contact.in_(keys.contacts))
    if keys.routing:
        wanted.append(AgentPresence.signed_in.is_(True))
    if wanted:
        await _keep(session, memory, select(AgentPresence).where(or_(*wanted)))
    named |= set(memory.agents)
    if memory.agents:
        is_open = FactAgentInterval.ended_at.is_(None)
        of_them = FactAgentInterval.agent.in_(memory.agents.keys())
        await _keep(session, memory, select(FactAgentInterval).where(of_them, is_open))
    known = select(DimAgent)
    if keys.routing:
        await _keep(session, memory, known)
    elif named:
        await _keep(session, memory, known.where(DimAgent.agent.in_(named)))
