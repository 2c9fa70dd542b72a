"""Identity (身份核对): a code that nobody reads, checked by our own records or a connector.

Each try is an input of its own at the switch. What is asked is whether the code of that input is
right; the code itself is in no event, no command and no log.
"""

from lianxi.engine.acd.prompting import hush
from lianxi.engine.ivr.moving import leave, next_request, walking
from lianxi.engine.ivr.node_type import Steps
from lianxi.engine.ivr.nodes.collect import MASK, Collect
from lianxi.engine.ivr.values import text_of
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import CollectNode, IdentityNode
from lianxi.engine.messages.flowing import IdentityAsked, RequestOutcome
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, after

VERIFIED = "verified"
"""The field of the answer that says it."""

HEARD = (RequestOutcome.DONE, RequestOutcome.UNKNOWN)


class Identity(Collect):
    """Who the caller is."""

    def pressed(
        self, node: CollectNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """A key; none counts while the code is being checked."""
        if _is_keyed_in(node, contact):
            yield from super().pressed(node, contact, digit, state, at)

    def complete(
        self, node: CollectNode, contact: Contact, digits: str, state: State, at: Instant
    ) -> Steps:
        """The code is whole: have it checked."""
        assert isinstance(node, IdentityNode)
        assert contact.node is not None
        yield IdentityAsked(
            at=at,
            contact=contact.id,
            request=next_request(state),
            node=contact.node,
            number=text_of(node.number, contact, state, at),
            secret=walking(contact).secrets[node.variable],
            connector=node.connector,
            deadline=after(at, node.limit),
        )

    def answered(
        self, node: CollectNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """Right, wrong, or nobody can say."""
        assert isinstance(node, IdentityNode)
        if answer.outcome in HEARD and answer.values.get(VERIFIED) is True:
            yield leave(contact, StepOutcome.DONE, at)
            yield Go(node.next)
        elif answer.outcome in HEARD:
            yield from self._again(node, contact, MASK, state, at)
        else:
            late = answer.outcome is RequestOutcome.TIMED_OUT
            yield from hush(contact, at)
            yield leave(contact, StepOutcome.TIMED_OUT if late else StepOutcome.FAILED, at)
            yield Go(node.error)


def _is_keyed_in(node: CollectNode, contact: Contact) -> bool:
    """Whether digits are still being taken: the request under way is that of the input."""
    walk = walking(contact)
    return walk.request is not None and walk.request == walk.secrets.get(node.variable)
