"""How a node says where the contact goes next."""

import msgspec

from lianxi.engine.living import Contact
from lianxi.engine.messages.events import StepLeft
from lianxi.engine.messages.values import StepOutcome
from lianxi.kernel.ids import NodeId
from lianxi.kernel.time import Instant


class Go(msgspec.Struct, frozen=True):
    """Continue at this node."""

    node: NodeId


def leave(
    contact: Contact,
    outcome: StepOutcome,
    at: Instant,
    *,
    digit: str = "",
    name: str = "",
    name_en: str = "",
) -> StepLeft:
    """The contact leaves the node it is in."""
    assert contact.node is not None
    return StepLeft(
        at=at,
        contact=contact.id,
        node=contact.node,
        outcome=outcome,
        digit=digit,
        name=name,
        name_en=name_en,
    )
