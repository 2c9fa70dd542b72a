"""Journals as text: one message a line, seconds first, then its name and the facts that matter.

    0.000  ContactArrived contact=c1 leg=c1-leg dialled=4002 caller=13800138000
   20.000  Tick
---
    0.000  ContactBegan   contact=c1 leg=c1-leg ...

Above the line stand inputs, below it the events that followed. A fact that has its usual value is
left out; a list is written with commas; text with a space in it, or none at all, stands in quotes;
a whole configuration is one quoted piece of JSON. Lines that begin with # tell the story.
"""

import json
import shlex
from collections.abc import Iterable
from enum import StrEnum
from typing import get_args, get_origin

import msgspec

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event, Input, Message
from lianxi.engine.messages.events import RoutingChanged
from lianxi.engine.messages.inputs import AnyInput, RoutingPublished
from lianxi.engine.messages.routing import Routing
from lianxi.kernel.time import Instant

RULE = "---"
INPUTS: dict[str, type[Input]] = {kind.__name__: kind for kind in get_args(AnyInput)}


def written(message: Message) -> str:
    """One line."""
    seconds, millis = divmod(message.at, 1000)
    facts = " ".join(
        f"{field.name}={_fact(value)}"
        for field in msgspec.structs.fields(message)
        if field.name != "at" and ((value := getattr(message, field.name)) != field.default)
    )
    return f"{seconds:5d}.{millis:03d}  {type(message).__name__:<18} {facts}".rstrip()


def _fact(value: object) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case msgspec.Struct() | tuple((msgspec.Struct(), *_)) | dict():
            return shlex.quote(msgspec.json.encode(value).decode())
        case tuple():
            return ",".join(_fact(one) for one in value) or '""'
        case StrEnum():
            return value.value
        case str():
            return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _is_plain(text: str) -> bool:
    return bool(text) and not any(sign in text for sign in " \"'\\\n\t")


def _is_nested(kind: object) -> bool:
    """Whether a field's values are written as JSON: structs, lists of them, tables."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return True
    return get_origin(kind) is dict or any(_is_nested(part) for part in get_args(kind))


NESTED: dict[str, frozenset[str]] = {
    name: frozenset(f.name for f in msgspec.structs.fields(kind) if _is_nested(f.type))
    for name, kind in INPUTS.items()
}


LISTED: dict[str, frozenset[str]] = {
    name: frozenset(
        f.name
        for f in msgspec.structs.fields(kind)
        if get_origin(f.type) is tuple and not _is_nested(f.type)
    )
    for name, kind in INPUTS.items()
}


OPTIONAL: dict[str, frozenset[str]] = {
    name: frozenset(f.name for f in msgspec.structs.fields(kind) if type(None) in get_args(f.type))
    for name, kind in INPUTS.items()
}


def _meant(name: str, field: str, text: str) -> object:
    """What the text of a fact stands for, as far as its type does not say."""
    if text == "null" and field in OPTIONAL[name]:
        return None
    if field in NESTED[name]:
        return json.loads(text)
    if field in LISTED[name]:
        return text.split(",") if text else []
    return text


def read(line: str) -> Input:
    """The input of one line.

    Raises:
        KeyError: there is no input of that name.
        msgspec.ValidationError: a fact is missing or of another kind.
    """
    seconds, name, *facts = shlex.split(line)
    whole, _, millis = seconds.partition(".")
    fields = dict(fact.split("=", 1) for fact in facts)
    given = msgspec.convert(
        {
            "at": int(whole) * 1000 + int(millis.ljust(3, "0")),
            **{key: _meant(name, key, text) for key, text in fields.items()},
        },
        INPUTS[name],
        strict=False,
    )
    assert isinstance(given, Input)
    return given


def story_of(text: str) -> tuple[list[str], list[Input]]:
    """What stands above the line: all its lines as they are, and the inputs among them."""
    lines = text.split(f"{RULE}\n", maxsplit=1)[0].splitlines()
    return lines, [read(line) for line in lines if line.strip() and not line.startswith("#")]


def journal_of(inputs: list[Input], routing: Routing) -> list[Event]:
    """What a centre writes; its configurations themselves are left out.

    Args:
        inputs: what it is told.
        routing: its configuration, unless the inputs begin with one.
    """
    engine = Engine()
    if not (inputs and isinstance(inputs[0], RoutingPublished)):
        first = min((given.at for given in inputs), default=Instant(0))
        engine.step(RoutingPublished(at=first, routing=routing))
    return [
        event
        for given in inputs
        for event in engine.step(given)
        if not isinstance(event, RoutingChanged)
    ]


def golden(lines: Iterable[str], events: Iterable[Event]) -> str:
    """The whole file."""
    return "\n".join([*lines, RULE, *(written(event) for event in events), ""])
