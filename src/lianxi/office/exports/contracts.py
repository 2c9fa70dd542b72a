"""What the rest of the system may know about exports, and what a list brings to be exported."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant

Cell = str | int | float | None
"""Text stays text, whatever it looks like: a number of a telephone is text."""


class ExportFormat(StrEnum):
    """Of a file."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportLanguage(StrEnum):
    """Of headings and words."""

    ZH = "zh"
    EN = "en"


class ExportState(StrEnum):
    """How far an export is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Its file was deleted because its time was over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportJob:
    """One export that somebody asked for."""

    id: str
    kind: str
    format: ExportFormat
    language: ExportLanguage
    filter: dict[str, Any]
    unmasked: bool
    """Numbers stand in it in full."""
    reason: str
    """Why they have to; in the person's own words."""
    scope: Scope
    """Whose rows the person saw when asking."""
    asked_by: UserId
    asked_by_name: str
    asked_at: Instant
    state: ExportState
    attempts: int
    rows_done: int
    rows_total: int | None
    """None until the worker has counted them."""
    ended_at: Instant | None
    error: str | None
    file_name: str | None
    """Of the file as people get it."""
    bytes: int | None
    file_until: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a source is asked for."""

    filter: dict[str, Any]
    reader: Caller
    """What the person who asked may do now; the scope is never wider than it was when asking."""
    unmasked: bool
    language: ExportLanguage
    zone: ZoneInfo
    at: Instant
    """When it was asked for."""


class Source(Protocol):
    """A list that can be exported."""

    kind: str
    permissions: tuple[Permission, ...]
    """All of these are needed."""
    unmasking: tuple[Permission, ...] | None
    """What numbers in full need beside these; None = there are no numbers in it."""

    def check(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The filter as it is stored.

        Raises:
            ExportFilterInvalid: a field is unknown or its value is not of its kind.
        """
        ...

    def headings(self, order: Order) -> list[str]:
        """Of the columns."""
        ...

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        ...

    def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        ...


class Sources:
    """What can be exported, by its kind."""

    def __init__(self, *sources: Source) -> None:
        self._by_kind = {source.kind: source for source in sources}

    def find(self, kind: str) -> Source | None:
        """The list of this kind."""
        return self._by_kind.get(kind)
