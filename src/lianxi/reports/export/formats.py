"""The files an export may become, and the one function that writes them."""

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

from lianxi.kernel.errors import Rejection
from lianxi.reports.export.document import Document


class Format(StrEnum):
    """Of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
}
MOST_ROWS = {Format.CSV: 50_000, Format.XLSX: 20_000, Format.PDF: 2_000}
"""A PDF is for reading: two thousand rows are about fifty pages. A spreadsheet is written by the
process that may lead calls as well: twenty thousand rows are some seconds of its attention."""

_ONE_PDF = asyncio.Semaphore(1)
"""Setting pages takes a whole core: calls come first."""


class ExportTooLarge(Rejection):
    """This file would have more rows than its format may hold here; ask for a shorter time, for
    wider intervals, or for a CSV file."""

    code = "export_too_large"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


def file_name(document: Document, format: Format) -> str:
    """The name of the file, in ASCII: mail programs and shells take it as it is."""
    return f"{document.stem}.{format.value}"


async def written(document: Document, format: Format, *, fonts: Sequence[Path] = ()) -> bytes:
    """The document as a file. A thread writes it, so that nothing else waits.

    Args:
        document: what it says.
        format: of the file.
        fonts: folders with fonts, looked at before those of the system.

    Raises:
        ExportTooLarge: more rows than the format may have.
        FontMissing: a PDF, and no font has Chinese characters.
    """
    if document.rows > MOST_ROWS[format]:
        raise ExportTooLarge(rows=document.rows, most=MOST_ROWS[format])
    if format is Format.PDF:
        async with _ONE_PDF:
            return await asyncio.to_thread(_writer(format), document, tuple(fonts))
    return await asyncio.to_thread(_writer(format), document)


def _writer(format: Format) -> Callable[..., bytes]:
    # Late on purpose: who exports nothing does not pay for the libraries.
    writer: Callable[..., bytes] = import_module(f"lianxi.reports.export.as_{format.value}").write
    return writer
