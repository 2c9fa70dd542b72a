"""Fax (传真): the caller's machine sends a document for a queue."""

from lianxi.engine.acd.prompting import say
from lianxi.engine.ivr.moving import after_request, next_request
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Answer
from lianxi.engine.living import Contact
from lianxi.engine.messages.fax import FaxBegan
from lianxi.engine.messages.flow import FaxNode
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, Millis, after

GRACE = Millis(15_000)
"""The switch ends a fax itself; beyond this nobody tells of it any more."""


class Fax(NodeType[FaxNode]):
    """A received fax."""

    def enter(self, node: FaxNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Say what to do, or take the document at once."""
        if node.prompts and contact.has_media:
            yield from say(contact, node.prompts, state, at)
        else:
            yield from self.said(node, contact, state, at)

    def said(self, node: FaxNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The machine may send."""
        yield FaxBegan(
            at=at,
            contact=contact.id,
            leg=contact.leg,
            request=next_request(state),
            queue=node.queue,
            longest=node.longest,
            deadline=after(after(at, node.longest), GRACE),
        )

    def answered(
        self, node: FaxNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """Pages are there, or none came."""
        outcome = answer.outcome
        yield from after_request(contact, outcome, at, done=node.next, error=node.error)
