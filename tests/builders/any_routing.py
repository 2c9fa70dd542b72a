"""Any configuration: every field of the engine's own types filled by chance, by its type."""

import types
import typing
from enum import StrEnum
from random import Random
from typing import Any, TypeVar

import msgspec

from lianxi.kernel.ids import AgentId, CalendarId, FlowId, PromptName, QueueId
from lianxi.modules.routing.limits import limits_of

T = TypeVar("T", bound=msgspec.Struct)

NAMES: dict[object, tuple[str, ...]] = {
    QueueId: ("sales", "service", "operator"),
    AgentId: ("8001", "8002", "8003"),
    FlowId: ("welcome",),
    CalendarId: ("always", "office"),
    PromptName: ("welcome", "please_hold"),
}
"""What names of other things may be; any other text is made up."""


def anything(kind: type[T], random: Random, **fixed: object) -> T:
    """A struct of this type, with some fields as given."""
    hints = typing.get_type_hints(kind)
    fields = {
        name: fixed[name] if name in fixed else _any(hints[name], random, kind, name)
        for name in kind.__struct_fields__
    }
    return kind(**fields)


def _any(hint: Any, random: Random, kind: type[msgspec.Struct], name: str) -> Any:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        most = random.choice((0, 1, 3))
        return tuple(_any(parts[0], random, kind, name) for _ in range(most))
    if origin in {types.UnionType, typing.Union}:
        chosen = random.choice(parts)
        return None if chosen is type(None) else _any(chosen, random, kind, name)
    if hint in NAMES:
        return random.choice(NAMES[hint])
    if isinstance(hint, typing.NewType):
        return _any(hint.__supertype__, random, kind, name)
    if issubclass(hint, msgspec.Struct):
        return anything(hint, random)
    if issubclass(hint, StrEnum):
        return random.choice(list(hint))
    if hint is bool:
        return random.random() < 0.5
    if hint is float:
        return random.randint(1, 1_000) / 8
    if hint is int:
        return random.randint(*limits_of(kind, name))
    return f"{name}-{random.randrange(10**6)}"
