"""Condition (条件): the first branch that holds, else the other way."""

from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import holds
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import ConditionNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Condition(NodeType[ConditionNode]):
    """Variables and facts decide."""

    def enter(self, node: ConditionNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Branch at once."""
        for branch in node.branches:
            if holds(branch.condition, contact, state, at):
                yield leave(
                    contact,
                    StepOutcome.BRANCHED,
                    at,
                    name=branch.name,
                    name_en=branch.name_en,
                )
                yield Go(branch.next)
                return
        yield leave(contact, StepOutcome.DEFAULTED, at)
        yield Go(node.otherwise)
