"""The flow interpreter: walks a contact through the nodes of the version it began.

A node answers with facts and, at most once, with `Go`: the interpreter then enters the next node.
Validated flows cannot run in circles without asking the caller; a limit guards against the rest.
"""

from collections.abc import Iterator

from lianxi.engine.acd.ending import end
from lianxi.engine.acd.prompting import finish, say
from lianxi.engine.ivr.moving import Go, leave
from lianxi.engine.ivr.nodes import hang_up, hours, menu, play, queue
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import FlowBegan, StepEntered
from lianxi.engine.messages.flow import (
    AnyNode,
    Flow,
    HangUpNode,
    HoursNode,
    MenuNode,
    PlayNode,
    QueueNode,
)
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, Phase, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import NodeId, PlaybackId
from lianxi.kernel.time import Instant

MOST_STEPS = 100
"""Nodes entered without waiting for anything; more is a circle."""


def begin(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Find the flow of the dialled number and enter it; an unknown number is told so."""
    rule = state.floor.numbers.get(contact.dialled)
    flow = next((f for f in state.routing.flows if rule and f.id == rule.flow), None)
    if flow is None:
        if state.routing.unknown_number:
            yield from say(contact, state.routing.unknown_number, state, at)
        else:
            yield from _over(contact, state, at)
        return
    yield from start(flow, contact, state, at)


def start(flow: Flow, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Enter a flow at its beginning."""
    yield FlowBegan(at=at, contact=contact.id, flow=flow.id, version=flow.version)
    yield from _walk(flow, iter((Go(flow.start),)), contact, state, at)


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
    flow, node = _where(contact, state)
    match node:
        case PlayNode():
            yield from _walk(flow, play.said(node, contact, at), contact, state, at)
        case MenuNode():
            yield from _walk(flow, menu.said(node, contact, at), contact, state, at)
        case HangUpNode():
            yield from _walk(flow, hang_up.said(node, contact, state, at), contact, state, at)


def digit_pressed(contact: Contact, digit: str, state: State, at: Instant) -> Iterator[Event]:
    """A key: only menus listen."""
    if contact.node is None:
        return
    flow, node = _where(contact, state)
    if isinstance(node, MenuNode):
        yield from _walk(flow, menu.pressed(node, contact, digit, state, at), contact, state, at)


def input_missing(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The time for a key is over."""
    flow, node = _where(contact, state)
    if isinstance(node, MenuNode):
        yield from _walk(flow, menu.silent(node, contact, state, at), contact, state, at)


def _where(contact: Contact, state: State) -> tuple[Flow, AnyNode]:
    flow = state.flow_of(contact)
    assert contact.node is not None
    return flow, flow.nodes[contact.node]


def _over(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    why = FlowEnd.NUMBER_UNKNOWN if contact.flow is None else FlowEnd.HANG_UP_NODE
    if contact.queue is not None:
        why = FlowEnd.TURNED_AWAY
    yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.NORMAL, flow_end=why)


def _walk(
    flow: Flow, steps: Iterator[Event | Go], contact: Contact, state: State, at: Instant
) -> Iterator[Event]:
    for _ in range(MOST_STEPS):
        target: NodeId | None = None
        for step in steps:
            if isinstance(step, Go):
                target = step.node
            else:
                yield step
        if target is None:
            return
        yield StepEntered(at=at, contact=contact.id, node=target)
        steps = _enter(flow.nodes[target], contact, state, at)
    yield leave(contact, StepOutcome.ENDED, at)
    yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.FAILED)


def _enter(node: AnyNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    match node:
        case PlayNode():
            return play.enter(node, contact, state, at)
        case MenuNode():
            return menu.enter(node, contact, state, at)
        case QueueNode():
            return queue.enter(node, contact, state, at)
        case HoursNode():
            return hours.enter(node, contact, state, at)
        case HangUpNode():
            return hang_up.enter(node, contact, state, at)
