"""Sub-flow (子流程): through another flow and back. Variables are scoped: a sub-flow sees only what
it is given, and gives back only what is asked for."""

from lianxi.engine.acd.ending import end
from lianxi.engine.ivr.moving import leave, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import resolve, variable
from lianxi.engine.ivr.versions import key
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow import ReturnNode, SubFlowNode
from lianxi.engine.messages.flowing import SubFlowBegan, SubFlowEnded
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

DEEPEST = 8
"""Sub-flows in sub-flows; validated flows call no circle, this guards against the rest."""


class SubFlow(NodeType[SubFlowNode]):
    """A call."""

    def enter(self, node: SubFlowNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Into the version pinned when the contact began."""
        walk = walking(contact)
        version = walk.pinned.get(node.flow)
        called = None if version is None else state.flows.get(key(node.flow, version))
        if called is None or len(walk.frames) >= DEEPEST:
            yield leave(contact, StepOutcome.FAILED, at)
            yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.FAILED)
            return
        values: dict[str, Value] = {}
        for name, operand in node.arguments.items():
            values[name] = resolve(operand, contact, state, at)
        yield leave(contact, StepOutcome.DONE, at)
        yield SubFlowBegan(
            at=at,
            contact=contact.id,
            flow=called.id,
            version=called.version,
            values=values,
            back=node.next,
            results=node.results,
        )
        yield Go(called.start)


class Return(NodeType[ReturnNode]):
    """The way back."""

    def enter(self, node: ReturnNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Back to the caller's next node; the outermost flow ends the contact."""
        walk = walking(contact)
        yield leave(contact, StepOutcome.DONE, at)
        if not walk.frames:
            yield from end(
                contact,
                state,
                at,
                by=Party.SYSTEM,
                cause=LegCause.NORMAL,
                flow_end=FlowEnd.RETURNED,
            )
            return
        frame = walk.frames[-1]
        values: dict[str, Value] = {}
        for name, found in frame.results.items():
            values[name] = variable(found, contact, state)
        yield SubFlowEnded(at=at, contact=contact.id, flow=walk.flow, values=values)
        yield Go(frame.back)
