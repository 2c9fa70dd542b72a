"""Volumes and durations from CSV files: what was measured, or what somebody forecast."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lianxi.simulator.errors import HistoryInvalid, ScenarioInvalid

HALVES = 48


def durations_in(path: Path, column: str) -> list[int]:
    """Sorted milliseconds from a column of seconds.

    Raises:
        HistoryInvalid: no such file or column, or a cell is no number of seconds from 0 up.
    """
    values = [
        round(1000 * _number(path, line, column, row[column])) for line, row in _rows(path, column)
    ]
    if not values:
        raise HistoryInvalid(file=str(path), column=column, what="no values")
    return sorted(values)


def profile_of_history(given: Any, folder: Path) -> list[float]:
    """Mean contacts per half-hour from one row per contact.

    Args:
        given: `{ file = "calls.csv", column = "arrived_at" }`; moments in ISO form or as epoch
            milliseconds.

    Returns:
        336 values from Monday when the file holds every weekday, else 48.
    """
    path, column = _place(given, folder, "arrived_at")
    counts: dict[tuple[int, int], int] = defaultdict(int)
    days: dict[int, int] = {}
    for line, row in _rows(path, column):
        moment = _moment(path, line, column, row[column])
        day = moment.toordinal()
        days[day] = moment.weekday()
        counts[day, moment.hour * 2 + moment.minute // 30] += 1
    if not days:
        raise HistoryInvalid(file=str(path), column=column, what="no values")
    if len(set(days.values())) == 7:
        groups = [[d for d, weekday in days.items() if weekday == w] for w in range(7)]
    else:
        groups = [list(days)]
    return [
        sum(counts.get((day, half), 0) for day in group) / len(group)
        for group in groups
        for half in range(HALVES)
    ]


def profile_of_forecast(given: Any, folder: Path) -> list[float]:
    """Contacts per half-hour from one row per half-hour.

    Args:
        given: `{ file = "forecast.csv", column = "calls" }`; the column `start` says when, "08:30"
            for every day or an ISO moment for a weekday.

    Returns:
        336 values from Monday when moments have a date, else 48.
    """
    path, column = _place(given, folder, "calls")
    plain: dict[int, float] = {}
    weekly: dict[int, float] = {}
    for line, row in _rows(path, column, "start"):
        calls = _number(path, line, column, row[column])
        start = row["start"]
        hour, _, minute = start.partition(":")
        if len(start) <= 5 and hour.isdigit() and minute.isdigit():
            plain[int(hour) * 2 + int(minute) // 30] = calls
        else:
            moment = _moment(path, line, "start", start)
            weekly[moment.weekday() * HALVES + moment.hour * 2 + moment.minute // 30] = calls
    if plain:
        return [plain.get(half, 0.0) for half in range(HALVES)]
    return [weekly.get(half, 0.0) for half in range(7 * HALVES)]


def _place(given: Any, folder: Path, default: str) -> tuple[Path, str]:
    if not isinstance(given, Mapping) or not given.get("file"):
        what = 'say the file: { file = "calls.csv" }'
        raise ScenarioInvalid(where="arrivals", problem="file_missing", what=what)
    return folder / str(given["file"]), str(given.get("column", default))


def _rows(path: Path, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                found = ", ".join(reader.fieldnames or ())
                what = f"no such column; there are: {found}"
                raise HistoryInvalid(file=str(path), column=missing[0], what=what)
            for line, row in enumerate(reader, start=2):
                yield line, {name: value or "" for name, value in row.items() if name is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise HistoryInvalid(file=str(path), what=str(error)) from error


def _number(path: Path, line: int, column: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0.0 <= value < 1e9:
        raise HistoryInvalid(
            file=str(path), line=line, column=column, what=f"not a number from 0 up: {cell!r}"
        )
    return value


def _moment(path: Path, line: int, column: str, cell: str) -> datetime:
    try:
        if cell.isdigit():
            return datetime.fromtimestamp(int(cell) / 1000, tz=UTC)
        return datetime.fromisoformat(cell)
    except (ValueError, OverflowError) as error:
        raise HistoryInvalid(
            file=str(path), line=line, column=column, what=f"not a moment: {cell!r}"
        ) from error
