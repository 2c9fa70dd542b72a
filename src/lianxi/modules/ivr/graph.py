"""Where a flow may take a caller: nodes nobody reaches, and circles.

A circle is judged from the caller who does nothing: what only a key leads to does not count. If
such a caller can go round for ever, so would a line that was left open, until somebody pays the
bill. A circle is fine when a counter limits it: each round adds to a variable, and a condition on
that variable leads out.
"""

from collections.abc import Mapping

from lianxi.engine.messages.expressions import Compare, Constant, FromVariable, Operator
from lianxi.engine.messages.flow import (
    CollectNode,
    ConditionNode,
    CustomerNode,
    Flow,
    HttpNode,
    ReturnNode,
    SetNode,
    SubFlowNode,
)
from lianxi.engine.messages.flow_values import Assignment, SetKind
from lianxi.kernel.ids import FlowId, NodeId
from lianxi.modules.ivr.shape import called_by, ways

Edges = dict[NodeId, set[NodeId]]

BELOW = (Operator.LESS, Operator.AT_MOST)
ABOVE = (Operator.MORE, Operator.AT_LEAST)


def reached(flow: Flow) -> set[NodeId]:
    """Nodes that some caller may come to."""
    edges = {name: {way.target for way in ways(node)} for name, node in flow.nodes.items()}
    return {flow.start} | _beyond(flow.start, edges)


def first_in_endless_loop(flow: Flow, flows: Mapping[FlowId, Flow]) -> NodeId | None:
    """The first node, in the flow's order, from which silence leads back without a limit."""
    edges = _silent(flow, flows)
    for variable in _counters(flow):
        limited = _limited(flow, variable)
        if _is_counted(flow, edges, variable, limited):
            for name, targets in limited.items():
                edges[name] -= targets
    return _first_circle(flow, edges)


def calls_itself(flow: Flow, flows: Mapping[FlowId, Flow]) -> NodeId | None:
    """The node by which a flow comes to call itself, directly or through others."""
    for name, node in called_by(flow).items():
        seen: set[FlowId] = set()
        waiting = [node.flow]
        while waiting:
            called = waiting.pop()
            if called == flow.id:
                return name
            if called not in seen and called in flows:
                seen.add(called)
                waiting += [inner.flow for inner in called_by(flows[called]).values()]
    return None


def _silent(flow: Flow, flows: Mapping[FlowId, Flow]) -> Edges:
    """Where a caller who does nothing may get to, step by step."""
    edges: Edges = {}
    for name, node in flow.nodes.items():
        targets = {way.target for way in ways(node) if not way.by_key}
        if isinstance(node, SubFlowNode) and not _returns(node.flow, flows, frozenset()):
            targets = set()
        edges[name] = targets
    return edges


def _returns(called: FlowId, flows: Mapping[FlowId, Flow], above: frozenset[FlowId]) -> bool:
    """Whether a sub-flow may come back to its caller without a key."""
    flow = flows.get(called)
    if flow is None or called in above:
        return True  # not known, or a circle of flows: refused elsewhere
    edges: Edges = {}
    for name, node in flow.nodes.items():
        edges[name] = {way.target for way in ways(node) if not way.by_key}
        if isinstance(node, SubFlowNode) and not _returns(node.flow, flows, above | {called}):
            edges[name] = set()
    there = {flow.start} | _beyond(flow.start, edges)
    return any(isinstance(flow.nodes.get(name), ReturnNode) for name in there)


def _beyond(start: NodeId, edges: Edges) -> set[NodeId]:
    found: set[NodeId] = set()
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in found and target in edges:
                found.add(target)
                waiting.append(target)
    return found


def _first_circle(flow: Flow, edges: Edges) -> NodeId | None:
    return next((name for name in flow.nodes if name in _beyond(name, edges)), None)


# --- circles with a limit


def _is_count(assignment: Assignment) -> bool:
    to = assignment.to
    return (
        assignment.how is SetKind.ADD
        and isinstance(to, Constant)
        and isinstance(to.value, int | float)
        and to.value > 0
    )


def _adds(flow: Flow, variable: str) -> set[NodeId]:
    """Nodes that count a variable up."""
    return {
        name
        for name, node in flow.nodes.items()
        if isinstance(node, SetNode)
        and any(a.variable == variable and _is_count(a) for a in node.assignments)
    }


def _counters(flow: Flow) -> list[str]:
    """Variables that are only ever counted up, never set otherwise."""
    touched: set[str] = set()
    counted: set[str] = set()
    for node in flow.nodes.values():
        match node:
            case SetNode():
                for assignment in node.assignments:
                    (counted if _is_count(assignment) else touched).add(assignment.variable)
            case CollectNode():
                touched.add(node.variable)
            case HttpNode() | CustomerNode() | SubFlowNode():
                touched.update(node.results)
            case _:
                pass
    return sorted(counted - touched)


def _limited(flow: Flow, variable: str) -> Edges:
    """Ways that are open only while the counter is low."""
    found: Edges = {}
    for name, node in flow.nodes.items():
        if not isinstance(node, ConditionNode):
            continue
        open_for_ever = {
            branch.next
            for branch in node.branches
            if not _compares(branch.condition, variable, BELOW)
        }
        low = {b.next for b in node.branches if _compares(b.condition, variable, BELOW)}
        if any(_compares(branch.condition, variable, ABOVE) for branch in node.branches):
            low.add(node.otherwise)
        else:
            open_for_ever.add(node.otherwise)
        found[name] = low - open_for_ever
    return found


def _compares(condition: object, variable: str, operators: tuple[Operator, ...]) -> bool:
    return (
        isinstance(condition, Compare)
        and condition.operator in operators
        and condition.left == FromVariable(name=variable)
        and isinstance(condition.right, Constant)
    )


def _is_counted(flow: Flow, edges: Edges, variable: str, limited: Edges) -> bool:
    """Whether every circle through a limited way also passes a node that counts."""
    adding = _adds(flow, variable)
    uncounted = {
        name: {t for t in targets if t not in adding}
        for name, targets in edges.items()
        if name not in adding
    }
    return not any(
        name in uncounted and (target == name or name in _beyond(target, uncounted))
        for name, targets in limited.items()
        for target in targets
        if target not in adding
    )
