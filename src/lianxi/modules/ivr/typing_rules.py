"""Variables and types of a flow: what is read and written must be declared and must fit."""

import re
from collections.abc import Iterator, Mapping

from lianxi.engine.ivr.values import fits
from lianxi.engine.messages.expressions import (
    DEEPEST_CONDITION,
    AnyOperand,
    Compare,
    Constant,
    FactName,
    FromFact,
    FromVariable,
    Operator,
    Variable,
    VariableKind,
)
from lianxi.engine.messages.flow import (
    AnyNode,
    CallbackNode,
    CollectNode,
    ConditionNode,
    CustomerNode,
    Flow,
    HttpNode,
    IdentityNode,
    QueueNode,
    SetNode,
    SubFlowNode,
    TransferNode,
)
from lianxi.engine.messages.flow_values import CUSTOMER_FIELDS, Assignment, SetKind, ToNumber
from lianxi.kernel.ids import CalendarId, FlowId, QueueId
from lianxi.modules.ivr.contracts import Flaw, FlowProblem, Surroundings
from lianxi.modules.ivr.shape import comparisons, depth, operands

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TEXTS_ONLY = (Operator.BEGINS_WITH, Operator.ENDS_WITH, Operator.CONTAINS)
ORDERED_ONLY = (Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST)
TEXT, NUMBER, BOOLEAN, MOMENT = VariableKind

FACT_KINDS: dict[FactName, VariableKind] = {
    FactName.CALLER: TEXT,
    FactName.CALLER_NAME: TEXT,
    FactName.DIALLED: TEXT,
    FactName.LANGUAGE: TEXT,
    FactName.NOW: MOMENT,
    FactName.ARRIVED_AT: MOMENT,
    FactName.IS_OPEN: BOOLEAN,
    FactName.WAITING: NUMBER,
    FactName.SIGNED_IN: NUMBER,
    FactName.AVAILABLE: NUMBER,
    FactName.ESTIMATED_WAIT: NUMBER,
}
ABOUT_QUEUES = (
    FactName.WAITING,
    FactName.SIGNED_IN,
    FactName.AVAILABLE,
    FactName.ESTIMATED_WAIT,
)

Kinds = Mapping[str, VariableKind]


def about_declarations(flow: Flow) -> Iterator[FlowProblem]:
    """Names, doubles and defaults of the flow's variables."""
    seen: set[str] = set()
    for variable in flow.variables:
        bad_default = variable.default is not None and not fits(variable.default, variable.kind)
        if not NAME.fullmatch(variable.name) or variable.name in seen or bad_default:
            yield FlowProblem("", Flaw.BAD_VARIABLE, variable.name)
        seen.add(variable.name)


def about_values(
    name: str, node: AnyNode, flow: Flow, around: Surroundings
) -> Iterator[FlowProblem]:
    """What one node reads and writes."""
    kinds = kinds_of(flow.variables)
    flaws = [
        *(flaw for operand in operands(node) for flaw in _about_operand(operand, kinds, around)),
        *_about_types(node, kinds, around.flows),
    ]
    for flaw, what in flaws:
        yield FlowProblem(name, flaw, what)


def kinds_of(variables: tuple[Variable, ...]) -> dict[str, VariableKind]:
    """Types of variables by name."""
    return {variable.name: variable.kind for variable in variables}


def _about_operand(
    operand: AnyOperand, kinds: Kinds, around: Surroundings
) -> Iterator[tuple[Flaw, str]]:
    match operand:
        case FromVariable(name=name) if name not in kinds:
            yield Flaw.UNKNOWN_VARIABLE, name
        case FromFact(fact=FactName.IS_OPEN, of=of) if CalendarId(of) not in around.calendars:
            yield Flaw.UNKNOWN_CALENDAR, of
        case FromFact(fact=fact, of=of) if fact in ABOUT_QUEUES:
            if QueueId(of) not in around.queues:
                yield Flaw.UNKNOWN_QUEUE, of
        case _:
            return


def _kind(operand: AnyOperand, kinds: Kinds) -> set[VariableKind]:
    """Types an operand can be taken as; empty for an unknown variable, which is told elsewhere."""
    match operand:
        case FromVariable(name=name):
            return {kinds[name]} if name in kinds else set()
        case FromFact(fact=fact):
            return {FACT_KINDS[fact]}
        case Constant(value=value):
            return {kind for kind in VariableKind if fits(value, kind)}


def _is_wrong(operand: AnyOperand, kind: VariableKind, kinds: Kinds) -> bool:
    possible = _kind(operand, kinds)
    return bool(possible) and kind not in possible


