"""Events and inputs as JSON with stable names; old names are lifted by upcasters.

An event's JSON is its fields; its wire name stands in a column of its own. A name once written is
never reused for another meaning: a changed shape gets `name.v2` and an upcaster from v1.
"""

import re
from collections.abc import Sequence

import msgspec

from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import AnyEvent
from lianxi.engine.messages.inputs import AnyInput
from lianxi.journal.contracts import Recorded
from lianxi.journal.upcasters import lift

_EVENT = msgspec.json.Decoder(AnyEvent)
_INPUT = msgspec.json.Decoder(AnyInput)
_ENCODER = msgspec.json.Encoder()
_ESCAPE = re.compile(r"\\(?:u0000|.)")


def wire_name(message: Event | Input) -> str:
    """The stable name of a message's type."""
    return str(message.__struct_config__.tag)


def encoded(message: Event | Input) -> str:
    """The message as JSON text that PostgreSQL can store: it has no place for the character NUL,
    which becomes a replacement character."""
    text = _ENCODER.encode(message).decode()
    return _ESCAPE.sub(_storable, text) if "\\u0000" in text else text


class _Line(msgspec.Struct, frozen=True):
    """A journal line as the writing statement takes it."""

    position: int
    at: int
    stream: str
    type: str
    payload: msgspec.Raw
    cause: int | None


def encoded_lines(recorded: Sequence[Recorded]) -> str:
    """Journal lines as one JSON text, storable like that of `encoded`."""
    text = _ENCODER.encode(
        [
            _Line(
                line.position,
                line.at,
                line.stream,
                wire_name(line.event),
                msgspec.Raw(_ENCODER.encode(line.event)),
                line.cause,
            )
            for line in recorded
        ]
    ).decode()
    return _ESCAPE.sub(_storable, text) if "\\u0000" in text else text


def _storable(escape: re.Match[str]) -> str:
    return "\\ufffd" if escape[0] == "\\u0000" else escape[0]


def decoded_event(name: str, payload: dict[str, object]) -> Event:
    """The event of a journal line, lifted to the newest shape.

    Raises:
        msgspec.ValidationError: the line is of no known type or shape.
    """
    name, payload = lift(name, payload)
    found: Event = msgspec.convert({**payload, "type": name}, AnyEvent, strict=False, str_keys=True)
    return found


def decoded_input(text: str | bytes) -> Input:
    """The input of an inbox row.

    Raises:
        msgspec.ValidationError: the row is of no known type or shape.
    """
    found: Input = _INPUT.decode(text)
    return found


def stream_of(event: Event) -> str:
    """What an event is about: its contact, else its agent, else the routing or the switch."""
    contact = getattr(event, "contact", None)
    if contact is not None:
        return f"contact:{contact}"
    agent = getattr(event, "agent", None)
    if agent is not None:
        return f"agent:{agent}"
    return wire_name(event).split(".", 1)[0]
