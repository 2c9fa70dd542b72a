"""Files that grow row by row: CSV (UTF-8 with a byte-order mark, RFC 4180) and XLSX.

The table comes first, headings in the first line, so that programs can read it; what the export is
about stands below it (CSV) or on a second sheet (XLSX). A text that a spreadsheet would run as a
formula gets an apostrophe before it (OWASP, "CSV Injection"), a text of many digits a tab behind
it, so that no number of a telephone becomes 4.0E+09.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import xlsxwriter

from lianxi.office.exports.contracts import Cell, ExportFormat, ExportLanguage

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER_LIKE = re.compile(r"0\d+|\d{11,}")
MOST_ROWS = {ExportFormat.CSV: 1_000_000, ExportFormat.XLSX: 100_000}
"""A sheet of a hundred thousand rows is what an office computer still opens in comfort."""
_SHEETS = {ExportLanguage.ZH: ("数据", "说明"), ExportLanguage.EN: ("Data", "About")}
_WIDTH = 18

About = Sequence[tuple[str, str]]


class Writer(Protocol):
    """One file."""

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write some rows."""
        ...

    def close(self, about: About) -> None:
        """Write what it is about, and the end."""
        ...


def writer(
    path: Path, format: ExportFormat, headings: Sequence[str], language: ExportLanguage
) -> Writer:
    """Begin a file; one that is there already is written anew."""
    if format is ExportFormat.CSV:
        return CsvWriter(path, headings)
    return XlsxWriter(path, headings, language)


class CsvWriter:
    """UTF-8 with a byte-order mark, so that spreadsheets read Chinese."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._lines = csv.writer(self._file, lineterminator="\r\n")
        self._lines.writerow([defused(heading) for heading in headings])

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write some rows."""
        self._lines.writerows([_text(cell) for cell in row] for row in rows)

    def close(self, about: About) -> None:
        """Write what it is about, and the end."""
        with self._file:
            self._lines.writerow([])
            self._lines.writerows([defused(part) for part in line] for line in about)


class XlsxWriter:
    """Rows go to a temporary file as they come: memory stays small."""

    def __init__(self, path: Path, headings: Sequence[str], language: ExportLanguage) -> None:
        self._book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        table, about = _SHEETS[language]
        self._sheet = self._book.add_worksheet(table)
        self._about = self._book.add_worksheet(about)
        bold = self._book.add_format({"bold": True, "bg_color": "#E8EDF3"})
        self._words = self._book.add_format({"num_format": "@"})
        self._sheet.set_column(0, max(0, len(headings) - 1), _WIDTH)
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, heading, bold)
        self._next = 1

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write some rows."""
        for row in rows:
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    self._sheet.write_string(self._next, column, cell, self._words)
                elif cell is not None:
                    self._sheet.write_number(self._next, column, cell)
            self._next += 1

    def close(self, about: About) -> None:
        """Write what it is about, and the end."""
        self._about.set_column(0, 1, _WIDTH)
        for number, (label, text) in enumerate(about):
            self._about.write_string(number, 0, label)
            self._about.write_string(number, 1, text)
        self._book.close()


def defused(text: str) -> str:
    """A text that no spreadsheet runs or rewrites."""
    if text.startswith(FORMULA):
        return "'" + text
    return text + "\t" if NUMBER_LIKE.fullmatch(text) else text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return defused(cell) if isinstance(cell, str) else str(cell)