def _about_types(
    node: AnyNode, kinds: Kinds, flows: Mapping[FlowId, Flow]
) -> Iterator[tuple[Flaw, str]]:
    match node:
        case ConditionNode():
            for branch in node.branches:
                if not 1 <= depth(branch.condition) <= DEEPEST_CONDITION:
                    yield Flaw.BAD_CONDITION, branch.name
                for pair in comparisons(branch.condition):
                    if not _is_comparable(pair, kinds):
                        yield Flaw.WRONG_TYPE, _word(pair.left)
        case SetNode():
            for assignment in node.assignments:
                yield from _about_assignment(assignment, kinds)
        case CollectNode():
            if node.variable not in kinds:
                yield Flaw.UNKNOWN_VARIABLE, node.variable
            elif kinds[node.variable] not in ((TEXT,) if node.secret else (TEXT, NUMBER)):
                yield Flaw.WRONG_TYPE, node.variable
        case HttpNode():
            yield from ((Flaw.UNKNOWN_VARIABLE, own) for own in node.results if own not in kinds)
        case CustomerNode():
            yield from _about_customer(node, kinds)
        case SubFlowNode():
            yield from _about_call(node, kinds, flows)
        case _:
            pass
    if (number := _number(node)) is not None and _is_wrong(number, TEXT, kinds):
        yield Flaw.WRONG_TYPE, _word(number)


def _about_customer(node: CustomerNode, kinds: Kinds) -> Iterator[tuple[Flaw, str]]:
    for own, field in node.results.items():
        if own not in kinds:
            yield Flaw.UNKNOWN_VARIABLE, own
        elif field not in CUSTOMER_FIELDS:
            yield Flaw.UNKNOWN_FIELD, field
        elif kinds[own] is not TEXT:
            yield Flaw.WRONG_TYPE, own


def _number(node: AnyNode) -> AnyOperand | None:
    """What has to be text: a number to call or to look for, an agent."""
    match node:
        case CustomerNode() | CallbackNode() | IdentityNode():
            return node.number
        case TransferNode(to=ToNumber(number=number)):
            return number
        case QueueNode():
            return node.wanted
        case _:
            return None


def _is_comparable(pair: Compare, kinds: Kinds) -> bool:
    left, right = _kind(pair.left, kinds), _kind(pair.right, kinds)
    if not left or not right:
        return True  # an unknown variable is told of once
    both = left & right
    if pair.operator in TEXTS_ONLY:
        return TEXT in both
    if pair.operator in ORDERED_ONLY:
        return bool(both & {NUMBER, MOMENT})
    return bool(both)


def _about_assignment(assignment: Assignment, kinds: Kinds) -> Iterator[tuple[Flaw, str]]:
    kind = kinds.get(assignment.variable)
    if kind is None:
        yield Flaw.UNKNOWN_VARIABLE, assignment.variable
        return
    can_be_added = kind in (NUMBER, MOMENT)
    is_possible = {
        SetKind.SET: not _is_wrong(assignment.to, kind, kinds),
        SetKind.ADD: can_be_added and not _is_wrong(assignment.to, NUMBER, kinds),
        SetKind.APPEND: kind is TEXT and not _is_wrong(assignment.to, TEXT, kinds),
    }
    if not is_possible[assignment.how]:
        yield Flaw.WRONG_TYPE, assignment.variable


def _about_call(
    node: SubFlowNode, kinds: Kinds, flows: Mapping[FlowId, Flow]
) -> Iterator[tuple[Flaw, str]]:
    called = flows.get(node.flow)
    if called is None:
        yield Flaw.UNKNOWN_FLOW, node.flow
        return
    theirs = kinds_of(called.variables)
    for name, operand in node.arguments.items():
        if name not in theirs:
            yield Flaw.UNKNOWN_VARIABLE, f"{node.flow}.{name}"
        elif _is_wrong(operand, theirs[name], kinds):
            yield Flaw.WRONG_TYPE, f"{node.flow}.{name}"
    for own, name in node.results.items():
        if own not in kinds:
            yield Flaw.UNKNOWN_VARIABLE, own
        elif name not in theirs:
            yield Flaw.UNKNOWN_VARIABLE, f"{node.flow}.{name}"
        elif kinds[own] is not theirs[name]:
            yield Flaw.WRONG_TYPE, own


def _word(operand: AnyOperand) -> str:
    match operand:
        case FromVariable(name=name):
            return name
        case FromFact(fact=fact):
            return fact.value
        case Constant(value=value):
            return str(value)
