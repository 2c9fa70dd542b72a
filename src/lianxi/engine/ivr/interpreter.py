"""The flow interpreter: walks a contact through the nodes of the version it began.

A node answers with facts and, at most once, with `Go`: the interpreter then enters the next node.
Validated flows cannot run in circles without asking the caller; a limit guards against the rest.
Which type of node does what stands in `node_types`.
"""

from collections.abc import Iterator

from lianxi.engine.acd.ending import end
from lianxi.engine.acd.prompting import finish, hush, say
from lianxi.engine.ivr.moving import flow_now, leave, walking
from lianxi.engine.ivr.node_type import Steps
from lianxi.engine.ivr.node_types import NODE_TYPES
from lianxi.engine.ivr.versions import in_force, pinned
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import FlowBegan, StepEntered
from lianxi.engine.messages.flow import AnyNode, Flow
from lianxi.engine.messages.flowing import DigitsTaken, RequestEnded
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, Phase, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import NodeId, PlaybackId
from lianxi.kernel.time import Instant

MOST_STEPS = 100
"""Nodes entered without waiting for anything; more is a circle."""


def begin(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Find the flow of the dialled number and enter it; an unknown number is told so."""
    rule = state.floor.numbers.get(contact.dialled)
    flow = None if rule is None or rule.flow is None else in_force(rule.flow, state)
    if flow is None:
        if state.routing.unknown_number and contact.has_media:
            yield from say(contact, state.routing.unknown_number, state, at)
        else:
            yield from _over(contact, state, at)
        return
    yield from start(flow, contact, state, at)


def start(flow: Flow, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Enter a flow at its beginning."""
    yield FlowBegan(
        at=at,
        contact=contact.id,
        flow=flow.id,
        version=flow.version,
        pinned=pinned(flow, state) or None,
    )
    yield from _walk(iter((Go(flow.start),)), contact, state, at)


def prompts_ended(
    contact: Contact, playback: PlaybackId, *, failed: bool, state: State, at: Instant
) -> Iterator[Event]:
    """A playing is over: the node it belongs to goes on."""
    yield from finish(contact, playback, failed=failed, at=at)
    if contact.phase is not Phase.FLOW:
        return
    if contact.node is None:
        yield from _over(contact, state, at)
        return
    node = node_now(contact, state)
    steps = NODE_TYPES[type(node)].said(node, contact, state, at)
    yield from _walk(steps, contact, state, at)


def digit_pressed(contact: Contact, digit: str, state: State, at: Instant) -> Iterator[Event]:
    """A key: what it means is up to the node."""
    if contact.node is None or len(digit) != 1:
        return
    walk = walking(contact)
    if walk.ignored:
        late = at > walk.ignored_until
        is_end_key = digit == walk.ignored
        yield DigitsTaken(at=at, contact=contact.id, count=0)
        if is_end_key and not late:
            return
    node = node_now(contact, state)
    steps = NODE_TYPES[type(node)].pressed(node, contact, digit, state, at)
    yield from _walk(steps, contact, state, at)


def input_missing(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The time for a key is over."""
    node = node_now(contact, state)
    steps = NODE_TYPES[type(node)].silent(node, contact, state, at)
    yield from _walk(steps, contact, state, at)


def request_over(
    contact: Contact, ended: RequestEnded, answer: Answer, state: State
) -> Iterator[Event]:
    """What the node asked of the world is over, one way or another."""
    yield ended
    node = node_now(contact, state)
    steps = NODE_TYPES[type(node)].answered(node, contact, answer, state, ended.at)
    yield from _walk(steps, contact, state, ended.at)


def node_now(contact: Contact, state: State) -> AnyNode:
    """The node a contact is in."""
    assert contact.node is not None
    return flow_now(contact, state).nodes[contact.node]


def _over(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    why = FlowEnd.NUMBER_UNKNOWN if contact.flow is None else FlowEnd.HANG_UP_NODE
    if contact.queue is not None:
        why = FlowEnd.TURNED_AWAY
    yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.NORMAL, flow_end=why)


def _walk(steps: Steps, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    for _ in range(MOST_STEPS):
        target: NodeId | None = None
        for step in steps:
            if isinstance(step, Go):
                target = step.node
            else:
                yield step
        if target is None:
            return
        walk = walking(contact)
        is_called = bool(walk.frames)
        yield StepEntered(
            at=at,
            contact=contact.id,
            node=target,
            flow=walk.flow if is_called else None,
            version=walk.version if is_called else 0,
        )
        node = node_now(contact, state)
        steps = NODE_TYPES[type(node)].enter(node, contact, state, at)
    yield from hush(contact, at)
    yield leave(contact, StepOutcome.ENDED, at)
    yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.FAILED)
