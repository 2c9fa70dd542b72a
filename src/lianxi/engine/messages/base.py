"""What every message has in common."""

import msgspec

from lianxi.kernel.time import Instant


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Immutable, keyword-only; the tag is its wire name and never changes."""

    at: Instant
    """When it happened, by the clock of whoever runs the engine."""


class Input(Message, frozen=True, kw_only=True):
    """Something the world says. May be late, repeated or wrong."""


class Event(Message, frozen=True, kw_only=True):
    """Something that happened. Written to the journal once and never changed."""


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something the world must do now. Never issued on replay."""
