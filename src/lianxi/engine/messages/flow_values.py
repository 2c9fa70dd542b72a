"""What the nodes of a flow are made of: choices, branches, assignments, destinations, questions."""

from enum import StrEnum

import msgspec

from lianxi.engine.messages.expressions import AnyCondition, AnyOperand
from lianxi.kernel.ids import AgentId, NodeId, PromptName, QueueId, SkillName


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One key of a menu."""

    digit: str
    next: NodeId
    name: str = ""
    name_en: str = ""


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """One way out of a condition node."""

    condition: AnyCondition
    next: NodeId
    name: str = ""
    name_en: str = ""


class SetKind(StrEnum):
    """What happens to a variable."""

    SET = "set"
    ADD = "add"
    """Numbers only."""
    APPEND = "append"
    """Texts only."""


class Saying(StrEnum):
    """As what a value is said."""

    DIGITS = "digits"
    """One by one."""
    NUMBER = "number"
    MONEY = "money"
    """Yuan, with at most two digits after the point."""
    DATE = "date"
    TIME = "time"


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """One variable and what becomes of it."""

    variable: str
    to: AnyOperand
    how: SetKind = SetKind.SET


class SkillNeed(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent must be able to do beyond serving the queue."""

    skill: SkillName
    level: int = 1
    """1..10, at least."""


class ToQueue(msgspec.Struct, frozen=True, kw_only=True, tag="queue"):
    """To whoever serves the queue."""

    queue: QueueId


class ToAgent(msgspec.Struct, frozen=True, kw_only=True, tag="agent"):
    """To one agent, under the rules of a queue."""

    agent: AgentId
    queue: QueueId


class ToNumber(msgspec.Struct, frozen=True, kw_only=True, tag="number"):
    """To a number outside."""

    number: AnyOperand


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a survey, answered by a key from `lowest` to `highest`."""

    id: str
    prompts: tuple[PromptName, ...]
    lowest: int = 1
    highest: int = 5


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Part of the contacts, in whole percent."""

    percent: int
    next: NodeId
    name: str = ""
    name_en: str = ""


CUSTOMER_FIELDS = ("id", "name", "level", "tags", "language")
"""What a flow may take of a customer, all of it text; tags are separated by commas."""
