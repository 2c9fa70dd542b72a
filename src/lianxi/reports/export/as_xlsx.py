"""XLSX: what people read on the first sheet, definitions on the second, full precision on the
third.

The first sheet holds each figure rounded to the digits that the screen shows, as a number with the
matching format; the third holds it as it was computed. Text is written as text, never as a formula.
"""

import io
from datetime import UTC, datetime
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lianxi.reports.export.document import Cell, Column, Document, Figure, Table
from lianxi.reports.export.words import word
from lianxi.reports.registry import Unit
from lianxi.reports.text import DIGITS, shown

WIDEST, NARROWEST = 48, 8
"""Of a column, in characters."""
PERCENT = {Unit.RATIO: "%"}
LOOKED_AT = 200
"""Rows that a column's width is taken from."""


def write(document: Document) -> bytes:
    """The file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        made = datetime.fromtimestamp(document.made_at / 1000, tz=UTC).replace(tzinfo=None)
        book.set_properties({"title": document.title, "created": made})
        styles = Styles(book)
        _report(book, styles, document)
        _about(book, styles, document)
        _raw(book, styles, document)
    return stream.getvalue()


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format({"bold": True, "bg_color": "#E8EDF3", "text_wrap": True})
        self.text = book.add_format({"num_format": "@"})
        self.nothing = book.add_format({"align": "right"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.warning = book.add_format({"font_color": "#A8071A", "text_wrap": True})
        self._numbers: dict[str, Format] = {}

    def of(self, unit: Unit) -> Format:
        """The number format that shows the digits of a unit."""
        digits = DIGITS[unit]
        return self._number(("0." + "0" * digits if digits else "0") + PERCENT.get(unit, ""))

    def of_figure(self, figure: Figure) -> Format:
        """The same with the unit and, of a change, the sign in the cell."""
        digits = DIGITS[figure.unit]
        pattern = "0." + "0" * digits if digits else "0"
        pattern += PERCENT.get(figure.unit, '" s"' if figure.unit is Unit.SECONDS else "")
        return self._number(f"+{pattern};-{pattern};{pattern}" if figure.is_change else pattern)

    def _number(self, pattern: str) -> Format:
        if pattern not in self._numbers:
            look = {"num_format": pattern, "align": "right"}
            self._numbers[pattern] = self._book.add_format(look)
        return self._numbers[pattern]


def _report(book: Workbook, styles: Styles, document: Document) -> None:
    sheet = book.add_worksheet(word("report", document.language))
    _fit(sheet, document.tables)
    sheet.write_string(0, 0, document.title, styles.title)
    sheet.write_string(1, 0, document.subtitle)
    line = 3
    for number, table in enumerate(document.tables):
        if number:
            sheet.write_string(line, 0, table.title, styles.title)
            line += 1
        for place, column in enumerate(table.columns):
            heading = f"{column.heading}\n{column.formula}" if column.formula else column.heading
            sheet.write_string(line, place, heading, styles.heading)
        for row in table.rows:
            line += 1
            for place, cell in enumerate(row):
                _write(sheet, (line, place), table.columns[place], cell, styles)
        line += 2
    if document.tables:
        sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if document.watermark:
        sheet.set_footer(f"&L{document.watermark.replace('&', '&&')}&R&P / &N")


def _write(
    sheet: Worksheet, place: tuple[int, int], column: Column, cell: Cell, styles: Styles
) -> None:
    if isinstance(cell, str):
        sheet.write_string(*place, cell, styles.text)
    elif cell is None or (isinstance(cell, Figure) and cell.value is None):
        sheet.write_string(*place, column.text(cell), styles.nothing)
    elif isinstance(cell, Figure):
        value = float(shown(cell.value or 0, cell.unit))
        sheet.write_number(*place, value, styles.of_figure(cell))
    elif column.unit is None:
        sheet.write_number(*place, cell)
    else:
        sheet.write_number(*place, float(shown(cell, column.unit)), styles.of(column.unit))


def _about(book: Workbook, styles: Styles, document: Document) -> None:
    language = document.language
    sheet = book.add_worksheet(word("about", language))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 6, 34)
    line = 0
    for note in document.notes:
        sheet.write_string(line, 0, note.label, styles.heading)
        sheet.write_string(line, 1, note.text, styles.wrapped)
        line += 1
    for warning in document.warnings:
        sheet.write_string(line, 0, word("warning", language), styles.warning)
        sheet.write_string(line, 1, warning, styles.warning)
        line += 1
    line += 1
    parts = ("metric", "formula", "definition", "meaning", "population", "clock", "target")
    for place, part in enumerate(parts):
        sheet.write_string(line, place, word(part, language), styles.heading)
    for one in document.definitions:
        line += 1
        said = (one.name, one.formula, one.formula_text, one.meaning, one.population, one.clock)
        for place, text in enumerate((*said, one.target)):
            sheet.write_string(line, place, text, styles.wrapped)


def _raw(book: Workbook, styles: Styles, document: Document) -> None:
    sheet = book.add_worksheet(word("raw", document.language))
    line = 0
    for table in document.tables:
        for place, column in enumerate(table.columns):
            sheet.write_string(line, place, column.heading, styles.heading)
        for row in table.rows:
            line += 1
            for place, cell in enumerate(row):
                value = cell.value if isinstance(cell, Figure) else cell
                if isinstance(value, str):
                    sheet.write_string(line, place, value, styles.text)
                elif value is not None:
                    sheet.write_number(line, place, value)
        line += 2


def _fit(sheet: Worksheet, tables: tuple[Table, ...]) -> None:
    widths: dict[int, int] = {}
    for table in tables:
        for place, column in enumerate(table.columns):
            texts = [column.text(row[place]) for row in table.rows[:LOOKED_AT]]
            longest = max(map(_width, [*column.heading.split("\n"), column.formula, *texts]))
            widths[place] = max(widths.get(place, NARROWEST), min(longest + 2, WIDEST))
    for place, width in widths.items():
        sheet.set_column(place, place, width)


def _width(text: str) -> int:
    """How wide a text stands: an ideograph is as wide as two letters."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
