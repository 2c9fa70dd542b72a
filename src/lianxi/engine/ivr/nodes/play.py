"""Play: say something, then go on."""

from lianxi.engine.acd.prompting import hush, say
from lianxi.engine.ivr.asking import keep
from lianxi.engine.ivr.moving import flow_now, leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import CollectNode, PlayNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Play(NodeType[PlayNode]):
    """Prompts, one after another."""

    def enter(self, node: PlayNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Begin the prompts, or go on at once when there are none."""
        if node.prompts and contact.has_media:
            yield from say(contact, node.prompts, state, at)
        else:
            yield from self.said(node, contact, state, at)

    def said(self, node: PlayNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The prompts are over."""
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.next)

    def pressed(
        self, node: PlayNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """Where keys may cut in, the rest is not said and the key counts later; what may be the
        beginning of a secret is not written down."""
        if node.barge_in:
            yield from hush(contact, at)
            following = flow_now(contact, state).nodes[node.next]
            if not (isinstance(following, CollectNode) and following.secret):
                yield from keep(contact, digit, at)
            yield from self.said(node, contact, state, at)
