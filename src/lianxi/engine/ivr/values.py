"""Reading variables and facts, and deciding conditions. No text is ever run as code."""

from lianxi.engine.ivr import facts
from lianxi.engine.ivr.moving import flow_now, walking
from lianxi.engine.living import Contact
from lianxi.engine.messages.expressions import (
    LONGEST_TEXT,
    AllOf,
    AnyCondition,
    AnyOf,
    AnyOperand,
    Compare,
    Constant,
    FromFact,
    FromVariable,
    Not,
    Operator,
    Value,
    Variable,
    VariableKind,
)
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

EMPTY: dict[VariableKind, Value] = {
    VariableKind.TEXT: "",
    VariableKind.NUMBER: 0,
    VariableKind.BOOLEAN: False,
    VariableKind.MOMENT: 0,
}


def variable(name: str, contact: Contact, state: State) -> Value:
    """What a variable of the contact's flow holds; one that was never declared is empty text."""
    held = walking(contact).values.get(name)
    if held is not None:
        return held
    declared = declaration(name, contact, state)
    if declared is None:
        return ""
    return EMPTY[declared.kind] if declared.default is None else declared.default


def declaration(name: str, contact: Contact, state: State) -> Variable | None:
    """How the flow declares a variable."""
    for known in flow_now(contact, state).variables:
        if known.name == name:
            return known
    return None


def resolve(operand: AnyOperand, contact: Contact, state: State, at: Instant) -> Value:
    """The value of an operand now."""
    if isinstance(operand, FromVariable):
        return variable(operand.name, contact, state)
    if isinstance(operand, Constant):
        return operand.value
    assert isinstance(operand, FromFact)
    return facts.known(operand, contact, state, at)


def text_of(operand: AnyOperand, contact: Contact, state: State, at: Instant) -> str:
    """The same as text, for numbers to call and ids."""
    value = resolve(operand, contact, state, at)
    return value if isinstance(value, str) else str(value)


def fits(value: Value, kind: VariableKind) -> bool:
    """Whether a value is of the type."""
    if kind is VariableKind.TEXT:
        return isinstance(value, str)
    if kind is VariableKind.BOOLEAN:
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (kind is VariableKind.NUMBER and isinstance(value, float))


def accepted(
    results: dict[str, str], answer: dict[str, Value], contact: Contact, state: State
) -> dict[str, Value] | None:
    """Fields of an answer as variables; `None` when one is missing or of another type."""
    found: dict[str, Value] = {}
    for name, field in results.items():
        value = answer.get(field)
        declared = declaration(name, contact, state)
        if value is None or declared is None or not fits(value, declared.kind):
            return None
        found[name] = value[:LONGEST_TEXT] if isinstance(value, str) else value
    return found


def holds(condition: AnyCondition, contact: Contact, state: State, at: Instant) -> bool:
    """Whether a condition is true now."""
    if isinstance(condition, Compare):
        left = resolve(condition.left, contact, state, at)
        return compare(left, condition.operator, resolve(condition.right, contact, state, at))
    if isinstance(condition, AllOf):
        return all(holds(part, contact, state, at) for part in condition.of)
    if isinstance(condition, AnyOf):
        return any(holds(part, contact, state, at) for part in condition.of)
    assert isinstance(condition, Not)
    return not holds(condition.of, contact, state, at)


def compare(left: Value, operator: Operator, right: Value) -> bool:
    """Two values side by side; values of different types are never equal, less or more."""
    if isinstance(left, str) and isinstance(right, str):
        return _texts(left, operator, right)
    if isinstance(left, str) or isinstance(right, str):
        return operator is Operator.DIFFERS
    if isinstance(left, bool) != isinstance(right, bool):
        return operator is Operator.DIFFERS
    if operator is Operator.EQUALS:
        return left == right
    if operator is Operator.DIFFERS:
        return left != right
    if operator is Operator.LESS:
        return left < right
    if operator is Operator.AT_MOST:
        return left <= right
    if operator is Operator.MORE:
        return left > right
    return operator is Operator.AT_LEAST and left >= right


def _texts(left: str, operator: Operator, right: str) -> bool:
    if operator is Operator.EQUALS:
        return left == right
    if operator is Operator.DIFFERS:
        return left != right
    if operator is Operator.BEGINS_WITH:
        return left.startswith(right)
    if operator is Operator.ENDS_WITH:
        return left.endswith(right)
    return operator is Operator.CONTAINS and right in left
