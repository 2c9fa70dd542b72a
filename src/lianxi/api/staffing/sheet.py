"""A list of people as it comes from outside: XLSX or CSV becomes lines of named texts.

A CSV of a Chinese office program is GB 18030 unless somebody chose UTF-8, so both are tried. Cells
that look like numbers become the digits that a person sees.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from lianxi.api.staffing.errors import ListColumnsMissing, ListTooLong, ListUnreadable

MOST_LINES = 5_000
LONGEST_CELL = 2_000
LARGEST_UNPACKED = 60_000_000
"""Bytes: a spreadsheet is a packed file, and a small one may be made to unpack to anything."""

COLUMNS: dict[str, tuple[str, str]] = {
    "number": ("工号", "number"),
    "name": ("姓名", "name"),
    "username": ("用户名", "user name"),
    "team": ("班组", "team"),
    "email": ("邮箱", "e-mail"),
    "queues": ("队列", "queues"),
    "skills": ("技能", "skills"),
}
"""By column: how it is headed in Chinese and in English."""

NEEDED = ("number", "name", "team")

NOTES: dict[str, tuple[str, str]] = {
    "number": ("必填。字母、数字、_ 和 -,最多 40 位;定了就不再改。",
               "Needed. Letters, digits, _ and -, at most 40; never changes afterwards."),
    "name": ("必填,最多 80 字。", "Needed, at most 80 signs."),
    "username": ("登录用;留空则与工号相同。", "For signing in; empty = the number."),
    "team": ("必填,写班组名称。", "Needed: the name of the team."),
    "email": ("可留空;已有的人留空表示不改。",
              "May be empty; for people already there, empty = as before."),
    "queues": ("可留空。写队列名称,用分号隔开,级别 1 到 10 写在冒号后,不写为 10。例:销售:8;客服",
               "May be empty. Names of queues with semicolons between; a level of 1 to 10 behind a "
               "colon, 10 when left out. E.g. Sales:8;Service"),
    "skills": ("可留空。写法同队列,级别不写为 1。例:英语:5;VIP",
               "May be empty. Written like queues; 1 when no level is given. E.g. English:5;VIP"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list."""

    number: int
    """As the spreadsheet counts it: the heading is line 1."""
    cells: dict[str, str]
    """By column; columns that the file has not are missing."""


def read(content: bytes) -> list[Line]:
    """The lines of a file that are not empty.

    Raises:
        ListUnreadable, ListColumnsMissing, ListTooLong.
    """
    rows = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    lines = ((number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1))
    full = ((number, row) for number, row in lines if any(row))
    _, head = next(full, (0, []))
    columns = _columns(head)
    found: list[Line] = []
    for number, row in full:
        if len(found) == MOST_LINES:
            raise ListTooLong(most=MOST_LINES)
        cells = {
            name: row[place][:LONGEST_CELL] if place < len(row) else ""
            for name, place in columns.items()
        }
        found.append(Line(number=number, cells=cells))
    return found


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, whichever language the heading is in."""
    titles = {title.casefold(): name for name, both in COLUMNS.items() for title in both}
    found: dict[str, int] = {}
    for place, title in enumerate(head):
        name = titles.get(title.rstrip("*").strip().casefold())
        if name is not None:
            found.setdefault(name, place)
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise ListColumnsMissing(
            columns="、".join(COLUMNS[name][0] for name in missing),
            columns_en=", ".join(COLUMNS[name][1] for name in missing),
        )
    return found


def _xlsx(content: bytes) -> Iterable[list[str]]:
    # Late on purpose: it is needed once in the life of a centre.
    import python_calamine  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise ListTooLong(most=MOST_LINES)
        book = python_calamine.load_workbook(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_LINES + 1_000)
    except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
        raise ListUnreadable from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv(content: bytes) -> Iterable[list[str]]:
    if b"\x00" in content:
        raise ListUnreadable
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ListUnreadable
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ListUnreadable from error


def template_xlsx(*, in_english: bool) -> bytes:
    """An empty list with its headings; a second sheet says what each column is."""
    language = int(in_english)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(("人员", "People")[language])
        about = book.add_worksheet(("说明", "About")[language])
        bold = book.add_format({"bold": True, "bg_color": "#E8EDF3"})
        # As text: a number with a zero in front keeps it.
        words = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(COLUMNS) - 1, 18, words)
        sheet.freeze_panes(1, 0)
        about.set_column(0, 0, 14)
        about.set_column(1, 1, 90)
        for place, (name, titles) in enumerate(COLUMNS.items()):
            star = "*" if name in NEEDED else ""
            sheet.write_string(0, place, titles[language] + star, bold)
            about.write_string(place, 0, titles[language], bold)
            about.write_string(place, 1, NOTES[name][language])
    return target.getvalue()


def template_csv(*, in_english: bool) -> bytes:
    """The same as CSV, headings alone."""
    titles = [both[in_english] + ("*" if name in NEEDED else "") for name, both in COLUMNS.items()]
    return ("\ufeff" + ",".join(titles) + "\r\n").encode()
