"""From a flow into a queue."""

from lianxi.engine.acd import overflowing
from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import Steps
from lianxi.engine.living import Contact
from lianxi.engine.messages.floor_events import ContactNeeds
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import EntryOutcome, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, PromptName, QueueId
from lianxi.kernel.time import Instant


def into_queue(
    contact: Contact,
    queue_id: QueueId,
    prompts: tuple[PromptName, ...],
    state: State,
    at: Instant,
    *,
    priority: int = 0,
    needs: tuple[SkillNeed, ...] = (),
    wanted: AgentId | None = None,
) -> Steps:
    """Leave the node and wait. Who has waited before keeps the age. A queue that no longer exists
    is said politely, then the contact ends.

    Args:
        contact: in a flow.
        queue_id: where to.
        prompts: said at the beginning of the wait.
        state: of the switchboard.
        at: now.
        priority: added to the contact's own, in place of what the step before gave.
        needs: skills; none = those the contact has already.
        wanted: an agent to wait for alone at first, if signed in.
    """
    yield leave(contact, StepOutcome.DONE, at)
    queue = state.queue(queue_id)
    if queue is None:
        to = Destination(prompts=overflowing.SORRY)
        yield from overflowing.go(contact, to, state, at, EntryOutcome.FLOW_OUT)
        return
    if wanted not in state.agents:
        wanted = None
    if priority != contact.of_node or needs or wanted is not None:
        yield ContactNeeds(
            at=at,
            contact=contact.id,
            priority=contact.priority - contact.of_node + priority,
            needs=needs or contact.needs,
            wanted=wanted if wanted is not None else contact.wanted,
            of_node=priority,
        )
    to = Destination(prompts=prompts, agent=wanted)
    yield from overflowing.enter(contact, queue, to, state, at, since=contact.queued_since)
