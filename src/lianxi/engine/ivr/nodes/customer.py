"""Customer (查客户): who calls, by our own records."""

from lianxi.engine.ivr.moving import leave, next_request
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import accepted, text_of
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import CustomerNode
from lianxi.engine.messages.flowing import CustomerAsked, RequestOutcome, VariablesSet
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, after


class Customer(NodeType[CustomerNode]):
    """A customer by number."""

    def enter(self, node: CustomerNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Search; nobody is searched without a number."""
        number = text_of(node.number, contact, state, at)
        if not number:
            yield leave(contact, StepOutcome.UNKNOWN, at)
            yield Go(node.unknown)
            return
        yield CustomerAsked(
            at=at,
            contact=contact.id,
            request=next_request(state),
            number=number,
            deadline=after(at, node.limit),
        )

    def answered(
        self, node: CustomerNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """Known, not known, or nobody can say."""
        if answer.outcome is RequestOutcome.UNKNOWN:
            yield leave(contact, StepOutcome.UNKNOWN, at)
            yield Go(node.unknown)
            return
        found = None
        if answer.outcome is RequestOutcome.DONE:
            found = accepted(node.results, answer.values, contact, state)
        if found is None:
            late = answer.outcome is RequestOutcome.TIMED_OUT
            yield leave(contact, StepOutcome.TIMED_OUT if late else StepOutcome.FAILED, at)
            yield Go(node.error)
            return
        if found:
            yield VariablesSet(at=at, contact=contact.id, values=found)
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.found)
