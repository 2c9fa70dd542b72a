"""Hours: open or closed decides the way."""

from lianxi.engine.hours import is_open
from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import HoursNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Hours(NodeType[HoursNode]):
    """Opening hours."""

    def enter(self, node: HoursNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Branch at once; an unknown calendar counts as closed."""
        calendar = state.calendar(node.calendar)
        if calendar is not None and is_open(calendar, at):
            yield leave(contact, StepOutcome.OPEN, at)
            yield Go(node.open)
        else:
            yield leave(contact, StepOutcome.CLOSED, at)
            yield Go(node.closed)
