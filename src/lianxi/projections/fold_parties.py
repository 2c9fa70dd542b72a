"""How events about parties become segments: time aside is a consult's, neither talk nor hold."""

from lianxi.engine.messages import parties as p
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import Talk
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact, FactSegment, SegmentKind

WITH_CUSTOMER = (SegmentKind.TALK, SegmentKind.HOLD)
ASIDE = (SegmentKind.CONSULT,)
EITHER = (*WITH_CUSTOMER, *ASIDE)


def fold_party(event: Event, memory: Memory) -> None:
    """Apply one fact about a conversation of more than two."""
    match event:
        case p.PartyJoined(agent=agent) if agent is not None:
            if contact := memory.contacts.get(event.contact):
                _begin(contact, agent, SegmentKind.CONSULT, event.at, memory)
        case p.PartyLeft(agent=agent) if agent is not None:
            _end(event.contact, agent, EITHER, event.at, memory)
        case p.TalkArranged(agent=agent) if agent is not None:
            if contact := memory.contacts.get(event.contact):
                aside = event.talk is Talk.ASIDE
                before, now = (WITH_CUSTOMER, SegmentKind.CONSULT), (ASIDE, SegmentKind.TALK)
                kinds, kind = before if aside else now
                if not aside and _is_held(event.contact, agent, memory):
                    kinds = (SegmentKind.HOLD,)
                if _end(event.contact, agent, kinds, event.at, memory):
                    _begin(contact, agent, kind, event.at, memory)
        case p.ContactHandedOver() if contact := memory.contacts.get(event.contact):
            _end(event.contact, event.agent, EITHER, event.at, memory)
            if event.to_agent is not None:
                contact.last_agent = event.to_agent
                _end(event.contact, event.to_agent, EITHER, event.at, memory)
                _begin(contact, event.to_agent, SegmentKind.TALK, event.at, memory)
        case _:
            pass


def _is_held(contact: ContactId, agent: AgentId, memory: Memory) -> bool:
    return any(
        segment.kind is SegmentKind.HOLD and segment.agent == agent
        for segment in memory.open_segments(contact)
    )


def _end(
    contact: ContactId,
    agent: AgentId,
    kinds: tuple[SegmentKind, ...],
    at: Instant,
    memory: Memory,
) -> bool:
    """End the agent's open segments of these kinds. Whether there was one."""
    ended = False
    for segment in memory.open_segments(contact):
        if segment.agent == agent and segment.kind in kinds:
            segment.ended_at = max(segment.began_at, at)
            ended = True
    return ended


def _begin(
    contact: FactContact, agent: AgentId, kind: SegmentKind, at: Instant, memory: Memory
) -> None:
    if contact.last_entry is None:
        return
    contact.segments += 1
    memory.add(
        FactSegment(
            segment=f"{contact.contact}-{contact.segments}",
            contact=contact.contact,
            entry=contact.last_entry,
            queue=contact.last_queue or QueueId(""),
            agent=agent,
            kind=kind,
            began_at=at,
        )
    )
