"""Play: say something, then go on."""

from collections.abc import Iterator

from lianxi.engine.acd.prompting import say
from lianxi.engine.ivr.moving import Go, leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.flow import PlayNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


def enter(node: PlayNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    """Begin the prompts, or go on at once when there are none."""
    if node.prompts:
        yield from say(contact, node.prompts, state, at)
    else:
        yield from said(node, contact, at)


def said(node: PlayNode, contact: Contact, at: Instant) -> Iterator[Event | Go]:
    """The prompts are over."""
    yield leave(contact, StepOutcome.DONE, at)
    yield Go(node.next)
