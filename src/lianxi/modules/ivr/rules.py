"""May this flow be published? Pure: what exists is passed in.

Beside what is misspelt, two things are looked for that a person does not see at a glance: nodes
nobody can reach, and loops. A loop is judged from the caller who does nothing: a play node leads
on, an hours node may lead either way, a menu leads to its default. If such a caller can go round
for ever, so would a line that was left open, until somebody pays the bill.
"""

from collections.abc import Collection, Iterator

import msgspec

from lianxi.engine.messages.flow import (
    AnyNode,
    Flow,
    HangUpNode,
    HoursNode,
    MenuNode,
    PlayNode,
    QueueNode,
)
from lianxi.kernel.ids import CalendarId, FlowId, NodeId, PromptName, QueueId
from lianxi.modules.ivr.contracts import Flaw, FlowProblem
from lianxi.modules.ivr.errors import FlowInvalid

DIGITS = frozenset("0123456789*#")
MOST_RETRIES = 10
WAIT_MS = (1_000, 60_000)


def validate(
    flow: Flow,
    *,
    queues: Collection[QueueId],
    calendars: Collection[CalendarId],
    prompts: Collection[PromptName],
) -> list[FlowProblem]:
    """Everything that is wrong, in the order of the nodes; empty when it may be published."""
    if not flow.nodes:
        return [FlowProblem("", Flaw.NO_NODES)]
    problems: list[FlowProblem] = []
    if flow.start not in flow.nodes:
        problems.append(FlowProblem("", Flaw.UNKNOWN_START, flow.start))
    for name, node in flow.nodes.items():
        problems += _about(name, node, flow, queues, calendars)
        problems += [
            FlowProblem(name, Flaw.MISSING_PROMPT, prompt)
            for prompt in prompts_of(node)
            if prompt not in prompts
        ]
    if flow.start in flow.nodes:
        reached = _reached(flow)
        problems += [
            FlowProblem(name, Flaw.UNREACHABLE) for name in flow.nodes if name not in reached
        ]
    looping = _first_in_loop(flow)
    if looping is not None:
        problems.append(FlowProblem(looping, Flaw.ENDLESS_LOOP))
    return problems


def check(
    flow: Flow,
    *,
    queues: Collection[QueueId],
    calendars: Collection[CalendarId],
    prompts: Collection[PromptName],
) -> None:
    """Refuse a flow that `validate` finds anything wrong with.

    Raises:
        FlowInvalid: with the first problem: `node`, `reason`, `what`, and how many `more`.
    """
    problems = validate(flow, queues=queues, calendars=calendars, prompts=prompts)
    if problems:
        first = problems[0]
        raise FlowInvalid(
            node=first.node, reason=first.flaw.value, what=first.what, more=len(problems) - 1
        )


def flow_from(identifier: FlowId, body: object) -> Flow:
    """The flow that a JSON body describes; its version is given when it is published.

    Raises:
        FlowInvalid: a field is missing, misspelt or of another type.
    """
    if not isinstance(body, dict):
        raise FlowInvalid(node="", reason=Flaw.MALFORMED.value, what="an object is expected")
    try:
        return msgspec.convert({**body, "id": identifier, "version": 0}, Flow)
    except msgspec.ValidationError as error:
        text, _, place = str(error).partition(" - at ")
        node = place.split("[", 1)[1].split("]", 1)[0].strip("`'\".") if "[" in place else ""
        raise FlowInvalid(
            node="" if node == "..." else node,
            reason=Flaw.MALFORMED.value,
            what=f"{text} {place}".strip(),
        ) from error


def _about(
    name: str,
    node: AnyNode,
    flow: Flow,
    queues: Collection[QueueId],
    calendars: Collection[CalendarId],
) -> Iterator[FlowProblem]:
    for target in _targets(node):
        if target not in flow.nodes and target:
            yield FlowProblem(name, Flaw.UNKNOWN_NODE, target)
    match node:
        case QueueNode() if node.queue not in queues:
            yield FlowProblem(name, Flaw.UNKNOWN_QUEUE, node.queue)
        case HoursNode() if node.calendar not in calendars:
            yield FlowProblem(name, Flaw.UNKNOWN_CALENDAR, node.calendar)
        case PlayNode() if not node.next:
            yield FlowProblem(name, Flaw.UNKNOWN_NODE)
        case MenuNode():
            yield from _about_menu(name, node)
        case _:
            return


def _about_menu(name: str, node: MenuNode) -> Iterator[FlowProblem]:
    if not node.default:
        yield FlowProblem(name, Flaw.MISSING_DEFAULT)
    if not node.choices:
        yield FlowProblem(name, Flaw.NO_CHOICES)
    if not node.prompts:
        yield FlowProblem(name, Flaw.MISSING_PROMPT)
    seen: set[str] = set()
    for choice in node.choices:
        if choice.digit not in DIGITS:
            yield FlowProblem(name, Flaw.BAD_DIGIT, choice.digit)
        elif choice.digit in seen:
            yield FlowProblem(name, Flaw.DUPLICATE_DIGIT, choice.digit)
        seen.add(choice.digit)
    if not 0 <= node.retries <= MOST_RETRIES:
        yield FlowProblem(name, Flaw.BAD_RETRIES, str(node.retries))
    if not WAIT_MS[0] <= node.wait <= WAIT_MS[1]:
        yield FlowProblem(name, Flaw.BAD_WAIT, str(node.wait))


def prompts_of(node: AnyNode) -> tuple[PromptName, ...]:
    """Every prompt a node may play."""
    match node:
        case MenuNode():
            return (*node.prompts, *node.invalid, *node.silent)
        case PlayNode() | QueueNode() | HangUpNode():
            return node.prompts
        case HoursNode():
            return ()


def _silent_targets(node: AnyNode) -> tuple[NodeId, ...]:
    """Where a caller who does nothing may get to."""
    match node:
        case PlayNode():
            return (node.next,)
        case HoursNode():
            return (node.open, node.closed)
        case MenuNode():
            return (node.default,)
        case QueueNode() | HangUpNode():
            return ()


def _targets(node: AnyNode) -> tuple[NodeId, ...]:
    chosen = tuple(choice.next for choice in node.choices) if isinstance(node, MenuNode) else ()
    return (*_silent_targets(node), *chosen)


def _reached(flow: Flow) -> set[NodeId]:
    reached: set[NodeId] = set()
    waiting = [flow.start]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in flow.nodes:
            continue
        reached.add(name)
        waiting += _targets(flow.nodes[name])
    return reached


def _first_in_loop(flow: Flow) -> NodeId | None:
    """The first node, in the flow's order, from which silence leads back to itself."""
    for name, node in flow.nodes.items():
        seen: set[NodeId] = set()
        waiting = list(_silent_targets(node))
        while waiting:
            target = waiting.pop()
            if target == name:
                return name
            if target not in seen and target in flow.nodes:
                seen.add(target)
                waiting += _silent_targets(flow.nodes[target])
    return None
