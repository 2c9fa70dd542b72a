"""Time as data. Nothing below the runtime may read a clock."""

from typing import NewType

Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01T00:00:00Z."""

Millis = NewType("Millis", int)
"""A duration in milliseconds."""


def after(start: Instant, wait: Millis) -> Instant:
    """The moment `wait` milliseconds after `start`."""
    return Instant(start + wait)


def between(start: Instant, end: Instant) -> Millis:
    """How long from `start` to `end`, never negative: clocks of two machines may disagree."""
    return Millis(max(0, end - start))
