"""Hang up: say something last, then end."""

from lianxi.engine.acd.ending import end
from lianxi.engine.acd.prompting import say
from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import HangUpNode
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class HangUp(NodeType[HangUpNode]):
    """The last words."""

    def enter(self, node: HangUpNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Begin the last words, or end at once when there are none."""
        if node.prompts and contact.has_media:
            yield from say(contact, node.prompts, state, at)
        else:
            yield from self.said(node, contact, state, at)

    def said(self, node: HangUpNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The last words are over."""
        yield leave(contact, StepOutcome.DONE, at)
        yield from end(
            contact,
            state,
            at,
            by=Party.SYSTEM,
            cause=LegCause.NORMAL,
            flow_end=FlowEnd.HANG_UP_NODE,
        )
