"""Flows of a few nodes on the hotline of the usual centre."""

import msgspec

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import StepEntered, StepLeft
from lianxi.engine.messages.expressions import Constant, FromVariable, Value, Variable
from lianxi.engine.messages.flow import AnyNode, Flow, HangUpNode, PlayNode, QueueNode
from lianxi.engine.messages.routing import Routing
from lianxi.kernel.ids import FlowId, NodeId, PromptName
from tests.builders.centre import OPERATOR, SALES, SERVICE, Centre, a_routing

HELLO = (PromptName("hello"),)
HOTLINE = "4001"

ENDS: dict[str, AnyNode] = {
    "end": HangUpNode(prompts=()),
    "sales": QueueNode(queue=SALES, prompts=()),
    "service": QueueNode(queue=SERVICE, prompts=()),
    "operator": QueueNode(queue=OPERATOR, prompts=()),
    "bye": PlayNode(prompts=HELLO, next=NodeId("end")),
}
"""Nodes every flow of these tests may lead to."""


def n(name: str) -> NodeId:
    return NodeId(name)


def a_flow(
    nodes: dict[str, AnyNode],
    *,
    start: str = "start",
    name: str = "welcome",
    version: int = 1,
    variables: tuple[Variable, ...] = (),
) -> Flow:
    """A flow of these nodes and the usual ends."""
    return Flow(
        id=FlowId(name),
        version=version,
        name=name,
        start=NodeId(start),
        nodes={NodeId(key): node for key, node in {**ENDS, **nodes}.items()},
        variables=variables,
    )


def a_routing_of(*flows: Flow) -> Routing:
    """The usual centre with these flows; its hotline begins the one named welcome."""
    return msgspec.structs.replace(a_routing(), flows=flows)


def called(
    nodes: dict[str, AnyNode], *subs: Flow, variables: tuple[Variable, ...] = ()
) -> tuple[Centre, list[Event]]:
    """A centre with a flow of these nodes, and what followed from the first caller "c1"."""
    centre = Centre(a_routing_of(a_flow(nodes, variables=variables), *subs))
    return centre, centre.calls("c1", HOTLINE)


def dials(centre: Centre, name: str, keys: str) -> list[Event]:
    """The caller presses keys, one after another."""
    return [event for key in keys for event in centre.presses(name, key)]


def path(events: list[Event]) -> list[str]:
    """The nodes entered."""
    return [event.node for event in events if isinstance(event, StepEntered)]


def outcomes(events: list[Event]) -> list[str]:
    """How nodes were left."""
    return [event.outcome.value for event in events if isinstance(event, StepLeft)]


def held(centre: Centre, variable: str, name: str = "c1") -> Value | None:
    """What a variable was set to."""
    walk = centre.contact(name).walk
    assert walk is not None
    return walk.values.get(variable)


def var(name: str) -> FromVariable:
    return FromVariable(name=name)


def const(value: Value) -> Constant:
    return Constant(value=value)
