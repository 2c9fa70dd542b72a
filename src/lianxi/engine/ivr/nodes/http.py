"""Http (接口): ask a system outside; its answer, its failure and its silence each have a way."""

from lianxi.engine.ivr.moving import leave, next_request, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import accepted, resolve
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.expressions import FromVariable, Value
from lianxi.engine.messages.flow import HttpNode
from lianxi.engine.messages.flowing import HttpAsked, RequestOutcome, VariablesSet
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import RequestId
from lianxi.kernel.time import Instant, after


class Http(NodeType[HttpNode]):
    """A connector."""

    def enter(self, node: HttpNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Ask; a secret input is named, not told."""
        arguments: dict[str, Value] = {}
        secrets: dict[str, RequestId] = {}
        held = walking(contact).secrets
        for name, operand in node.arguments.items():
            if isinstance(operand, FromVariable) and operand.name in held:
                secrets[name] = held[operand.name]
            else:
                arguments[name] = resolve(operand, contact, state, at)
        yield HttpAsked(
            at=at,
            contact=contact.id,
            request=next_request(state),
            connector=node.connector,
            arguments=arguments,
            secrets=secrets,
            deadline=after(at, node.limit),
        )

    def answered(
        self, node: HttpNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """Keep what was asked for; an answer that does not fit is an error."""
        if answer.outcome is RequestOutcome.TIMED_OUT:
            yield leave(contact, StepOutcome.TIMED_OUT, at)
            yield Go(node.error if node.timeout is None else node.timeout)
            return
        found = None
        if answer.outcome is RequestOutcome.DONE:
            found = accepted(node.results, answer.values, contact, state)
        if found is None:
            yield leave(contact, StepOutcome.FAILED, at)
            yield Go(node.error)
            return
        if found:
            yield VariablesSet(at=at, contact=contact.id, values=found)
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.next)
