"""A state as bytes, and back: what follows from the rest is left out and made anew."""

from typing import Any

import msgspec

from lianxi.engine.acd.seating import rebuild
from lianxi.engine.at_desk import Agent, Work, WrapUp
from lianxi.engine.dialer.memory import Dialing
from lianxi.engine.faxed import Sending
from lianxi.engine.floor import Floor, Place
from lianxi.engine.ivr.walk import Mail, Walk
from lianxi.engine.limited import TimedLimit
from lianxi.engine.living import Contact, Entry, Merged, Offer, Pace, Party
from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.monitoring import MonitorMode
from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.values import (
    Activity,
    Channel,
    DeviceKind,
    Intent,
    PartyPhase,
    Phase,
    Talk,
)
from lianxi.engine.outward import PlacedCall
from lianxi.engine.plain import Values, fields_of
from lianxi.engine.promised import Planned
from lianxi.engine.recorded import Recorded
from lianxi.engine.state import State
from lianxi.engine.supervised import Help, Monitor, Notice
from lianxi.engine.timers import Timers

Needs = tuple[SkillNeed, ...]

TYPES: dict[type[Values], dict[str, Any]] = {
    Contact: {
        "channel": Channel,
        "needs": Needs,
        "phase": Phase,
        "walk": Walk | None,
        "parties": dict[str, Party],
        "talk": Talk,
        "menu_path": tuple[tuple[str, str], ...],
        "offers": tuple[str, ...],
    },
    Party: {"phase": PartyPhase, "tried": tuple[str, ...]},
    Entry: {"place": Place, "channel": Channel, "needs": Needs},
    Offer: {},
    WrapUp: {},
    Work: {"channel": Channel, "wrap_up": WrapUp | None},
    Agent: {
        "device": DeviceKind,
        "intent": Intent,
        "next": Intent | None,
        "activity": Activity,
        "wrap_up": WrapUp | None,
        "notice": Notice | None,
        "texts": dict[str, Work],
    },
    Monitor: {"mode": MonitorMode, "tuned": MonitorMode, "teams": tuple[str, ...]},
    Help: {},
    Notice: {},
    PlacedCall: {"tried": tuple[str, ...]},
    Recorded: {"prompts": tuple[str, ...]},
    Sending: {"tried": tuple[str, ...]},
    Pace: {},
    Planned: {},
    Merged: {"queues": tuple[str, ...]},
    TimedLimit: {},
    State: {
        "routing": Routing,
        "flows": dict[str, Flow],
        "contacts": dict[str, Contact],
        "entries": dict[str, Entry],
        "offers": dict[str, Offer],
        "agents": dict[str, Agent],
        "monitors": dict[str, Monitor],
        "helps": dict[str, Help],
        "calls": dict[str, PlacedCall],
        "recorded": dict[str, Recorded],
        "pace": dict[str, Pace],
        "merged": dict[str, Merged],
        "wrap_limits": dict[str, TimedLimit],
        "planned": dict[str, Planned],
        "voicemails": dict[str, Mail],
        "faxes": dict[str, Mail],
        "sendings": dict[str, Sending],
        "dialing": Dialing,
        "timers": Timers,
        "floor": Floor,
    },
}
"""Types of the values that are more than text, numbers and plain lists and dicts of them. Written
down here because compiled classes do not tell."""

NEEDED: dict[type[Values], tuple[str, ...]] = {
    Contact: ("id", "leg", "dialled", "caller", "caller_name", "arrived_at"),
    Party: ("leg", "agent", "number", "since"),
    Entry: ("id", "contact", "queue", "place", "entered_at", "since"),
    Offer: ("id", "contact", "agent", "leg", "made_at", "expires_at"),
    WrapUp: ("contact", "queue", "since", "until"),
    Work: ("channel",),
    Agent: (
        "id", "no", "name", "team", "session", "device", "endpoint", "signed_in_at", "idle_since",
        "since",
    ),
    Monitor: ("id", "by", "endpoint", "leg", "follows_agent", "follows", "since", "mode"),
    Help: ("contact", "words", "since"),
    Notice: ("id", "by_name", "words", "at"),
    PlacedCall: (
        "contact", "agent", "leg", "to", "dialled", "trunk", "caller_number", "caller_name", "ring",
        "since",
    ),
    Pace: (),
    Planned: ("contact", "number", "queue", "since"),
    Merged: ("queues", "by"),
    TimedLimit: ("limit", "until", "by"),
    Recorded: (),
    Sending: ("fax", "contact", "queue", "number", "document", "pages"),
    State: (),
}  # fmt: skip
"""What an object of each class cannot be made without."""


def frozen(state: State) -> bytes:
    """A snapshot of the state, to be thawed by `thawed`."""
    return msgspec.msgpack.encode(state, enc_hook=_plain)


def thawed(snapshot: bytes) -> State:
    """The state a snapshot was taken of.

    Raises:
        msgspec.DecodeError: the snapshot is of another shape; replay the journal instead.
    """
    state = msgspec.msgpack.decode(snapshot, type=State, dec_hook=_restored)
    rebuild(state)
    return state


def _plain(value: object) -> object:
    if isinstance(value, Values):
        return {name: getattr(value, name) for name in fields_of(type(value))}
    if isinstance(value, Timers):
        return value.as_dict()
    if isinstance(value, Floor):
        return None
    raise NotImplementedError(type(value))


def _restored(kind: type, value: object) -> object:
    if kind is Timers and isinstance(value, dict):
        return Timers(value)
    if kind is Floor:
        return Floor()
    if issubclass(kind, Values) and isinstance(value, dict):
        return _made(kind, value)
    raise NotImplementedError(kind)


def _made(kind: type[Values], values: dict[str, object]) -> Values:
    names = fields_of(kind)
    if set(names) != set(values):
        raise msgspec.ValidationError(f"a {kind.__name__} of another shape")
    found = dict(values)
    for name, shape in TYPES[kind].items():
        found[name] = msgspec.convert(values[name], shape, dec_hook=_restored)
    # A compiled class cannot be made without what it is made of.
    made = kind(**{name: found[name] for name in NEEDED[kind]})
    for name in names:
        setattr(made, name, found[name])
    return made
