"""May this flow be published? Pure: what exists is passed in.

Beside what is misspelt, things are looked for that a person does not see at a glance: nodes nobody
can reach, ways that lead nowhere, circles a silent caller would never leave (also through
sub-flows), values of the wrong type.
"""

import dataclasses
from collections.abc import Collection, Iterator

import msgspec

from lianxi.engine.messages.flow import (
    AnyNode,
    Flow,
    HoursNode,
    HttpNode,
    IdentityNode,
    LanguageNode,
    TransferNode,
)
from lianxi.engine.messages.flow_values import ToAgent
from lianxi.kernel.ids import CalendarId, FlowId, PromptName, QueueId
from lianxi.modules.ivr import graph, limits, typing_rules
from lianxi.modules.ivr.contracts import WARNINGS, Flaw, FlowProblem, Surroundings
from lianxi.modules.ivr.errors import FlowInvalid
from lianxi.modules.ivr.sentences import sentence
from lianxi.modules.ivr.shape import called_by, prompts_of, queues_of, ways

__all__ = ["check", "check_walkable", "flow_from", "prompts_of", "review", "validate"]


_WALKABLE = WARNINGS | {Flaw.MISSING_PROMPT, Flaw.UNREACHABLE, Flaw.BREAKS_CALLER}
"""Flaws that a caller on trial does not stumble over."""


def review(flow: Flow, around: Surroundings) -> list[FlowProblem]:
    """Everything that is wrong, in the order of the nodes, then what is only a warning."""
    if not flow.nodes:
        return [FlowProblem("", Flaw.NO_NODES)]
    around = dataclasses.replace(around, flows={**around.flows, flow.id: flow})
    problems = list(typing_rules.about_declarations(flow))
    if flow.start not in flow.nodes:
        problems.append(FlowProblem("", Flaw.UNKNOWN_START, flow.start))
    for name, node in flow.nodes.items():
        problems += _about(name, node, flow, around)
    problems += _about_ways(flow, around)
    problems += _about_callers(flow, around)
    return [*problems, *_about_staff(flow, around)]


def validate(
    flow: Flow,
    *,
    queues: Collection[QueueId],
    calendars: Collection[CalendarId],
    prompts: Collection[PromptName],
) -> list[FlowProblem]:
    """What is wrong with a flow that refers to queues, calendars and prompts alone."""
    around = Surroundings(queues=queues, calendars=calendars, prompts=prompts)
    return [problem for problem in review(flow, around) if not problem.is_warning]


def check(flow: Flow, around: Surroundings) -> None:
    """Refuse a flow in which `review` finds more than warnings.

    Raises:
        FlowInvalid: with the first problem: `node`, `reason`, `what`, the sentence in both
            languages, and how many `more`.
    """
    _refuse([problem for problem in review(flow, around) if not problem.is_warning])


def check_walkable(flow: Flow, around: Surroundings) -> None:
    """Refuse a flow that a caller cannot even be walked through on trial.

    Raises:
        FlowInvalid: as `check`; prompts that are still to be recorded, nodes that are not connected
            yet and the like do not matter.
    """
    _refuse([problem for problem in review(flow, around) if problem.flaw not in _WALKABLE])


def _refuse(problems: list[FlowProblem]) -> None:
    if problems:
        first = problems[0]
        raise FlowInvalid(
            node=first.node,
            reason=first.flaw.value,
            what=first.what,
            sentence=sentence(first, "zh"),
            sentence_en=sentence(first, "en"),
            more=len(problems) - 1,
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


def _about(name: str, node: AnyNode, flow: Flow, around: Surroundings) -> Iterator[FlowProblem]:
    for way in ways(node):
        if not way.target:
            what = "" if way.missing is Flaw.MISSING_DEFAULT else way.field
            yield FlowProblem(name, way.missing, what)
        elif way.target not in flow.nodes:
            yield FlowProblem(name, Flaw.UNKNOWN_NODE, way.target)
    for flaw, what in limits.about_limits(node):
        yield FlowProblem(name, flaw, what)
    for flaw, what in _about_names(node, around):
        yield FlowProblem(name, flaw, what)
    yield from typing_rules.about_values(name, node, flow, around)
    for prompt in prompts_of(node):
        if not _can_be_played(prompt, flow, around):
            yield FlowProblem(name, Flaw.MISSING_PROMPT, prompt)


def _about_names(node: AnyNode, around: Surroundings) -> Iterator[tuple[Flaw, str]]:
    """What the node refers to outside of the flow."""
    for queue in queues_of(node):
        if queue not in around.queues:
            yield Flaw.UNKNOWN_QUEUE, queue
    match node:
        case HoursNode() if node.calendar not in around.calendars:
            yield Flaw.UNKNOWN_CALENDAR, node.calendar
        case HttpNode() if around.connectors is not None:
            if node.connector not in around.connectors:
                yield Flaw.UNKNOWN_CONNECTOR, node.connector
        case IdentityNode() if around.connectors is not None:
            if node.connector and node.connector not in around.connectors:
                yield Flaw.UNKNOWN_CONNECTOR, node.connector
        case LanguageNode() if around.spoken and node.language not in around.spoken:
            yield Flaw.UNKNOWN_LANGUAGE, node.language
        case TransferNode(to=ToAgent(agent=agent)) if around.agents is not None:
            if agent not in around.agents:
                yield Flaw.UNKNOWN_AGENT, agent
        case _:
            return


def _can_be_played(prompt: PromptName, flow: Flow, around: Surroundings) -> bool:
    """In the centre's language and in every language the flow may choose."""
    chosen = {node.language for node in flow.nodes.values() if isinstance(node, LanguageNode)}
    return prompt in around.prompts and all(
        prompt in around.spoken[language] for language in chosen if language in around.spoken
    )


def _about_ways(flow: Flow, around: Surroundings) -> Iterator[FlowProblem]:
    """The flow as a whole: what is never reached, what is never left."""
    if flow.start in flow.nodes:
        there = graph.reached(flow)
        for name in flow.nodes:
            if name not in there:
                yield FlowProblem(name, Flaw.UNREACHABLE)
    calling = graph.calls_itself(flow, around.flows)
    if calling is not None:
        yield FlowProblem(calling, Flaw.FLOW_CALLS_ITSELF, called_by(flow)[calling].flow)
    looping = graph.first_in_endless_loop(flow, around.flows)
    if looping is not None:
        yield FlowProblem(looping, Flaw.ENDLESS_LOOP)


def _about_callers(flow: Flow, around: Surroundings) -> Iterator[FlowProblem]:
    """Flows in force that call this one: they would call the new version from now on."""
    for caller in around.flows.values():
        if caller.id == flow.id:
            continue
        for name, node in called_by(caller).items():
            if node.flow == flow.id and list(typing_rules.about_values(name, node, caller, around)):
                yield FlowProblem("", Flaw.BREAKS_CALLER, f"{caller.id}/{name}")


def _about_staff(flow: Flow, around: Surroundings) -> Iterator[FlowProblem]:
    for name, node in flow.nodes.items():
        for queue in queues_of(node):
            if queue not in around.queues:
                continue
            if around.staffed is not None and queue not in around.staffed:
                yield FlowProblem(name, Flaw.QUEUE_UNSTAFFED, queue)
            if around.opening is not None and queue not in around.opening:
                yield FlowProblem(name, Flaw.QUEUE_NEVER_OPEN, queue)
