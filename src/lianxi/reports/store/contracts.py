"""What the store says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from lianxi.kernel.time import Instant
from lianxi.reports.windows import Window


class Why(StrEnum):
    """Why a version was written."""

    CLOSED = "closed"
    """The day was over."""
    LATE = "late"
    """Lines of the journal came that changed rows of the day."""
    REBUILD = "rebuild"
    """The journal was folded anew, and gave other rows."""
    SHAPE = "shape"
    """The tables have other columns than when the files were written."""


class RawFormat(StrEnum):
    """How facts are written for whoever takes them away."""

    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """The rows of one table on one day."""

    version: int
    """Of the day in which the file was written; later versions share it while it stays the same."""
    rows: int
    bytes: int
    sha256: str
    until: Instant | None
    """Until when its rows reach; `None` = none of them reaches anywhere."""
    going_on: int
    """Rows that were not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSums:
    """Sums of the rows of one version of a day. They are worked out of its files, and never say
    anything that the rows do not."""

    fingerprint: str
    """Of the statement that gives them (`sheets/layout.py`): sums of another are not read."""
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayVersion:
    """One version of one closed day."""

    day: date
    version: int
    window: Window
    files: Mapping[str, StoredFile]
    """By table; one without a row on this day has no file."""
    shape: str
    """Fingerprint of all tables' columns when it was written (`tables.shape`)."""
    journal_position: int
    changes: int
    made_at: Instant
    why: Why
    fault: str = ""
    sums: Mapping[str, StoredSums] = field(default_factory=dict)
    """By the name of the sheet."""
    is_kept: bool = True

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(file.rows for file in self.files.values())

    @property
    def bytes(self) -> int:
        """Of all files together."""
        return sum(file.bytes for file in self.files.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A file that is not as the manifest says; its day is read from PostgreSQL."""

    day: date
    table: str
    what: str
    """`missing`, `damaged`, or what the system said when it was opened."""


def sums_path(folder: Path, sheet: str, day: date, version: int, fingerprint: str) -> Path:
    """Where the sums of a day lie."""
    return folder / sheet / f"day={day.isoformat()}" / f"v{version}-{fingerprint}.parquet"


def path_of(folder: Path, table: str, day: date, version: int) -> Path:
    """Where the rows of a table lie.

    >>> str(path_of(Path("facts"), "fact_contact", date(2026, 11, 20), 2))
    'facts/fact_contact/day=2026-11-20/v2.parquet'
    """
    return folder / table / f"day={day.isoformat()}" / f"v{version}.parquet"
