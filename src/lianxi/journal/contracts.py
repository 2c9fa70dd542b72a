"""What the rest of the product may know of the journal."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lianxi.engine.messages.base import Event, Input
from lianxi.kernel.time import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One line of the journal."""

    position: int
    """1, 2, 3 … without holes."""
    at: Instant
    stream: str
    """What it is about: `contact:…`, `agent:…`, `routing`, `switch`."""
    event: Event
    cause: int | None
    """Number of the inbox row that led to it; None for what channels and the clock said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One row of the inbox: an input that waits for the Driver."""

    number: int
    given: Input | None
    """None: it is not to be decided, only refused."""
    refused: str = ""
    """Why it is refused unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an asked input; stored in the same transaction as its events."""

    number: int
    refused: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the asker learns."""

    refused: str | None
    """Stable code of the reason why not."""
    events: list[Recorded] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one input led to, not yet written."""

    events: Sequence[Event]
    cause: int | None = None


class Journal(Protocol):
    """The log. Positions are given by the one writer."""

    async def append(self, steps: Sequence[Step], answers: Sequence[Answer] = ()) -> list[Recorded]:
        """Write several steps and the answers to asked inputs in one transaction.

        Raises:
            JournalBroken: nothing was written; the writer must stop.
        """
        ...

    async def read(self, after: int, limit: int = 1000) -> list[Recorded]:
        """Lines behind a position, oldest first."""
        ...

    async def stream(self, name: str) -> list[Recorded]:
        """All lines of one stream, oldest first."""
        ...

    async def last_position(self) -> int:
        """Where the journal ends; 0 when it is empty."""
        ...

    def follow(self, after: int) -> AsyncGenerator[list[Recorded], None]:
        """Lines behind a position as they are written, in batches, for ever."""
        ...


class JournalBroken(Exception):
    """The append was refused or its result is unknown: the writer must not go on."""
