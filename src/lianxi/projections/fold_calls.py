"""How events about calls that agents make become fact rows and layers of the agents."""

from lianxi.engine.messages import calling as c
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import Activity, RecordingPolicy
from lianxi.kernel.ids import AgentId, ContactId, EntryId, QueueId
from lianxi.projections.memory import Memory
from lianxi.projections.models import AgentPresence, FactContact, FactSegment, SegmentKind
from lianxi.projections.outcomes import Direction
from lianxi.projections.presence import Conversation

NO_ENTRY = EntryId("")
"""A call that an agent made stood in no queue."""


def fold_call(event: Event, memory: Memory) -> None:
    """Apply one fact about a call that an agent makes."""
    match event:
        case c.CallPlaced() if contact := memory.contacts.get(event.contact):
            contact.last_agent = event.agent
            contact.first_queue = contact.last_queue = event.queue
            contact.trunk = event.trunk
        case c.CallRerouted() if contact := memory.contacts.get(event.contact):
            contact.trunk = event.trunk
        case c.CallAnswered() if contact := memory.contacts.get(event.contact):
            contact.answered_at = event.at
            queue = memory.queues.get(event.queue) if event.queue is not None else None
            contact.recording_policy = queue.recording_policy if queue else RecordingPolicy.ALL
            if contact.direction is Direction.OUTBOUND:
                _talk(contact, event, memory)
        case _:
            pass


def _talk(contact: FactContact, event: c.CallAnswered, memory: Memory) -> None:
    contact.last_entry = NO_ENTRY
    contact.segments += 1
    memory.add(
        FactSegment(
            segment=f"{contact.contact}-{contact.segments}",
            contact=contact.contact,
            entry=NO_ENTRY,
            queue=event.queue or QueueId(""),
            agent=event.agent,
            kind=SegmentKind.TALK,
            began_at=event.at,
        )
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
