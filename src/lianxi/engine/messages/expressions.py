"""Values, variables and conditions of flows: typed data, never text that is run."""

from enum import StrEnum

import msgspec

Value = bool | int | float | str
"""What a variable holds. A moment is a whole number: milliseconds since 1970 (UTC)."""

LONGEST_TEXT = 500
"""A text is cut here: what callers and connectors send has to fit a line of the journal."""


class VariableKind(StrEnum):
    """The type of a variable."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    MOMENT = "moment"


class FactName(StrEnum):
    """What a flow may ask of the switchboard; some are about a queue or a calendar (`of`)."""

    CALLER = "caller"
    """The caller's number; empty when withheld."""
    CALLER_NAME = "caller_name"
    """Name of a known customer; empty when unknown."""
    DIALLED = "dialled"
    LANGUAGE = "language"
    """Chosen by a language node; empty before."""
    NOW = "now"
    ARRIVED_AT = "arrived_at"
    IS_OPEN = "is_open"
    """Whether the calendar `of` is open now; an unknown calendar is closed."""
    WAITING = "waiting"
    """How many wait in the queue `of`."""
    SIGNED_IN = "signed_in"
    """How many agents of the queue `of` are signed in."""
    AVAILABLE = "available"
    """How many agents of the queue `of` could be offered a contact now."""
    ESTIMATED_WAIT = "estimated_wait"
    """Seconds a newcomer in the queue `of` would wait; 0 while the queue has no experience."""


class Operator(StrEnum):
    """How two values are compared. The last three are for texts."""

    EQUALS = "equals"
    DIFFERS = "differs"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    BEGINS_WITH = "begins_with"
    ENDS_WITH = "ends_with"
    CONTAINS = "contains"


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """One variable of a flow. Each flow has variables of its own, also when it is a sub-flow."""

    name: str
    kind: VariableKind = VariableKind.TEXT
    default: Value | None = None
    """Before anything sets it; None = empty text, 0, false."""


class FromVariable(msgspec.Struct, frozen=True, kw_only=True, tag="variable"):
    """What a variable holds."""

    name: str


class Constant(msgspec.Struct, frozen=True, kw_only=True, tag="constant"):
    """A value as written."""

    value: Value


class FromFact(msgspec.Struct, frozen=True, kw_only=True, tag="fact"):
    """What the switchboard knows."""

    fact: FactName
    of: str = ""
    """Which queue or calendar."""


AnyOperand = FromVariable | Constant | FromFact


class Compare(msgspec.Struct, frozen=True, kw_only=True, tag="compare"):
    """Two values of one type side by side."""

    left: AnyOperand
    operator: Operator
    right: AnyOperand


class AllOf(msgspec.Struct, frozen=True, kw_only=True, tag="all"):
    """True when each of them is."""

    of: "tuple[AnyCondition, ...]"


class AnyOf(msgspec.Struct, frozen=True, kw_only=True, tag="any"):
    """True when one of them is."""

    of: "tuple[AnyCondition, ...]"


class Not(msgspec.Struct, frozen=True, kw_only=True, tag="not"):
    """True when it is not."""

    of: "AnyCondition"


AnyCondition = Compare | AllOf | AnyOf | Not

DEEPEST_CONDITION = 5
"""How far conditions may be nested."""
