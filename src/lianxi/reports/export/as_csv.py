"""CSV: UTF-8 with a byte-order mark, so that spreadsheets read Chinese; lines end with CRLF (RFC
4180).

The table comes first, with its headings in the first line, so that programs can read it; what the
export is about stands below. A text that a spreadsheet would take for a formula gets an apostrophe
before it (OWASP, "CSV Injection"); a text of digits only gets a tab behind it, so that no number of
a telephone becomes 4.0E+09.
"""

import csv
import io
import re
from collections.abc import Iterable

from lianxi.reports.export.document import Cell, Column, Document
from lianxi.reports.export.words import word

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of a text that spreadsheets run; the wide ones where East Asian languages are set."""
NUMBER_LIKE = re.compile(r"0\d+|\d{11,}")
"""Digits that a spreadsheet would shorten or write as a power of ten."""


def write(document: Document) -> bytes:
    """The file."""
    stream = io.StringIO(newline="")
    lines = csv.writer(stream, lineterminator="\r\n")
    for number, table in enumerate(document.tables):
        if number:
            lines.writerow([])
            lines.writerow([defused(table.title)])
        lines.writerow([defused(_heading(column)) for column in table.columns])
        lines.writerows(
            [cell_text(column, cell) for column, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        )
    lines.writerow([])
    lines.writerows([defused(part) for part in line] for line in _about(document))
    return (BOM + stream.getvalue()).encode()


def cell_text(column: Column, cell: Cell) -> str:
    """A cell as it stands in the file: figures as they are, text made harmless."""
    text = column.text(cell)
    return defused(text) if isinstance(cell, str) else text


def defused(text: str) -> str:
    """A text that no spreadsheet runs or rewrites."""
    if text.startswith(FORMULA):
        return "'" + text
    return text + "\t" if NUMBER_LIKE.fullmatch(text) else text


def _heading(column: Column) -> str:
    return f"{column.heading} [{column.formula}]" if column.formula else column.heading


def _about(document: Document) -> Iterable[tuple[str, ...]]:
    language = document.language
    yield (document.title, document.subtitle)
    for note in document.notes:
        yield (note.label, note.text)
    for warning in document.warnings:
        yield (word("warning", language), warning)
    for one in document.definitions:
        said = [one.name, one.formula, one.formula_text, one.meaning, one.population, one.clock]
        yield (word("definition", language), *said, one.target)
