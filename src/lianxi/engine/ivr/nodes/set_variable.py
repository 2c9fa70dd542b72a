"""Set (变量): give variables a value."""

from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import resolve, variable
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.expressions import LONGEST_TEXT, Value
from lianxi.engine.messages.flow import SetNode
from lianxi.engine.messages.flow_values import Assignment, SetKind
from lianxi.engine.messages.flowing import VariablesSet
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Set(NodeType[SetNode]):
    """Assignments, one after another: a later one sees the earlier."""

    def enter(self, node: SetNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Set them all and go on."""
        for assignment in node.assignments:
            value = _after(assignment, contact, state, at)
            yield VariablesSet(at=at, contact=contact.id, values={assignment.variable: value})
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.next)


def _after(assignment: Assignment, contact: Contact, state: State, at: Instant) -> Value:
    value = resolve(assignment.to, contact, state, at)
    if assignment.how is SetKind.SET:
        return value
    before = variable(assignment.variable, contact, state)
    if isinstance(before, str) and isinstance(value, str):
        return (before + value)[:LONGEST_TEXT]
    if isinstance(before, str) or isinstance(value, str):
        return before
    return before + value
