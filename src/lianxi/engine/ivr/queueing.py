"""From a flow into a queue."""

from lianxi.engine.acd.prompting import say
from lianxi.engine.acd.waiting import join
from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import Steps
from lianxi.engine.messages.flow import SkillWish
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import Contact, State
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
    needs: tuple[SkillWish, ...] = (),
    wanted: AgentId | None = None,
) -> Steps:
    """Leave the node and wait. A queue that no longer exists is said politely, then the contact
    ends."""
    yield leave(contact, StepOutcome.DONE, at)
    queue = state.queue(queue_id)
    if queue is None:
        yield from say(contact, (PromptName("sorry_all_lines"),), state, at)
        return
    yield from join(contact, queue, state, at)
    yield from say(contact, prompts, state, at)
