"""How events about calls that agents make become fact rows and layers of the agents."""

from lianxi.engine.messages import calling as c
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import Activity, Channel, RecordingPolicy
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant, between
from lianxi.projections import fold_segments as segments
from lianxi.projections.memory import Memory
from lianxi.projections.models import AgentPresence, FactContact, SegmentKind
from lianxi.projections.outcomes import Direction
from lianxi.projections.presence import Conversation


def fold_call(event: Event, memory: Memory) -> None:
    """Apply one fact about a call that an agent makes."""
    match event:
        case c.CallPlaced() if contact := memory.contacts.get(event.contact):
            contact.last_agent = event.agent
            contact.first_queue = contact.last_queue = event.queue
            contact.trunk = event.trunk
            if contact.channel is Channel.CALLBACK:
                _call_back(contact, event, memory)
        case c.CallProgressed() if contact := memory.contacts.get(event.contact):
            contact.line_rang_at = contact.line_rang_at or event.at
        case c.CallRerouted() if contact := memory.contacts.get(event.contact):
            contact.trunk = event.trunk
        case c.CallAnswered() if contact := memory.contacts.get(event.contact):
            contact.answered_at = event.at
            _line_answered(contact, event.at)
            queue = memory.queues.get(event.queue) if event.queue is not None else None
            contact.recording_policy = queue.recording_policy if queue else RecordingPolicy.ALL
            if contact.direction is Direction.OUTBOUND:
                contact.last_entry = segments.NO_ENTRY
            if contact.direction is Direction.OUTBOUND or contact.channel is Channel.CALLBACK:
                _talk(contact, event, memory)
        case _:
            pass


def _call_back(contact: FactContact, event: c.CallPlaced, memory: Memory) -> None:
    """Whoever took the callback calls now: there is no talk before the customer answers."""
    segments.undo(contact, event.agent, event.at, memory)
    if contact.answered_at == event.at:
        contact.answered_at = None


def _line_answered(contact: FactContact, at: Instant) -> None:
    contact.line_answered_at = at
    if contact.line_rang_at is not None:
        contact.ring_ms = between(contact.line_rang_at, at)


def _talk(contact: FactContact, event: c.CallAnswered, memory: Memory) -> None:
    segments.begin(
        contact,
        SegmentKind.TALK,
        entry=contact.last_entry or segments.NO_ENTRY,
        queue=event.queue,
        agent=event.agent,
        at=event.at,
        memory=memory,
    )


def work_of_call(event: Event, memory: Memory) -> list[AgentPresence]:
    """The agents a call keeps busy. Who is called by a colleague is rung until the answer."""
    match event:
        case c.CallPlaced():
            return _at_work(event.agent, Activity.TALKING, event.contact, memory)
        case c.CallDialled(to=to) if to is not None:
            return _at_work(to, Activity.OFFERED, event.contact, memory)
        case c.CallAnswered(to=to) if to is not None:
            return _at_work(to, Activity.TALKING, event.contact, memory)
        case _:
            return []


def _at_work(
    agent_id: AgentId, activity: Activity, contact: ContactId, memory: Memory
) -> list[AgentPresence]:
    agent = memory.agents.get(agent_id)
    if agent is None or not agent.signed_in:
        return []
    agent.activity = activity
    agent.contact = contact
    agent.conversation = Conversation.TALK
    return [agent]
