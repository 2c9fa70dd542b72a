"""Voicemail (留言): a message for a queue, until a key, silence, the limit or the hang-up."""

from lianxi.engine.acd.prompting import say
from lianxi.engine.ivr.moving import after_request, next_request
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Answer
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import VoicemailNode
from lianxi.engine.messages.flowing import VoicemailBegan
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, Millis, after

GRACE = Millis(15_000)
"""Beyond the longest message, before a recording nobody tells of is given up."""


class Voicemail(NodeType[VoicemailNode]):
    """A recorded message."""

    def enter(self, node: VoicemailNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Say what to do, or record at once."""
        if node.prompts and contact.has_media:
            yield from say(contact, node.prompts, state, at)
        else:
            yield from self.said(node, contact, state, at)

    def said(self, node: VoicemailNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The caller may speak."""
        yield VoicemailBegan(
            at=at,
            contact=contact.id,
            leg=contact.leg,
            request=next_request(state),
            queue=node.queue,
            longest=node.longest,
            silence=node.silence,
            key=node.key,
            deadline=after(after(at, node.longest), GRACE),
        )

    def answered(
        self, node: VoicemailNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """The message is there, or could not be recorded."""
        outcome = answer.outcome
        yield from after_request(contact, outcome, at, done=node.next, error=node.error)
