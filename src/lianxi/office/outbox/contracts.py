"""What others may hold of the outbox."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant


class OutboxState(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    TOLD = "told"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to be told."""

    topic: str
    """Who tells it: `mail`, `sms`, `notice`, ..."""
    subject: str
    """What it is about, as `kind:id`."""
    body: dict[str, Any]
    """What the teller needs; plain JSON."""
    key: str = ""
    """Written once: a second message with the same key is the same message. Empty = never the
    same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message in the outbox."""

    id: int
    topic: str
    subject: str
    body: dict[str, Any]
    key: str
    state: OutboxState
    made_at: Instant
    attempts: int
    next_at: Instant | None
    """When it is tried next; None when it is over."""
    ended_at: Instant | None
    error: str
    """Of the last try. While a message is told: of the try before; empty after the first try = the
    worker died, and nobody knows whether it was told."""


class TellingFailed(Exception):
    """The outside did not take a message.

    Args:
        why: for the person who looks after it.
        temporary: whether trying again may help.
    """

    def __init__(self, why: str, *, temporary: bool = True) -> None:
        self.temporary = temporary
        super().__init__(why)


Ended = Callable[[AsyncSession, Posted, str], Awaitable[None]]
"""Hears that a message was told, or given up with this reason, in the transaction that notes it."""

Teller = Callable[[Posted], Awaitable[None]]
"""Tells one message, outside any transaction.

Raises:
    TellingFailed: it was not taken.
"""
