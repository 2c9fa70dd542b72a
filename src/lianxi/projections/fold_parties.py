"""How events about parties become segments.

Time aside is a consult's, neither talk nor hold. While all hear each other, the stretch of the
contact's own agent is a conference; a colleague who is a party stays in a consult.
"""

from lianxi.engine.messages import parties as p
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import Talk
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant
from lianxi.projections import fold_segments as segments
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact, SegmentKind

CONSULT = SegmentKind.CONSULT
CONFERENCE = SegmentKind.CONFERENCE
TALK = SegmentKind.TALK
HOLD = SegmentKind.HOLD

BECOMES: dict[Talk, tuple[SegmentKind, tuple[SegmentKind, ...]]] = {
    Talk.ASIDE: (CONSULT, (TALK, CONFERENCE, HOLD)),
    Talk.TOGETHER: (CONFERENCE, (TALK, CONSULT, HOLD)),
    Talk.WITH_CUSTOMER: (TALK, (CONSULT, CONFERENCE, HOLD)),
    Talk.PLAIN: (TALK, (CONSULT, CONFERENCE, HOLD)),
}
"""By who hears whom: the stretch that begins for the agent, and those that end by it."""

ANY = (TALK, CONFERENCE, HOLD, CONSULT)


def fold_party(event: Event, memory: Memory) -> None:
    """Apply one fact about a conversation of more than two."""
    match event:
        case p.PartyJoined(agent=agent) if agent is not None:
            if contact := memory.contacts.get(event.contact):
                _begin(contact, agent, CONSULT, event.at, memory)
        case p.PartyLeft(agent=agent) if agent is not None:
            segments.end(event.contact, agent, ANY, event.at, memory)
        case p.TalkArranged(agent=agent) if agent is not None:
            if contact := memory.contacts.get(event.contact):
                kind, former = BECOMES[event.talk]
                if segments.end(event.contact, agent, former, event.at, memory):
                    _begin(contact, agent, kind, event.at, memory)
        case p.ContactHandedOver() if contact := memory.contacts.get(event.contact):
            segments.end(event.contact, event.agent, ANY, event.at, memory)
            if event.to_agent is not None:
                contact.last_agent = event.to_agent
                segments.end(event.contact, event.to_agent, ANY, event.at, memory)
                _begin(contact, event.to_agent, TALK, event.at, memory)
        case _:
            pass


def _begin(
    contact: FactContact, agent: AgentId, kind: SegmentKind, at: Instant, memory: Memory
) -> None:
    if contact.last_entry is None:
        return
    segments.begin(
        contact,
        kind,
        entry=contact.last_entry,
        queue=contact.last_queue,
        agent=agent,
        at=at,
        memory=memory,
    )
