"""How a node says where the contact goes next."""

from collections.abc import Iterator

from lianxi.engine.ivr.walk import Go, Walk
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import StepLeft
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.flowing import RequestOutcome
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import NodeId, RequestId
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


def after_request(
    contact: Contact, outcome: RequestOutcome, at: Instant, *, done: NodeId, error: NodeId
) -> Iterator[Event | Go]:
    """What was asked of the world is over, and brought no values: on, or into the error branch."""
    if outcome is RequestOutcome.DONE:
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(done)
        return
    late = outcome is RequestOutcome.TIMED_OUT
    yield leave(contact, StepOutcome.TIMED_OUT if late else StepOutcome.FAILED, at)
    yield Go(error)


def next_request(state: State) -> RequestId:
    """The id of the next thing asked of the world."""
    return RequestId(f"r{state.number('request')}")
