"""What the API says and takes about the routing, made from the engine's own types.

A field that the router learns is stored, shown and changed from then on, and nobody can forget it
here. Durations are milliseconds; what each field does is in docs/reference/routing.md.
"""

import types
import typing
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field, create_model

from lianxi.engine.messages.routing import (
    AgentSetup,
    NumberRule,
    Queue,
    Reason,
    Routing,
)
from lianxi.modules.routing.checking import NOT_OF_THE_CENTRE

Revision = Annotated[str, Field(description="Changes with every change; give it as If-Match.")]

STRICT = ConfigDict(extra="forbid", from_attributes=True)
"""A field that is not there is a slip, and nothing of the change is done."""


@cache
def model_of(kind: type[msgspec.Struct]) -> type[BaseModel]:
    """The whole thing, as a part of others."""
    return made(kind.__name__, kind, lambda name: default_of(kind, name))


def made(name: str, kind: type[msgspec.Struct], default: Any, **more: Any) -> type[BaseModel]:
    """A model with the fields of a type of the engine.

    Args:
        name: what it is called in the description of the interface.
        kind: the type of the engine.
        default: by field, what holds when it is left out; `...` = it must be given.
        more: fields to leave out (`without`) and to add (`with_`).
    """
    hints = typing.get_type_hints(kind)
    fields: dict[str, Any] = {
        field: (shown(hints[field]), default(field))
        for field in kind.__struct_fields__
        if field not in more.get("without", ())
    }
    model: type[BaseModel] = create_model(
        name,
        __config__=STRICT,
        __doc__=" ".join((kind.__doc__ or "").split()),
        __module__=__name__,
        **more.get("with_", {}),
        **fields,
    )
    return model


def default_of(kind: type[msgspec.Struct], name: str) -> Any:
    """What the engine has for a field that is left out."""
    found = next(field for field in msgspec.structs.fields(kind) if field.name == name)
    if found.default is not msgspec.NODEFAULT:
        return Field(default_factory=lambda: msgspec.to_builtins(found.default))
    return ... if found.required else Field(default_factory=found.default_factory)


def shown(hint: Any) -> Any:
    """The type of the API for a type of the engine."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, typing.NewType):
        return shown(hint.__supertype__)
    if origin is tuple:
        return list[shown(parts[0])]  # type: ignore[misc]
    if origin in {types.UnionType, typing.Union}:
        return typing.Union[tuple(shown(part) for part in parts)]  # noqa: UP007 - made at run time
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return model_of(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return hint


def _out(name: str, kind: type[msgspec.Struct], **more: Any) -> type[BaseModel]:
    """As it is read: every field, and the revision."""
    return made(name, kind, lambda field: ..., with_={"revision": (Revision, ...)}, **more)


def _change(name: str, kind: type[msgspec.Struct], *without: str) -> type[BaseModel]:
    """As it is changed: what is left out stays."""
    return made(name, kind, lambda field: None, without=without)


def _new(name: str, kind: type[msgspec.Struct], *without: str) -> type[BaseModel]:
    """As it is created: what is left out is as the engine has it."""
    return made(name, kind, lambda field: default_of(kind, field), without=without)


CENTRE = tuple(NOT_OF_THE_CENTRE)

if typing.TYPE_CHECKING:
    QueueOut: typing.TypeAlias = BaseModel
    QueueChange: typing.TypeAlias = BaseModel
    QueueNew: typing.TypeAlias = BaseModel
    AgentOut: typing.TypeAlias = BaseModel
    AgentChange: typing.TypeAlias = BaseModel
    AgentNew: typing.TypeAlias = BaseModel
    NumberOut: typing.TypeAlias = BaseModel
    NumberIn: typing.TypeAlias = BaseModel
    ReasonIn: typing.TypeAlias = BaseModel
    CentreOut: typing.TypeAlias = BaseModel
    CentreChange: typing.TypeAlias = BaseModel
else:
    QueueOut = _out("QueueRule", Queue)
    QueueChange = _change("QueueChange", Queue, "id")
    QueueNew = _new("QueueNew", Queue)
    AgentOut = _out("AgentRule", AgentSetup)
    AgentChange = _change("AgentChange", AgentSetup, "id")
    AgentNew = _new("AgentNew", AgentSetup)
    NumberOut = _out("NumberAnswered", NumberRule)
    NumberIn = _new("NumberIn", NumberRule, "number")
    ReasonIn = model_of(Reason)
    CentreOut = _out("CentreOut", Routing, without=CENTRE)
    CentreChange = _change("CentreChange", Routing, *CENTRE)


class ReasonsOut(BaseModel):
    """Every not-ready reason, in the order of menus."""

    items: list[ReasonIn]
    revision: Revision


class ReasonsIn(BaseModel):
    """Every not-ready reason, in the order of menus; those left out are gone."""

    items: Annotated[list[ReasonIn], Field(max_length=100)]


Span = Annotated[list[int], Field(min_length=2, max_length=2)]
"""From, to: minutes since the day's midnight; beyond 1440 it is the next day."""


class CalendarIn(BaseModel):
    """Opening hours by the wall clock."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=80)]
    name_en: Annotated[str, Field(min_length=1, max_length=80)]
    always: bool = False
    weekly: dict[Annotated[int, Field(ge=0, le=6)], list[Span]] = {}
    """By weekday, Monday = 0; a missing day is closed."""
    special: dict[str, list[Span]] = {}
    """Days as 2026-10-01 that do not follow the week: holidays, make-up working days."""


class CalendarOut(BaseModel):
    """Opening hours as people set them."""

    id: str
    name: str
    name_en: str
    always: bool
    weekly: dict[int, list[list[int]]]
    special: dict[str, list[list[int]]]
    revision: Revision
