"""Queue: the flow ends, the wait begins."""

from collections.abc import Iterator

from lianxi.engine.acd import overflowing
from lianxi.engine.acd.prompting import say
from lianxi.engine.ivr.moving import Go, leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.flow import QueueNode
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant


def enter(node: QueueNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    """Into the queue; a queue that no longer exists is said politely, never a crash."""
    yield leave(contact, StepOutcome.DONE, at)
    queue = state.queue(node.queue)
    if queue is None:
        yield from say(contact, (PromptName("sorry_all_lines"),), state, at)
        return
    yield from overflowing.enter(contact, queue, Destination(prompts=node.prompts), state, at)
