"""Hang up: say something last, then end."""

from collections.abc import Iterator

from lianxi.engine.acd.ending import end
from lianxi.engine.acd.prompting import say
from lianxi.engine.ivr.moving import Go, leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.flow import HangUpNode
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


def enter(node: HangUpNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    """Begin the last words, or end at once when there are none."""
    if node.prompts:
        yield from say(contact, node.prompts, state, at)
    else:
        yield from said(node, contact, state, at)


def said(node: HangUpNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    """The last words are over."""
    yield leave(contact, StepOutcome.DONE, at)
    yield from end(
        contact, state, at, by=Party.SYSTEM, cause=LegCause.NORMAL, flow_end=FlowEnd.HANG_UP_NODE
    )
