"""The short lists that can be taken away as a file: who may, their headings and their rows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.live.hub import Hub
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.office.exports.contracts import Cell, ExportLanguage

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who reads a list, and what of it."""

    session: AsyncSession
    hub: Hub
    caller: Caller
    at: Instant
    zone: ZoneInfo
    language: ExportLanguage
    filter: Mapping[str, str]

    def named(self, zh: str, en: str) -> str:
        """A name in the language of the file."""
        return (en or zh) if self.language is ExportLanguage.EN else zh

    def moment(self, at: Instant | int | None) -> str:
        """A moment on the centre's clock; empty for none."""
        if at is None:
            return ""
        return f"{datetime.fromtimestamp(at / 1000, tz=self.zone):%Y-%m-%d %H:%M:%S}"

    def yes(self, is_so: bool) -> str:
        """Yes or no."""
        zh, en = ("是", "yes") if is_so else ("否", "no")
        return self.named(zh, en)


Reads = Callable[[Reading], Awaitable[Rows]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list that fits into one answer."""

    kind: str
    permission: Permission
    zh: tuple[str, ...]
    en: tuple[str, ...]
    """Headings."""
    rows: Reads
    filters: tuple[str, ...] = ()
    """Names of the parameters that narrow it, as the list's own address has them."""

    def headings(self, language: ExportLanguage) -> tuple[str, ...]:
        """Of the columns."""
        return self.en if language is ExportLanguage.EN else self.zh
