"""Which versions of flows contacts hold on to."""

from lianxi.engine.messages.flow import Flow, SubFlowNode
from lianxi.engine.state import State
from lianxi.kernel.ids import FlowId


def key(flow: FlowId, version: int) -> str:
    """How a version is found in the state."""
    return f"{flow}@{version}"


def in_force(flow: FlowId, state: State) -> Flow | None:
    """The version that new contacts begin; `None` when there is no such flow."""
    for known in state.routing.flows:
        if known.id == flow:
            return known
    return None


def flows_in_use(state: State) -> set[str]:
    """Versions that a contact is on, or may come to as a sub-flow."""
    found: set[str] = set()
    for contact in state.contacts.values():
        if contact.flow is not None:
            found.add(key(contact.flow, contact.version))
        if contact.walk is not None:
            for flow, version in contact.walk.pinned.items():
                found.add(key(flow, version))
    return found


def pinned(flow: Flow, state: State) -> dict[FlowId, int]:
    """The sub-flows a contact of this flow may come to, at any depth, as they are now."""
    found: dict[FlowId, int] = {}
    waiting = [flow]
    while waiting:
        for node in waiting.pop().nodes.values():
            if isinstance(node, SubFlowNode) and node.flow not in found:
                called = in_force(node.flow, state)
                if called is not None:
                    found[node.flow] = called.version
                    waiting.append(called)
    return found
