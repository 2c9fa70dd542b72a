"""Which closed days have sheets of sums, and where these lie."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from lianxi.reports.offers import STRETCHES, TABLES
from lianxi.reports.sheets.layout import SHEETS, Sheet
from lianxi.reports.store.checking import digest
from lianxi.reports.store.contracts import DayVersion, sums_path
from lianxi.reports.windows import Window


def may_be_summed(version: DayVersion) -> bool:
    """Whether nothing that lasts goes on: until when it counts depends on who asks when."""
    lasting = (version.files.get(TABLES[mart]) for mart in STRETCHES)
    return version.is_kept and not any(file is not None and file.going_on for file in lasting)


def has_sheet(
    folder: Path, version: DayVersion, sheet: Sheet, *, is_thorough: bool = False
) -> bool:
    """Whether the sheet of a day is there, and is what would be written today.

    Args:
        is_thorough: read it and compare its sum; else only look whether it is as long as it was.
    """
    stored = version.sums.get(sheet.name)
    if stored is None or stored.fingerprint != sheet.fingerprint:
        return False
    path = sums_path(folder, sheet.name, version.day, version.version, stored.fingerprint)
    try:
        if path.stat().st_size != stored.bytes:
            return False
        return not is_thorough or digest(path) == stored.sha256
    except OSError:
        return False


def days_summed(
    folder: Path, versions: Sequence[DayVersion], wanted: Collection[str]
) -> frozenset[date]:
    """The days that have all of these sheets. A day that has not is read from its rows."""
    sheets = [sheet for sheet in SHEETS if sheet.name in wanted]
    return frozenset(
        version.day
        for version in versions
        if all(has_sheet(folder, version, sheet) for sheet in sheets)
    )


def sheet_files(
    folder: Path,
    sheet: str,
    versions: Sequence[DayVersion],
    tables: Collection[str],
    window: Window,
) -> list[str]:
    """The files of a sheet that can hold sums of the window, in the order of days."""
    return [
        str(sums_path(folder, sheet, version.day, version.version, version.sums[sheet].fingerprint))
        for version in sorted(versions, key=lambda version: version.day)
        if any(reaches(version, table, window) for table in tables if table in version.files)
    ]


def reaches(version: DayVersion, table: str, window: Window) -> bool:
    """Whether a file of a day, or what is summed of it, can reach into the window."""
    stored = version.files[table]
    is_later = stored.going_on > 0 or (stored.until or 0) >= window.begins_at
    return version.window.ends_at > window.begins_at or is_later
