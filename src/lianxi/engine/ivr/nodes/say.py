"""Say (播报): a number, an amount, a date or a time, put together from prompts."""

from lianxi.engine.acd.prompting import hush, say
from lianxi.engine.ivr.asking import keep
from lianxi.engine.ivr.moving import flow_now, leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.speaking import spoken
from lianxi.engine.ivr.values import resolve
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import CollectNode, SayNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Say(NodeType[SayNode]):
    """What a variable holds, aloud."""

    def enter(self, node: SayNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Begin; what cannot be said that way is passed over, and counted as failed."""
        value = resolve(node.value, contact, state, at)
        language = contact.language or node.language
        words = spoken(value, node.how, language, node.offset_min)
        if words and contact.has_media:
            yield from say(contact, (*node.prompts, *words, *node.after), state, at)
            return
        yield leave(contact, StepOutcome.DONE if words else StepOutcome.FAILED, at)
        yield Go(node.next)

    def said(self, node: SayNode, contact: Contact, state: State, at: Instant) -> Steps:
        """It has been heard."""
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.next)

    def pressed(
        self, node: SayNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """Where keys may cut in, the rest is not said and the key counts later, unless it may be
        the beginning of a secret."""
        if node.barge_in:
            yield from hush(contact, at)
            following = flow_now(contact, state).nodes[node.next]
            if not (isinstance(following, CollectNode) and following.secret):
                yield from keep(contact, digit, at)
            yield from self.said(node, contact, state, at)
