"""A list as it comes from outside: XLSX or CSV becomes lines of named texts.

A CSV of a Chinese office program is GB 18030 unless somebody chose UTF-8, so both are tried; what
is called Unicode text there is UTF-16. Cells that look like numbers become the digits that a person
sees.
"""

import codecs
import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from lianxi.office.imports.errors import ListColumnsMissing, ListTooLong, ListUnreadable

MORE_ROWS = 1_000
"""That may be empty."""
HEADING_WITHIN = 10
"""Lines, the empty ones left out."""
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))
"""Copied along from pages, and seen by nobody."""
LONGEST_CELL = 2_000
BYTES_OF_LINE = 12_000
"""Unpacked, at most: a spreadsheet is a packed file, and a small one may be made to unpack to
anything."""
LARGEST_UNPACKED = 400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListForm:
    """What a list looks like."""

    title: tuple[str, str]
    """Of the sheet, in Chinese and in English."""
    columns: Mapping[str, tuple[str, str]]
    """By column: how it is headed in Chinese and in English."""
    needed: Sequence[str]
    notes: Mapping[str, tuple[str, str]]
    """What each column is, for the template."""
    most: int
    """Lines."""

    @property
    def largest_unpacked(self) -> int:
        """Bytes of a spreadsheet that is unpacked."""
        return min(self.most * BYTES_OF_LINE, LARGEST_UNPACKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list."""

    number: int
    """As the spreadsheet counts it: the heading is line 1."""
    cells: dict[str, str]
    """By column; columns that the file has not are missing."""


def read(content: bytes, form: ListForm) -> list[Line]:
    """The lines of a file that are not empty.

    Raises:
        ListUnreadable, ListColumnsMissing, ListTooLong.
    """
    rows = _xlsx(content, form) if content.startswith(b"PK") else _csv(content)
    lines = ((number, [_clean(cell) for cell in row]) for number, row in enumerate(rows, start=1))
    full = ((number, row) for number, row in lines if any(row))
    columns = _heading(full, form)
    found: list[Line] = []
    for number, row in full:
        if len(found) == form.most:
            raise ListTooLong(most=form.most)
        cells = {
            name: row[place][:LONGEST_CELL] if place < len(row) else ""
            for name, place in columns.items()
        }
        found.append(Line(number=number, cells=cells))
    return found


def _clean(cell: str) -> str:
    return cell.translate(_UNSEEN).strip()


def _heading(lines: Iterator[tuple[int, list[str]]], form: ListForm) -> dict[str, int]:
    """Where each column stands. Lists often begin with a title: a few lines are looked at.

    Raises:
        ListColumnsMissing: none of them is a heading; told of the one that comes closest.
    """
    closest: ListColumnsMissing | None = None
    fewest = len(form.needed) + 1
    for _, head in itertools.islice(lines, HEADING_WITHIN):
        try:
            return _columns(head, form)
        except ListColumnsMissing as missing:
            lacking = str(missing.facts["columns"]).count("、") + 1
            if lacking < fewest:
                closest, fewest = missing, lacking
    if closest is None:
        _columns([], form)
    raise closest or ListUnreadable


def _columns(head: Sequence[str], form: ListForm) -> dict[str, int]:
    """Where each column stands, whichever language the heading is in."""
    titles = {title.casefold(): name for name, both in form.columns.items() for title in both}
    found: dict[str, int] = {}
    for place, title in enumerate(head):
        name = titles.get(title.rstrip("*").strip().casefold())
        if name is not None:
            found.setdefault(name, place)
    missing = [name for name in form.needed if name not in found]
    if missing:
        raise ListColumnsMissing(
            columns="、".join(form.columns[name][0] for name in missing),
            columns_en=", ".join(form.columns[name][1] for name in missing),
        )
    return found


def _xlsx(content: bytes, form: ListForm) -> Iterable[list[str]]:
    # Late on purpose: it is needed once in the life of a centre.
    import python_calamine  # noqa: PLC0415

    most = form.most + MORE_ROWS
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > form.largest_unpacked:
                raise ListTooLong(most=form.most)
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=most)
    except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
        raise ListUnreadable from error
    if len(rows) == most:
        raise ListTooLong(most=form.most)
    found = [[_text(cell) for cell in row] for row in rows]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        # What was merged downwards is seen in each of the lines; across, it is one cell.
        for row in found[top : bottom + 1] if left == right else []:
            row[left] = found[top][left]
    return found


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv(content: bytes) -> Iterable[list[str]]:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\x00" in content and not is_wide:
        raise ListUnreadable
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ListUnreadable
    first = "\n".join(text.split("\n", HEADING_WITHIN)[:HEADING_WITHIN])
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ListUnreadable from error


def template_xlsx(form: ListForm, *, in_english: bool) -> bytes:
    """An empty list with its headings; a second sheet says what each column is."""
    language = int(in_english)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(form.title[language])
        about = book.add_worksheet(("说明", "About")[language])
        bold = book.add_format({"bold": True, "bg_color": "#E8EDF3"})
        # As text: a number with a zero in front keeps it.
        words = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(form.columns) - 1, 18, words)
        sheet.freeze_panes(1, 0)
        about.set_column(0, 0, 14)
        about.set_column(1, 1, 90)
        for place, (name, titles) in enumerate(form.columns.items()):
            star = "*" if name in form.needed else ""
            sheet.write_string(0, place, titles[language] + star, bold)
            about.write_string(place, 0, titles[language], bold)
            about.write_string(place, 1, form.notes[name][language])
    return target.getvalue()


def template_csv(form: ListForm, *, in_english: bool) -> bytes:
    """The same as CSV, headings alone."""
    titles = [
        both[in_english] + ("*" if name in form.needed else "")
        for name, both in form.columns.items()
    ]
    return ("\ufeff" + ",".join(titles) + "\r\n").encode()
