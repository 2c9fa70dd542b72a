"""Split: shares of the contacts go different ways, decided by the contact's id alone."""

from zlib import crc32

from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import SplitNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, NodeId
from lianxi.kernel.time import Instant


class Split(NodeType[SplitNode]):
    """Whole percents."""

    def enter(self, node: SplitNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Branch at once."""
        assert contact.node is not None
        place = percent_of(contact.id, contact.node)
        share = node.shares[-1]
        for candidate in node.shares:
            if place < candidate.percent:
                share = candidate
                break
            place -= candidate.percent
        yield leave(contact, StepOutcome.BRANCHED, at, name=share.name, name_en=share.name_en)
        yield Go(share.next)


def percent_of(contact: ContactId, node: NodeId) -> int:
    """A number from 0 to 99, evenly spread over contacts, the same each time; nodes differ."""
    return crc32(f"{contact}/{node}".encode()) % 100
