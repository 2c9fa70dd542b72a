"""Queue: the flow ends, the wait begins."""

from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.queueing import into_queue
from lianxi.engine.ivr.values import text_of
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import QueueNode
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant


class Queue(NodeType[QueueNode]):
    """A line of waiting contacts."""

    def enter(self, node: QueueNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Into the queue; a queue that no longer exists is said politely, never a crash."""
        wanted = "" if node.wanted is None else text_of(node.wanted, contact, state, at)
        yield from into_queue(
            contact,
            node.queue,
            node.prompts,
            state,
            at,
            priority=node.priority,
            needs=node.needs,
            wanted=AgentId(wanted) if wanted else None,
        )
