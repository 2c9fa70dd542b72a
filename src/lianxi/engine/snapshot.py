"""A state as bytes, and back: what follows from the rest is left out and made anew."""

import msgspec

from lianxi.engine.acd.seating import rebuild
from lianxi.engine.floor import Floor
from lianxi.engine.state import State
from lianxi.engine.timers import Timers


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
    raise NotImplementedError(kind)
