"""How a node says where the contact goes next."""

from lianxi.engine.ivr.walk import Walk
from lianxi.engine.living import Contact
from lianxi.engine.messages.events import StepLeft
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import RequestId
from lianxi.kernel.time import Instant


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


def walking(contact: Contact) -> Walk:
    """What a contact in a flow carries."""
    assert contact.walk is not None
    return contact.walk


def flow_now(contact: Contact, state: State) -> Flow:
    """The flow or sub-flow the contact is in, on its version."""
    walk = walking(contact)
    return state.flows[f"{walk.flow}@{walk.version}"]


def next_request(state: State) -> RequestId:
    """The id of the next thing asked of the world."""
    return RequestId(f"r{state.number('request')}")
