"""Whether the files of a day are what the manifest says. Nothing is repaired here."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from lianxi.reports.store.contracts import DayVersion, Fault, StoredFile, path_of

MISSING = "missing"
DAMAGED = "damaged"


def digest(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def faults_of(
    folder: Path,
    version: DayVersion,
    *,
    is_thorough: bool,
    tables: Collection[str] | None = None,
) -> list[Fault]:
    """What is wrong with the files of a version.

    Args:
        is_thorough: read them all and compare their sums; else only look whether they are there
            and as long as they were.
        tables: only these; all unless given.
    """
    found = []
    for table, stored in version.files.items():
        if tables is not None and table not in tables:
            continue
        what = fault_of(folder, table, version, stored, is_thorough=is_thorough)
        if what:
            found.append(Fault(day=version.day, table=table, what=what))
    return found


def fault_of(
    folder: Path, table: str, version: DayVersion, stored: StoredFile, *, is_thorough: bool
) -> str:
    """What is wrong with one file; empty = nothing."""
    path = path_of(folder, table, version.day, stored.version)
    try:
        if path.stat().st_size != stored.bytes:
            return DAMAGED
        return DAMAGED if is_thorough and digest(path) != stored.sha256 else ""
    except FileNotFoundError:
        return MISSING
    except OSError as error:
        return error.strerror or str(error)
