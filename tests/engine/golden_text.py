"""Journals as text: one message a line, seconds first, then its name and the facts that matter.

    0.000  ContactArrived contact=c1 leg=c1-leg dialled=4002 caller=13800138000
   20.000  Tick
---
    0.000  ContactBegan   contact=c1 leg=c1-leg ...

Above the line stand inputs, below it the events that followed. A fact that has its usual value is
left out; a list is written with commas; text with a space in it, or none at all, stands in quotes.
Lines that begin with # tell the story.
"""

import json
import shlex
from enum import StrEnum

import msgspec

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event, Input, Message
from lianxi.engine.messages.events import RoutingChanged
from lianxi.engine.messages.inputs import AnyInput, RoutingPublished
from lianxi.engine.messages.routing import Routing
from lianxi.kernel.time import Instant
from tools.reference import members

RULE = "---"
INPUTS = {kind.__name__: kind for kind in members(AnyInput)}


def written(message: Message) -> str:
    """One line."""
    seconds, millis = divmod(message.at, 1000)
    facts = " ".join(
        f"{field.name}={_fact(value)}"
        for field in msgspec.structs.fields(message)
        if field.name != "at" and ((value := getattr(message, field.name)) != field.default)
    )
    return f"{seconds:5d}.{millis:03d}  {type(message).__name__:<19}{facts}".rstrip()


def _fact(value: object) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case tuple():
            return ",".join(_fact(one) for one in value) or '""'
        case StrEnum():
            return value.value
        case str():
            return value if value and " " not in value else json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


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
        {"at": int(whole) * 1000 + int(millis.ljust(3, "0")), **fields}, INPUTS[name], strict=False
    )
    assert isinstance(given, Input)
    return given


def story_of(text: str) -> tuple[list[str], list[Input]]:
    """What stands above the line: all its lines as they are, and the inputs among them."""
    lines = text.split(f"{RULE}\n", maxsplit=1)[0].splitlines()
    return lines, [read(line) for line in lines if line.strip() and not line.startswith("#")]


def journal_of(inputs: list[Input], routing: Routing) -> list[Event]:
    """What a centre with this configuration writes; the configuration itself is left out."""
    engine = Engine()
    first = min((given.at for given in inputs), default=Instant(0))
    engine.step(RoutingPublished(at=first, routing=routing))
    events = [event for given in inputs for event in engine.step(given)]
    assert not any(isinstance(event, RoutingChanged) for event in events)
    return events


def golden(lines: list[str], events: list[Event]) -> str:
    """The whole file."""
    return "\n".join([*lines, RULE, *(written(event) for event in events), ""])
