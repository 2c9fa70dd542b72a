"""Fills a memory with the rows that a batch of events touches: a few questions per batch."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import RoutingChanged
from lianxi.projections.fax_models import FactFax
from lianxi.projections.flow_models import FactFlowStep
from lianxi.projections.memory import Memory
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
        ("trunk", keys.trunks),
        ("fax", keys.faxes),
    )
    for event in events:
        keys.routing = keys.routing or isinstance(event, RoutingChanged)
        for name, found in places:
            if isinstance(key := getattr(event, name, None), str) and key:
                found.add(key)
    return keys


async def load(session: AsyncSession, keys: Keys) -> Memory:
    """Read what is known about the keys; rows stay attached to the session."""
    memory = Memory()
    if keys.contacts:
        await _load_contacts(session, keys, memory)
        for queue in await session.scalars(select(DimQueue)):
            memory.queues[queue.queue] = queue
    if keys.offers:
        found = await session.scalars(select(FactOffer).where(FactOffer.offer.in_(keys.offers)))
        for offer in found:
            memory.offers[offer.offer] = offer
    if keys.trunks:
        found_trunks = select(TrunkStanding).where(TrunkStanding.trunk.in_(keys.trunks))
        for trunk in await session.scalars(found_trunks):
            memory.trunks[trunk.trunk] = trunk
    if keys.faxes:
        for fax in await session.scalars(select(FactFax).where(FactFax.fax.in_(keys.faxes))):
            memory.faxes[fax.fax] = fax
    await _load_agents(session, keys, memory)
    if keys.routing:
        for queue in await session.scalars(select(DimQueue)):
            memory.queues[queue.queue] = queue
        for code in await session.scalars(select(DimDisposition)):
            memory.dispositions[code.queue, code.code] = code
        for known in await session.scalars(select(DimAgent)):
            memory.known_agents[known.agent] = known
    return memory


async def _load_contacts(session: AsyncSession, keys: Keys, memory: Memory) -> None:
    contacts = list(
        await session.scalars(select(FactContact).where(FactContact.contact.in_(keys.contacts)))
    )
    memory.contacts = {contact.contact: contact for contact in contacts}
    for segment in await session.scalars(
        select(FactSegment).where(
            FactSegment.contact.in_(keys.contacts), FactSegment.ended_at.is_(None)
        )
    ):
        memory.keep_segment(segment)
    for entry in await session.scalars(
        select(FactQueueEntry).where(FactQueueEntry.entry.in_(keys.entries))
    ):
        memory.entries[entry.entry] = entry
    blocked = select(FactBlocked).where(FactBlocked.contact.in_(keys.contacts))
    memory.blocked = {row.contact: row for row in await session.scalars(blocked)}
    current = [(contact.contact, contact.flow_steps) for contact in contacts]
    if current:
        for step in await session.scalars(
            select(FactFlowStep).where(tuple_(FactFlowStep.contact, FactFlowStep.seq).in_(current))
        ):
            memory.steps[step.contact, step.seq] = step


async def _load_agents(session: AsyncSession, keys: Keys, memory: Memory) -> None:
    """The agents that are named, and those at work on a contact that is named."""
    wanted: list[ColumnElement[bool]] = []
    if keys.agents:
        wanted.append(AgentPresence.agent.in_(keys.agents))
    if keys.contacts:
        wanted.append(AgentPresence.contact.in_(keys.contacts))
    if not wanted:
        return
    for agent in await session.scalars(select(AgentPresence).where(or_(*wanted))):
        memory.agents[agent.agent] = agent
    if memory.agents:
        for interval in await session.scalars(
            select(FactAgentInterval).where(
                FactAgentInterval.agent.in_(memory.agents.keys()),
                FactAgentInterval.ended_at.is_(None),
            )
        ):
            memory.intervals[interval.agent] = interval
